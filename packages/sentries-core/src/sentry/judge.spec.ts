import type { Patch } from '../guard/guard';
import type { PytestRun } from '../pytest/run';
import type { Retest } from '../verify/retest';
import type { Case } from './case';
import { judge, type Judgement } from './judge';
import { caseOf, runOf } from './sentry.fixture';

const A = 'tests/test_a.py::test_a';
const B = 'tests/test_b.py::test_b';
const FILE = 'tests/test_a.py';

const PATCH: Patch = { files: [FILE], added: 1, removed: 1, text: Buffer.from(''), edits: [] };

/** A retest in which A is proven and B passes. */
const proof = (part: Partial<Retest> = {}): Retest => ({
  full: runOf([A, B]),
  again: runOf([A]),
  old: runOf([A], [A]),
  atBase: null,
  uncaused: runOf([A], [A]),
  sufficient: runOf([A]),
  ...part,
});

const SENSED = runOf([A, B], [A]);

function judged(
  cases: readonly Case[],
  retest: Retest,
  {
    sensed = SENSED,
    unnoticing = null,
  }: { sensed?: PytestRun; unnoticing?: ReadonlyMap<string, string> | null } = {},
): Judgement {
  return judge(cases, PATCH, sensed, retest, unnoticing);
}

/** Why the only case fails; undefined where it does not. */
function reason(
  one: Case,
  part: Partial<Retest>,
  unnoticing: ReadonlyMap<string, string> | null = null,
): string | undefined {
  return judged([one], proof(part), { unnoticing }).failed.get(one)?.reason;
}

const NOT_ALONE =
  'with the edit the test passes among all tests, and not alone or with another hash seed';
const PROVES_NOTHING = 'with the edit the test passes on the old source too, so it proves nothing';
const NOT_RUN = 'with the edit the test does not run';

describe('an edited test that passes on the old source, too', () => {
  const mechanical: Case = caseOf(A, { tier: 'mechanical', causes: [] });

  it('is proven by the test as it was, which passed there, where only its form changed', () => {
    expect(reason(mechanical, { old: runOf([A]), atBase: runOf([A]) })).toBeUndefined();
  });

  it.each<[string, Case, Partial<Retest>]>([
    ['failed there as it was', mechanical, { atBase: runOf([A], [A]) }],
    [
      'was another one before the change',
      { ...mechanical, isRewritten: true },
      { atBase: runOf([A]) },
    ],
    ['could not be asked', mechanical, { atBase: null }],
    ['has a new value', caseOf(A, {}), { atBase: runOf([A]) }],
  ])('is not, where it %s', (_, one, part) => {
    expect(reason(one, { old: runOf([A]), ...part })).toBe(PROVES_NOTHING);
  });
});

