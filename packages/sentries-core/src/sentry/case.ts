import type { LiteralChange } from '../change/literals';
import type { FailureFact } from '../pytest/facts';
import type { Proposal } from '../repair/strategy';
import type { EditRecord, Suspect } from '../report/run-record';

/** One failing test on its way to an outcome. */
export interface Case {
  /** The failure as it was first seen. */
  readonly first: FailureFact;
  /** The failure as it is with the edits made so far. */
  failure: FailureFact;
  /** What was let into the patch for it, in the order of the rounds. */
  admitted: Admitted[];
  /** Why it can't be repaired, with what is known then. A case that has one takes no part any more. */
  verdict?: Verdict;
  /** Why the values that it shows may be others the next time, where a second look showed others. */
  unsteady?: string;
  /** What of the change it executed. */
  suspects?: readonly Suspect[];
  /** The change itself wrote on the test: as it was at the base, it was another one. */
  isRewritten?: boolean;
  /** It came to light only when an edit let its file be collected again. */
  readonly revealed: boolean;
}

/** A proposal, with its edits in the terms of the record. */
export interface Admitted {
  readonly proposal: Proposal;
  readonly edits: readonly EditRecord[];
}

export interface Verdict {
  readonly outcome: 'suspected-regression' | 'flaky' | 'environment' | 'unrepaired';
  readonly reason: string;
  /** Whether something went wrong in changed code, and no value was another one. */
  readonly isRaised?: boolean;
  /** A known edit that was not let in, shown for information. */
  readonly known?: Admitted;
}

export function newCase(failure: FailureFact, revealed = false): Case {
  return { first: failure, failure, admitted: [], revealed };
}

export function unrepaired(reason: string, known?: Admitted): Verdict {
  return { outcome: 'unrepaired', reason, ...(known && { known }) };
}

/** Still in the running, with edits to prove. */
export const isHopeful = (one: Case): boolean => !one.verdict && one.admitted.length > 0;

/** No edit repaired it, and nothing shows yet that it is no stale test. */
export const mayBeStale = ({ verdict }: Case): boolean =>
  verdict?.outcome === 'unrepaired' || verdict?.isRaised === true;

/** The literals of the change that explain its edits. */
export const causesOf = (one: Case): LiteralChange[] =>
  one.admitted.flatMap(({ proposal }) => [...proposal.causes]);

/** What tells one failure of a test from the next. */
export function signature({ exception, frames, compare, doctest }: FailureFact): string {
  return JSON.stringify([exception, frames.at(-1), compare, doctest]);
}
