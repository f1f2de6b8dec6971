import type { Patch } from '../guard/guard';
import type { FailureFact } from '../pytest/facts';
import type { PytestRun } from '../pytest/run';
import type { Retest } from '../verify/retest';
import { causesOf, isHopeful, unrepaired, type Case, type Verdict } from './case';

export interface Judgement {
  /** The cases that the retest does not bear out, and why. */
  readonly failed: ReadonlyMap<Case, Verdict>;
  /** The cases whose edits hold, but not for the reason given. */
  readonly uncaused: readonly Case[];
}

/**
 * What the retest shows. Nothing failed and nothing uncaused: the patch is proven as a whole.
 *
 * @param sensed The first run, before any edit.
 * @param unnoticing Test (by key) → why nothing shows that it would notice a mistake. Null where there is an old
 *   source, on which a repaired test must fail instead.
 */
export function judge(
  cases: readonly Case[],
  patch: Patch,
  sensed: PytestRun,
  retest: Retest,
  unnoticing: ReadonlyMap<string, string> | null,
): Judgement {
  const failed = new Map<Case, Verdict>();
  const hopeful = cases.filter(isHopeful);
  for (const one of hopeful) {
    const reason = disproof(one, retest, unnoticing);
    if (reason) failed.set(one, unrepaired(reason, one.admitted.at(-1)));
  }
  const known = new Set(cases.map(({ first }) => first.key));
  const [harmed] = harmedTests(known, sensed, retest.full);
  if (harmed !== undefined && failed.size === 0) {
    const file = harmed.split('::')[0]!;
    const near = hopeful.filter((one) =>
      edits(one).some((path) => `/${path}`.endsWith(`/${file}`)),
    );
    for (const one of near.length > 0 ? near : hopeful) {
      failed.set(
        one,
        unrepaired(`with its edit ${harmed} does not pass any more`, one.admitted.at(-1)),
      );
    }
  }
  for (const one of cases) {
    // A flaky test passes with any edits.
    if (!one.verdict || ['environment', 'flaky'].includes(one.verdict.outcome)) continue;
    if (failed.has(one)) continue;
    if (!passes(one, retest.full)) continue;
    one.verdict = afterwards(one, patch);
    for (const other of hopeful.filter((editor) => silences(editor, one)))
      failed.set(
        other,
        unrepaired(
          `with its edit ${one.first.id} passes too, which is not proven`,
          other.admitted.at(-1),
        ),
      );
  }
  const uncaused = unnoticing
    ? []
    : hopeful.filter((one) => !failed.has(one) && isUncaused(one, retest));
  return { failed, uncaused };
}

/** True where the new values of a case stand in a file in which another test was red, and was not repaired. */
function silences(editor: Case, other: Case): boolean {
  const own = [other.first.file, other.first.frames.at(-1)?.file];
  return editor.admitted.some(
    ({ proposal }) =>
      proposal.tier !== 'mechanical' && proposal.operations.some(({ file }) => own.includes(file)),
  );
}

const edits = (one: Case): string[] =>
  one.admitted.flatMap(({ proposal }) => proposal.operations.map(({ file }) => file));

/** Why a case is not repaired, from what its test does with the patch. */
function disproof(
  one: Case,
  retest: Retest,
  unnoticing: ReadonlyMap<string, string> | null,
): string | undefined {
  const { full, again, old, atBase } = retest;
  const still = full.failures.find(({ key }) => key === one.first.key);
  if (still) return `with the edit the test still fails: ${still.exception.message.split('\n')[0]}`;
  if (!passes(one, full)) return 'with the edit the test does not run';
  if (!passes(one, again)) {
    return 'with the edit the test passes among all tests, and not alone or with another hash seed';
  }
  if (unnoticing) return unnoticing.get(one.first.key);
  // An unexplained edit was asked for with accept=all, and follows from no change of the source.
  const needsProof = one.admitted.some(({ proposal }) => proposal.tier !== 'unexplained');
  if (!needsProof) return undefined;
  if (!old) return 'the old source could not be told from the new one, so the edit proves nothing';
  const asItWas = one.isRewritten ? null : atBase;
  if (passes(one, old) && keepsMeaning(one) && asItWas && passes(one, asItWas)) return undefined;
  if (passes(one, old)) {
    return 'with the edit the test passes on the old source too, so it proves nothing';
  }
  return failsIn(one, old)
    ? undefined
    : 'with the edit the test does not run on the old source, so it proves nothing';
}