describe('an edited test', () => {
  it('given that it passes twice and fails on the old source and without its cause, is proven', () => {
    const { failed, uncaused } = judged([caseOf(A, {})], proof());
    expect([failed.size, uncaused]).toEqual([0, []]);
  });

  it.each<[string, Partial<Retest>, string]>([
    [
      'still fails',
      { full: runOf([A, B], [A]) },
      'with the edit the test still fails: assert 1 == 2',
    ],
    ['is not run', { full: runOf([B]) }, NOT_RUN],
    ['is skipped', { full: runOf([A, B], [], { skipped: new Set([A]) }) }, NOT_RUN],
    ['fails when run again', { again: runOf([A], [A]) }, NOT_ALONE],
    ['is skipped when run again', { again: runOf([A], [], { skipped: new Set([A]) }) }, NOT_ALONE],
    ['passes on the old source', { old: runOf([A]) }, PROVES_NOTHING],
    [
      'is not run on the old source',
      { old: runOf([]) },
      'with the edit the test does not run on the old source, so it proves nothing',
    ],
    [
      'has an old source that can’t be told',
      { old: null },
      'the old source could not be told from the new one, so the edit proves nothing',
    ],
  ])('given that it %s, is not repaired', (_, part, why) => {
    const one = caseOf(A, { says: 'first' }, { says: 'last' });
    const { failed, uncaused } = judged([one], proof(part));
    expect(failed.get(one)).toEqual({
      outcome: 'unrepaired',
      reason: why,
      known: one.admitted[1],
    });
    expect(uncaused).toEqual([]);
  });

  it.each([
    ['its file can’t be collected on the old source', FILE],
    ['something of it fails there', `${A}::part`],
  ])('given that %s, is proven', (_, key) => {
    expect(reason(caseOf(A, {}), { old: runOf([], [key]), uncaused: runOf([], [key]) })).toBe(
      undefined,
    );
  });

  it('given that its edit was asked for without an explanation, need not fail on the old source', () => {
    const one = caseOf(A, { causes: [], tier: 'unexplained' });
    expect(reason(one, { old: null })).toBeUndefined();
    expect(reason(one, { again: runOf([]) })).toBe(NOT_ALONE);
  });

  it.each([
    { tier: 'mechanical' as const, why: undefined },
    { tier: 'unexplained' as const, why: 'it notices nothing' },
  ])('given no old source and the tier $tier, must notice mistakes: $why', ({ tier, why }) => {
    const one = caseOf(A, { causes: [], tier });
    const unnoticing = new Map(why === undefined ? [] : [[A, why]]);
    expect(reason(one, { old: null }, unnoticing)).toBe(why);
    expect(reason(one, { old: null, again: runOf([]) }, unnoticing)).toBe(NOT_ALONE);
  });
});

describe('an explanation', () => {
  it.each<[string, Partial<Retest>]>([
    ['passes without it', { uncaused: runOf([A]) }],
    ['was not run without it', { uncaused: null }],
    ['still fails on the old source with it', { sufficient: runOf([A], [A]) }],
  ])('given that the test %s, is not the cause', (_, part) => {
    const one = caseOf(A, {});
    const { failed, uncaused } = judged([one], proof(part));
    expect([failed.size, uncaused]).toEqual([0, [one]]);
  });

  it.each<[string, string, boolean]>([
    ['the exception that the change exchanged', 'acme.Old', true],
    ['pytest’s own exception', 'builtins.Failed', true],
    ['another exception', 'builtins.NameError', false],
  ])('given that without it the test fails by %s', (_, type, isCause) => {
    const one = caseOf(A, {});
    const [cause] = one.admitted[0]!.proposal.causes;
    const other = caseOf(A, { causes: [{ ...cause!, kind: 'exception', old: 'Old', new: 'New' }] });
    const failure = { ...other.first, exception: { ...other.first.exception, type } };
    const { uncaused } = judged([other], proof({ uncaused: runOf([A], [failure]) }));
    expect(uncaused).toEqual(isCause ? [] : [other]);
  });

  it.each<[string, Case, ReadonlyMap<string, string> | null]>([
    ['no literals', caseOf(A, { tier: 'mechanical', causes: [] }), null],
    ['no old source', caseOf(A, {}), new Map()],
  ])('given %s, is not asked for', (_, one, unnoticing) => {
    const { uncaused } = judged([one], proof({ uncaused: null }), { unnoticing });
    expect(uncaused).toEqual([]);
  });
});

describe('another test', () => {
  const harm = `with its edit ${B} does not pass any more`;

  it.each([
    ['fails', runOf([A, B], [B])],
    ['is not run', runOf([A])],
    ['is skipped', runOf([A, B], [], { skipped: new Set([B]) })],
  ])('given that it %s with the patch, the edit does harm', (_, full) => {
    expect(reason(caseOf(A, {}), { full })).toBe(harm);
  });

  it('given an edit of its own file, only that edit is to blame', () => {
    const far = caseOf(A, {});
    const span = { start: 0, end: 1 };
    const near = caseOf('tests/test_b.py::test_c', {
      operations: [{ file: 'libs/money/tests/test_b.py', span, before: '2', after: '1' }],
    });
    const keys = [A, 'tests/test_b.py::test_c'];
    const { failed } = judged(
      [far, near],
      proof({
        full: runOf([...keys, B], [B]),
        again: runOf(keys),
        old: runOf(keys, keys),
        uncaused: runOf(keys, keys),
      }),
    );
    expect([...failed.keys()]).toEqual([near]);
    expect(failed.get(near)).toMatchObject({ reason: harm, known: near.admitted[0] });
  });

  it.each([
    ['failed before', runOf([A, B], [A, B])],
    ['was skipped before', runOf([A, B], [A], { skipped: new Set([B]) })],
    ['was not run before', runOf([A], [A])],
  ])('given that it %s, is not harmed', (_, sensed) => {
    const one = caseOf(A, {});
    const { failed } = judged([one], proof({ full: runOf([A, B], [B]) }), { sensed });
    expect(failed.size).toBe(0);
  });
});

