import { sourceWith, sourceWithout, type ChangeSet, type SourceFiles } from '../change/change-set';
import type { Patch } from '../guard/guard';
import type { PytestRun } from '../pytest/run';
import type { FailureFact } from '../pytest/facts';
import type { Node } from '../python/syntax';
import { testsNamed } from '../repair/failing-place';
import type { Bench, Retest, Targets } from '../verify/retest';
import { causesOf, isHopeful, newCase, signature, type Case } from './case';
import { judge } from './judge';
import { planRound, type Workshop } from './plan-round';
import { unnoticingTests } from './sensitivity';
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
}

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
  const { source: old, tests } = await ground.base();
  const base = new Map([...tests, ...old]);
  const trace = (moved: readonly Case[], { lines }: PytestRun): void => {
    for (const one of moved) one.suspects = suspectsOf(workshop.change, lines, one.first.key);
  };
  const prove = (edits: Patch): Promise<Retest> => {
    const causes = cases.filter(isHopeful).flatMap(causesOf);
    const uncaused = sourceWithout(workshop.change, causes);
    const sufficient = sourceWith(workshop.change, old, causes);
    const values = workshop.files.values();
    return bench.retest(edits.edits, targets(cases), { old, base, uncaused, sufficient, values });
  };
  let retest = await prove(patch);
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
      const glance = await bench.glance(patch.edits, targets(open));
      open = movedOn(open.filter(isHopeful), glance.failures);
      trace(open, glance);
    }
    if (cases.some(({ verdict, admitted }) => verdict && admitted.length > 0)) return 'again';
    if (!isEdited) break;
    retest = await prove(patch);
  }
  // Where the old source can't say whether a repaired test notices anything, mutants of the new one are asked.
  const unnoticing = hasOldSource(old)
    ? null
    : await unnoticingTests(cases.filter(isHopeful), workshop, ground, patch.edits, targets(cases));
  for (const one of cases) one.isRewritten = isRewritten(one.first, workshop.change);
  const { failed, uncaused } = judge(cases, patch, ground.sensed, retest, unnoticing);
  for (const [one, verdict] of failed) one.verdict = verdict;
  for (const one of uncaused) workshop.uncaused.add(one.first.key);
  return failed.size + uncaused.length > 0 ? 'again' : { patch, retest };
}

/** Files that are all new leave nothing of the old source. */
const hasOldSource = (old: SourceFiles): boolean =>
  [...old.values()].some((bytes) => bytes !== null);

/** True for a test whose own lines the change touched; for a file as a whole, any of them. */
function isRewritten(failure: FailureFact, change: ChangeSet): boolean {
  const file = change.tests.find(({ path }) => path === failure.file);
  if (!file) return false;
  const [before, now] = [file.old, file.new].map((source) =>
    source ? testsNamed(source, failure).map(({ parent, text }) => decorated(parent) ?? text) : [],
  );
  return now!.length === 0 || before!.join('\n') !== now!.join('\n');
}

const decorated = (parent: Node | null): string | undefined =>
  parent?.type === 'decorated_definition' ? parent.text : undefined;

function targets(cases: readonly Case[]): Targets {
  const hopeful = cases.filter(isHopeful);
  if (hopeful.some(({ first }) => first.when === 'conftest')) return null;
  const files = new Set(hopeful.flatMap(({ first }) => (first.file === null ? [] : [first.file])));
  return { keys: hopeful.map(({ first }) => first.key), files: [...files].sort() };
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
function revealed(cases: Case[], sensed: PytestRun, full: PytestRun): Case[] {
  const known = new Set(cases.map(({ first }) => first.key));
  const fresh = full.failures
    .filter(({ key }) => !known.has(key) && !sensed.started.has(key))
    .map((failure) => newCase(failure, true));
  cases.push(...fresh);
  return fresh;
}
