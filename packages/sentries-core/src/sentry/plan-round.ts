import type { ChangeSet } from '../change/change-set';
import type { Patch, Policy } from '../guard/guard';
import { conflicts, sameOperation, type Operation } from '../patch/operation';
import { isPython } from '../python/text';
import { propose } from '../repair/propose';
import {
  reasonOf,
  withoutExplanation,
  type Proposal,
  type RepairContext,
  type Strategy,
} from '../repair/strategy';
import type { Tier } from '../report/tiers';
import { admit } from './admit';
import { unrepaired, type Admitted, type Case, type Verdict } from './case';
import { diagnose, NOTHING_CHANGED } from './diagnose';
import type { Stopwatch } from './stopwatch';
import type { TestFiles } from './test-files';

/** What proposals are made from and measured by. */
export interface Workshop {
  readonly change: ChangeSet;
  readonly files: TestFiles;
  readonly policy: Policy;
  readonly accepted: ReadonlySet<Tier>;
  /** Keys of the tests whose explanation turned out not to be the cause: their edits are unexplained. */
  readonly uncaused: Set<string>;
  readonly watch: Stopwatch;
  /** What proposals come from: the rules, where left out. */
  readonly strategies?: readonly Strategy[];
}

/**
 * Asks for a proposal for each open case, lets in what is allowed, and edits the test files accordingly.
 * A case for which nothing comes in gets its verdict.
 *
 * @returns the patch of all edits so far, or undefined where this round added none.
 */
export async function planRound(
  open: readonly Case[],
  { change, files, policy, accepted, uncaused, watch, strategies }: Workshop,
): Promise<Patch | undefined> {
  await files.load(
    // A fixture or a decorator fails in no frame of the test's own file.
    open.flatMap(({ failure: { file, frames, doctest, compare } }) => [
      ...frames.map((frame) => frame.file),
      ...(file === null ? [] : [file]),
      ...(doctest ? [doctest.file] : []),
      ...(compare?.snapshot ? [compare.snapshot.file] : []),
    ]),
  );
  const context = contextOf(change, files);
  const planned: Planned[] = [];
  watch.timeSync('parse', () => files.parse());
  for (const one of open.filter(({ verdict }) => !verdict)) {
    const answer = watch.timeSync('propose', () => propose(one.failure, context, strategies));
    if (!('operations' in answer)) {
      one.verdict = one.unsteady
        ? unrepaired(one.unsteady)
        : diagnose(one.failure, change, answer.refused);
      continue;
    }
    const proposal = uncaused.has(one.first.key) ? withoutExplanation(answer) : answer;
    const admitted = { proposal, edits: editRecords(proposal, files) };
    one.verdict =
      unfounded(one, proposal) ??
      unaccepted(admitted, change, accepted) ??
      contradiction(planned, admitted);
    if (!one.verdict) planned.push({ one, admitted });
  }
  const { patch, refused } = admit(planned, (some) => files.with(operationsOf(some)), policy);
  for (const next of planned) {
    const reason = refused.get(next);
    if (reason === undefined) next.one.admitted.push(next.admitted);
    else next.one.verdict = unrepaired(reason, next.admitted);
  }
  const admitted = planned.filter(({ one }) => !one.verdict);
  const values = operationsOf(
    admitted.filter(({ admitted: { proposal } }) => proposal.tier !== 'mechanical'),
  );
  files.edit(
    operationsOf(admitted),
    (operation) => !values.some((value) => sameOperation(value, operation)),
  );
  return patch;
}

/** What strategies may look at. */
export const contextOf = (change: ChangeSet, files: TestFiles): RepairContext => ({
  change,
  test: (file) => (isPython(file) ? files.get(file) : undefined),
  text: (file) => files.get(file),
});

interface Planned {
  readonly one: Case;
  readonly admitted: Admitted;
}

/** The operations of several cases, each once. */
function operationsOf(planned: readonly Planned[]): Operation[] {
  const operations = new Map<string, Operation>();
  for (const operation of planned.flatMap(({ admitted }) => admitted.proposal.operations)) {
    const { file, span, after } = operation;
    operations.set(JSON.stringify([file, span.start, span.end, after]), operation);
  }
  return [...operations.values()];
}

/** A value that may be another the next time is none to write down; a name that moved has moved. */
const unfounded = ({ unsteady }: Case, { tier }: Proposal): Verdict | undefined =>
  unsteady !== undefined && tier !== 'mechanical' ? unrepaired(unsteady) : undefined;

function unaccepted(
  known: Admitted,
  change: ChangeSet,
  accepted: ReadonlySet<Tier>,
): Verdict | undefined {
  const { tier } = known.proposal;
  const reason = reasonOf(known.proposal);
  if (accepted.has(tier)) return undefined;
  if (change.isEmpty) return unrepaired(NOTHING_CHANGED, known);
  if (tier === 'unexplained') return { outcome: 'suspected-regression', reason, known };
  return unrepaired(`${reason}; edits of the tier "${tier}" are not accepted here`, known);
}

function contradiction(planned: readonly Planned[], known: Admitted): Verdict | undefined {
  const others = operationsOf(planned);
  const clash = known.proposal.operations.some((op) =>
    others.some((other) => conflicts(op, other)),
  );
  return clash ? unrepaired('its edit contradicts the edit for another test', known) : undefined;
}

/** The edits of a proposal in the terms of the record. */
export function editRecords(proposal: Proposal, files: TestFiles): Admitted['edits'] {
  return proposal.operations.map(({ file, span, before, after }) => ({
    file,
    line: files.originalLine(file, span.start),
    before,
    after,
  }));
}