describe('a test without an edit of its own', () => {
  const given = (outcome: 'suspected-regression' | 'environment', file: string) => {
    const one = caseOf({ key: B, file, frames: [{ file, line: 1, function: 'f', span: null }] });
    one.verdict = { outcome, reason: 'as it was' };
    return one;
  };
  const sensed = runOf([A, B], [A, B]);

  it('given that it passes in the copy, was flaky', () => {
    const one = given('suspected-regression', 'tests/test_b.py');
    judged([caseOf(A, {}), one], proof(), { sensed });
    expect(one.verdict).toEqual({
      outcome: 'flaky',
      reason: 'it passes unchanged when it is run again, in an isolated copy',
    });
  });

  it('given that the patch edits its file, is not said to be flaky', () => {
    const one = given('suspected-regression', FILE);
    judged([caseOf(A, {}), one], proof(), { sensed });
    expect(one.verdict?.outcome).toBe('unrepaired');
    expect(one.verdict?.reason).toContain('an edit for another test makes it pass');
  });

  it('given that it was flaky before, is not the edit’s doing', () => {
    const flaky = { ...caseOf({ key: B, file: FILE }) };
    flaky.verdict = { outcome: 'flaky', reason: 'as it was' };
    const { failed } = judged([caseOf(A, {}), flaky], proof(), { sensed });
    expect([failed.size, flaky.verdict.reason]).toEqual([0, 'as it was']);
  });

  it.each<[string, Case, Partial<Retest>]>([
    ['still fails', given('suspected-regression', 'b.py'), { full: runOf([A, B], [B]) }],
    ['is not run', given('suspected-regression', 'b.py'), { full: runOf([A]) }],
    ['lacks a module', given('environment', 'b.py'), {}],
  ])('given that it %s, keeps its verdict', (_, one, part) => {
    judged([caseOf(A, {}), one], proof(part), { sensed });
    expect(one.verdict?.reason).toBe('as it was');
  });
});

describe('a file that could not be collected', () => {
  const broken = () => caseOf({ key: FILE, when: 'collect' }, {});
  const old = runOf([], [FILE]);

  it.each<[string, Partial<Retest>, string | undefined]>([
    ['one of its tests passes', {}, undefined],
    [
      'it can’t be collected still',
      { full: runOf([B], [FILE]) },
      'with the edit the test still fails: assert 1 == 2',
    ],
    ['none of its tests runs', { full: runOf([B]) }, NOT_RUN],
    ['its only test fails', { full: runOf([A, B], [A]) }, NOT_RUN],
    ['its only test is skipped', { full: runOf([A, B], [], { skipped: new Set([A]) }) }, NOT_RUN],
    ['it can be collected on the old source', { old: runOf([A]) }, PROVES_NOTHING],
    ['its test fails on the old source', { old: runOf([A], [A]) }, undefined],
  ])('given that %s with the edit', (_, part, why) => {
    expect(reason(broken(), { old, uncaused: old, ...part })).toBe(why);
  });

  it('given a conftest, any test that passes shows it repaired', () => {
    const one = caseOf({ key: 'tests/conftest.py', when: 'conftest' }, {});
    const failing = runOf([], ['tests/conftest.py']);
    const part = { again: runOf([B]), old: failing, uncaused: failing };
    expect(reason(one, { ...part, full: runOf([B]) })).toBeUndefined();
    expect(reason(one, { ...part, full: runOf([B], [B]) })).toBe(NOT_RUN);
  });
});
