import type { SourceFiles } from '../change/change-set';
import type { Patch } from '../guard/guard';
import type { PytestRun } from '../pytest/run';
import type { FailureFact } from '../pytest/facts';
import type { RunRecord } from '../report/run-record';
import type { Bench, Retest } from '../verify/retest';
import { isHopeful, newCase, signature, type Case } from './case';
import { planRound, type Workshop } from './plan-round';
import { judgeProof, prove, targetsOf } from './prove';
import { suspectsOf } from './suspects';

/** A test may show its stale lines one at a time: so many are mended in one run. */
const MAX_ROUNDS = 8;

/** Where patches are proven; made on first use, since most runs need none. */
export interface ProvingGround {
  /** Absolute path of the workspace root. */
  readonly workspace: string;
  /** The folders of the project and of what it depends on, from there. */
  readonly folders: readonly string[];
  readonly sensed: PytestRun;
  bench(): Bench;
  /** Runs failing tests again, and notes what that shows. */
  lookAgain(cases: readonly Case[]): Promise<void>;
  /** The source of the base, empty where no source changed; and the changed tests of the base. */
  base(): Promise<{ source: SourceFiles; tests: SourceFiles }>;
}

export interface Repaired {
  readonly cases: readonly Case[];
  readonly patch: Patch | null;
  readonly retest: Retest | null;
  /** What was asked of models; absent where none was needed. */
  readonly model?: ModelUsage;
}

export type ModelUsage = RunRecord['model'];

/**
 * Plans edits for all failures and proves them, until what is left in the patch is proven as a whole.
 *
 * A case whose edits do not hold gets its verdict, and everything is planned again without it: no edit stays
 * in the patch for the sake of a test that it does not repair. Each turn gives at least one verdict
 * or takes an explanation away, so it ends.
 */
export async function repair(
  failing: readonly Case[],
  workshop: Workshop,
  ground: ProvingGround,
): Promise<Repaired> {
  let cases = [...failing];
  for (;;) {
    const patch = await plan(cases, workshop, ground);
    if (!patch) return { cases, patch: null, retest: null };
    if (patch !== 'again') return { cases, ...patch };
    // What edits brought to light is found anew, unless it has its verdict already.
    cases = cases.filter(({ revealed, verdict }) => verdict !== undefined || !revealed);
    for (const one of cases) {
      one.failure = one.first;
      one.admitted = [];
    }
    workshop.files.reset();
  }
}

/** One turn: rounds of edits, then the proof. `again`: the edits of some cases must leave the patch. */
async function plan(
  cases: Case[],
  workshop: Workshop,
  ground: ProvingGround,
): Promise<{ patch: Patch; retest: Retest } | 'again' | undefined> {
  let patch = await planRound(cases, workshop);
  if (!patch) return undefined;
  const bench = ground.bench();
  const trace = (moved: readonly Case[], { lines }: PytestRun): void => {
    for (const one of moved) one.suspects = suspectsOf(workshop.change, lines, one.first.key);
  };
  let retest = await prove(patch, cases, workshop, ground);
  for (let round = 1; ;) {
    // What one edit brings to light may need another, which brings more to light.
    const fresh = revealed(cases, ground.sensed, retest.full);
    await ground.lookAgain(fresh);
    const moved = movedOn(cases.filter(isHopeful), retest.full.failures);
    trace(moved, retest.again);
    let open = [...moved, ...fresh];
    let isEdited = false;
    for (; round < MAX_ROUNDS && open.length > 0; round += 1) {
      const next = await planRound(open, workshop);
      if (!next) break;
      patch = next;
      isEdited = true;
      const glance = await bench.glance(patch.edits, targetsOf(open));
      open = movedOn(open.filter(isHopeful), glance.failures);
      trace(open, glance);
    }
    if (cases.some(({ verdict, admitted }) => verdict && admitted.length > 0)) return 'again';
    if (!isEdited) break;
    retest = await prove(patch, cases, workshop, ground);
  }
  const { failed, uncaused } = await judgeProof(cases, patch, retest, workshop, ground);
  for (const [one, verdict] of failed) one.verdict = verdict;
  for (const one of uncaused) workshop.uncaused.add(one.first.key);
  return failed.size + uncaused.length > 0 ? 'again' : { patch, retest };
}

/** The cases that fail at another place or value than before: the edit was right, and there is more to do. */
function movedOn(cases: readonly Case[], failures: readonly FailureFact[]): Case[] {
  const now = new Map(failures.map((failure) => [failure.key, failure]));
  return cases.filter((one) => {
    const failure = now.get(one.first.key);
    if (!failure || signature(failure) === signature(one.failure)) return false;
    one.failure = failure;
    return true;
  });
}

/** Failing tests that could not even be collected before; they join the cases. */
export function revealed(cases: Case[], sensed: PytestRun, full: PytestRun): Case[] {
  const known = new Set(cases.map(({ first }) => first.key));
  const fresh = full.failures
    .filter(({ key }) => !known.has(key) && !sensed.started.has(key))
    .map((failure) => newCase(failure, true));
  cases.push(...fresh);
  return fresh;
}