/**
 * True where all edits of a case follow from a refactoring, or alter no value. They may fit the old source as well: an argument is
 * given by its name, or not given where it was the default. Then it proves them that the test as it was passed
 * on the old source: what it says has not changed, and on the new one it says it again.
 */
const keepsMeaning = (one: Case): boolean =>
  one.admitted.every(
    ({ proposal }) => proposal.tier === 'mechanical' || proposal.keepsMeaning === true,
  );

/**
 * True where the literals that explain a case's edits are not its cause. They must be needed: without them
 * the test fails, and by its assertion, not since nothing works any more. And they must be enough: with them
 * alone, on the old source, the test passes. Where the old source can't run the test (a name is new), nothing
 * says that the literals are the whole cause.
 */
function isUncaused(one: Case, { uncaused, sufficient }: Retest): boolean {
  if (causesOf(one).length === 0) return false;
  return !failsByAssertion(one, uncaused) || (sufficient !== null && !passes(one, sufficient));
}

/** By an assertion, or by the very exception that the change exchanged for another. */
function failsByAssertion(one: Case, run: PytestRun | null): boolean {
  const type = run?.failures.find(({ key }) => key === one.first.key)?.exception.type;
  if (ASSERTIONS.has(type ?? '')) return true;
  const exchanged = causesOf(one).filter(({ kind }) => kind === 'exception');
  return exchanged.some(({ old }) => type?.split('.').at(-1) === old);
}

/** `pytest.warns` and `pytest.raises` fail by an exception of pytest's own, and so do doctests. */
const ASSERTIONS: ReadonlySet<string> = new Set([
  'builtins.AssertionError',
  'builtins.Failed',
  'doctest.DocTestFailure',
]);

/** True where the test (of a file that was not collected: at least one test of it) ran and passed. */
export function passes(
  { first }: { readonly first: Pick<FailureFact, 'key' | 'when'> },
  run: PytestRun,
): boolean {
  if (run.failures.some(({ key }) => key === first.key)) return false;
  const isTest = first.when !== 'collect' && first.when !== 'conftest';
  if (isTest) return run.started.has(first.key) && !run.skipped.has(first.key);
  const failing = new Set(run.failures.map(({ key }) => key));
  return [...run.started.keys()].some(
    (key) =>
      (first.when === 'conftest' || isOf(first.key, key)) &&
      !failing.has(key) &&
      !run.skipped.has(key),
  );
}

const isOf = (file: string, key: string): boolean => key.startsWith(`${file}::`);

/** True where a run shows the test, its file or the whole collection failing. */
function failsIn({ first }: Case, run: PytestRun): boolean {
  return run.failures.some(
    ({ key, when }) =>
      key === first.key || isOf(first.key, key) || isOf(key, first.key) || when === 'conftest',
  );
}

/**
 * Tests that passed before and do not with the patch.
 *
 * @param known Keys of tests of which more is known than that.
 */
export function harmedTests(
  known: ReadonlySet<string>,
  sensed: PytestRun,
  full: PytestRun,
): string[] {
  const failing = new Set(full.failures.map(({ key }) => key));
  const before = new Set(sensed.failures.map(({ key }) => key));
  return [...sensed.started]
    .filter(([key]) => !known.has(key) && !before.has(key) && !sensed.skipped.has(key))
    .filter(([key]) => failing.has(key) || !full.started.has(key) || full.skipped.has(key))
    .map(([, id]) => id);
}

/** A test that got no edit of its own and passes in the copy. */
function afterwards(one: Case, patch: Patch): Verdict {
  const file = one.first.frames.at(-1)?.file;
  const isEdited = patch.files.some((path) => path === file || path === one.first.file);
  return isEdited
    ? unrepaired('an edit for another test makes it pass, which is not proven for this one')
    : { outcome: 'flaky', reason: 'it passes unchanged when it is run again, in an isolated copy' };
}
