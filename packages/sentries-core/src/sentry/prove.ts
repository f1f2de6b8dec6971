import { sourceWith, sourceWithout, type ChangeSet, type SourceFiles } from '../change/change-set';
import type { Patch } from '../guard/guard';
import type { FailureFact } from '../pytest/facts';
import type { Node } from '../python/syntax';
import { testsNamed } from '../repair/failing-place';
import type { Retest, Targets } from '../verify/retest';
import { causesOf, isHopeful, type Case } from './case';
import { judge, type Judgement } from './judge';
import type { Workshop } from './plan-round';
import type { ProvingGround } from './repair-loop';
import { unnoticingTests } from './sensitivity';

/** Runs all that proves a patch, for the cases that have edits in it. */
export async function prove(
  { edits }: Patch,
  cases: readonly Case[],
  { change, files }: Workshop,
  ground: ProvingGround,
): Promise<Retest> {
  const { source: old, tests } = await ground.base();
  const base = new Map([...tests, ...old]);
  const causes = cases.filter(isHopeful).flatMap(causesOf);
  const uncaused = sourceWithout(change, causes);
  const sufficient = sourceWith(change, old, causes);
  const sources = { old, base, uncaused, sufficient, values: files.values() };
  return ground.bench().retest(edits, targetsOf(cases), sources);
}

/** What that shows; where the old source can't say whether a repaired test notices anything, mutants are asked. */
export async function judgeProof(
  cases: readonly Case[],
  patch: Patch,
  retest: Retest,
  workshop: Workshop,
  ground: ProvingGround,
): Promise<Judgement> {
  const { source: old } = await ground.base();
  const hopeful = cases.filter(isHopeful);
  const unnoticing = hasOldSource(old)
    ? null
    : await unnoticingTests(hopeful, workshop, ground, patch.edits, targetsOf(cases));
  for (const one of cases) one.isRewritten = isRewritten(one.first, workshop.change);
  return judge(cases, patch, ground.sensed, retest, unnoticing);
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

/** The tests of the cases that have edits. */
export function targetsOf(cases: readonly Case[]): Targets {
  const hopeful = cases.filter(isHopeful);
  if (hopeful.some(({ first }) => first.when === 'conftest')) return null;
  const files = new Set(hopeful.flatMap(({ first }) => (first.file === null ? [] : [first.file])));
  return { keys: hopeful.map(({ first }) => first.key), files: [...files].sort() };
}
