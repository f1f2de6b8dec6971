import type { ChangeSet } from '../change/change-set';
import type { PytestRun } from '../pytest/run';
import type { FailureFact } from '../pytest/facts';
import type { Bench, Targets } from '../verify/retest';
import type { Case } from './case';
import { missingModule } from './diagnose';
import { withoutMachine } from './portable';
import { suspectsOf } from './suspects';

/**
 * Looks at failing tests again before anything is planned for them: alone, in the reverse order and with another
 * hash seed. What passes is flaky; what shows other values shows none to write down; and of what is left the
 * lines of the change that it executed are known.
 *
 * Only tests: a file that can't be imported is the same in any order. None that lacks a module of others.
 */
export async function lookAgain(
  cases: readonly Case[],
  change: ChangeSet,
  workspace: string,
  bench: () => Bench,
): Promise<void> {
  const tests = cases.filter(({ first }) => isTest(first) && !missingModule(first, change));
  if (tests.length === 0) return;
  const turned = await bench().look(targetsOf(tests), true);
  const passing = tests.filter(({ first }) => passed(first, turned));
  // Rare, so it may cost a run to say what differed.
  const alone = passing.length > 0 ? await bench().look(targetsOf(passing), false) : null;
  for (const one of tests) {
    const { first } = one;
    one.suspects = suspectsOf(change, turned.lines, first.key);
    if (passing.includes(one)) one.verdict = { outcome: 'flaky', reason: whyFlaky(first, alone) };
    const other = turned.failures.find(({ key }) => key === first.key);
    const difference = other && differenceOf(first, other, workspace);
    if (difference !== undefined) one.unsteady = difference;
  }
}

const isTest = ({ when }: FailureFact): boolean => when !== 'collect' && when !== 'conftest';

function targetsOf(cases: readonly Case[]): NonNullable<Targets> {
  const files = new Set(cases.flatMap(({ first }) => (first.file === null ? [] : [first.file])));
  return { keys: cases.map(({ first }) => first.key), files: [...files].sort() };
}

/** A run that broke off shows of no test that it passes. */
function passed({ key }: FailureFact, run: PytestRun): boolean {
  return (
    run.finished &&
    run.started.has(key) &&
    !run.skipped.has(key) &&
    !run.failures.some((failure) => failure.key === key)
  );
}

const TURNED =
  'alone with the other failing tests, in the reverse order and with another hash seed';

function whyFlaky(first: FailureFact, alone: PytestRun | null): string {
  return alone && passed(first, alone)
    ? 'it passes unchanged without the tests that ran beside it, in either order: it fails only in their company, or only sometimes'
    : `it passes unchanged when it is run ${TURNED}, and fails in the usual order and with the usual seed`;
}

/**
 * How two failures of the same test differ, in what an edit could be made from; undefined where they do not. One
 * is of the workspace, the other of its copy: their paths are no difference.
 */
function differenceOf(
  first: FailureFact,
  other: FailureFact,
  workspace: string,
): string | undefined {
  const isSame = (part: (failure: FailureFact) => unknown): boolean => {
    const [one, another] = [first, other].map((failure) =>
      withoutMachine(JSON.stringify(part(failure)), workspace),
    );
    return one === another;
  };
  if (!isSame(placeOf)) return `it fails in another way when it is run ${TURNED}`;
  return isSame(valuesOf)
    ? undefined
    : `it shows other values when it is run ${TURNED}: they are not deterministic`;
}

const placeOf = ({ exception: { type, name }, frames }: FailureFact): unknown => {
  // How deep it goes, and where it ends, depends on who looks.
  const last = type === 'builtins.RecursionError' ? undefined : frames.at(-1);
  return [type, name, last?.file, last?.line];
};

const valuesOf = ({ compare, check, doctest }: FailureFact): unknown => [
  compare && [compare.op, compare.left, compare.right],
  check && [check.name, check.values],
  doctest && [doctest.line, doctest.got],
];
