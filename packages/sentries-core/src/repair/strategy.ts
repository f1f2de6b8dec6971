import type { ChangeSet } from '../change/change-set';
import type { LiteralChange } from '../change/literals';
import type { Operation } from '../patch/operation';
import type { FailureFact, FrameFact } from '../pytest/facts';
import type { PythonSource } from '../python/syntax';
import type { Evidence } from '../report/run-record';
import type { Tier } from '../report/tiers';

/** What a strategy may look at. It never touches a disk. */
export interface RepairContext {
  readonly change: ChangeSet;
  /** A test file as it stands with the edits made so far; undefined for any file that may not be edited. */
  test(file: string): PythonSource | undefined;
  /** The same of any file that may be edited, whatever it is written in. */
  text(file: string): EditableText | undefined;
}

/** A text that may be edited. */
export type EditableText = Pick<PythonSource, 'text' | 'lines'>;

/** An edit that would let a failing test hold again, and why it is right. */
export interface Proposal {
  readonly strategy: string;
  readonly tier: Tier;
  readonly operations: readonly Operation[];
  readonly evidence: readonly Evidence[];
  /** Literals of the change without which the test must fail: what says that they are the cause. */
  readonly causes: readonly LiteralChange[];
  /** For people: what the edit does; of a refactoring, what it follows from. */
  readonly says: string;
  /** Whether the test says the same as before. Of a refactoring that goes without saying. */
  readonly keepsMeaning?: boolean;
}

/** One sentence for people: what an edit does, and why. */
export function reasonOf({ says, tier }: Proposal): string {
  if (tier === 'explained') return `${says}, as the change shows`;
  return tier === 'unexplained' ? `${says}, which nothing in the change explains` : says;
}

/** The same edit, once its explanation has turned out not to be the cause. */
export function withoutExplanation(proposal: Proposal): Proposal {
  if (proposal.tier !== 'explained') return proposal;
  const says = `${proposal.says} (the change replaces such a value, but that is not the cause)`;
  return { ...proposal, tier: 'unexplained', evidence: [], causes: [], says };
}

/** A strategy that knows the kind of failure and is not sure. */
export interface Refusal {
  readonly refused: string;
}

/**
 * One way to repair. `propose` is pure; it returns undefined for a kind of failure that is not its own.
 */
export interface Strategy {
  readonly id: string;
  propose(failure: FailureFact, context: RepairContext): Proposal | Refusal | undefined;
}

export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer;

/** The frame in which the exception was raised, where that is a test file's. */
export function failingTestFrame(
  failure: FailureFact,
  context: RepairContext,
): { readonly frame: FrameFact; readonly source: PythonSource } | undefined {
  const frame = failure.frames.at(-1);
  const source = frame && context.test(frame.file);
  return frame && source && { frame, source };
}
