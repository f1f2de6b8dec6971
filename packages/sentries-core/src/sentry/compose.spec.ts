import { tmpdir } from 'node:os';
import { EnvironmentError } from '../errors';
import type { Patch } from '../guard/guard';
import { failureFact } from '../pytest/facts.fixture';
import type { RunRecord } from '../report/run-record';
import type { Case } from './case';
import { compose, type Ending } from './compose';
import { DEFAULTS, type SentryRequest } from './request';
import { caseOf, runOf } from './sentry.fixture';
import { Stopwatch } from './stopwatch';

const REQUEST: SentryRequest = {
  ...DEFAULTS,
  environment: {},
  workspace: '/home/me/w',
  project: 'money',
  target: 'sentry-test',
  folder: 'libs/money',
  dependencies: [],
  others: [],
  defaultBase: 'main',
  pytestArgs: [],
  log: () => undefined,
};

const PATCH: Patch = {
  files: ['tests/test_a.py'],
  added: 1,
  removed: 2,
  text: Buffer.from('the patch'),
  edits: [],
};

const A = 'tests/test_a.py::test_a';
const RETEST = {
  full: runOf([A, 'b', 'c']),
  again: runOf([A]),
  old: runOf([A], [A]),
  uncaused: null,
  atBase: null,
  sufficient: null,
};
const PROVEN = { patch: PATCH, retest: RETEST };

const composed = (ending: Partial<Ending> = {}, request: Partial<SentryRequest> = {}) =>
  compose(
    { ...REQUEST, ...request },
    { range: undefined, watch: new Stopwatch(), sensed: runOf([A], [A]), ...ending },
  );
const recordOf = (...args: Parameters<typeof composed>): RunRecord => composed(...args).record;

const closed = (key: string, reason = 'no rule'): Case => ({
  ...caseOf(key),
  verdict: { outcome: 'unrepaired', reason },
});

describe('the result of a run', () => {
  it.each<[RunRecord['result'], string, Partial<Ending>]>([
    ['green', 'nothing failed', {}],
    ['repaired', 'all is repaired', { cases: [caseOf(A, {})], ...PROVEN }],
    ['partial', 'some is repaired', { cases: [caseOf(A, {}), closed('b')], ...PROVEN }],
    ['unrepaired', 'nothing is repaired', { cases: [closed(A), closed('b')] }],
    ['unrepaired', 'edits are known but not proven', { cases: [caseOf(A, {})] }],
    ['error', 'it broke off', { error: new EnvironmentError('no', 'Do.') }],
  ])('is %s, given that %s', (result, _, ending) => {
    expect(recordOf(ending).result).toBe(result);
  });

  it('comes with the patch, its proof and what was asked', () => {
    const range = { repository: undefined as never, base: 'b1', head: null };
    const cases = [caseOf(A, {}), caseOf('b', { tier: 'unexplained' }), closed('c')];
    const { record, patch } = composed({ range, cases, ...PROVEN });
    expect(patch?.toString()).toBe('the patch');
    expect(record).toMatchObject({
      project: 'money',
      mode: 'propose',
      base: 'b1',
      head: null,
      error: null,
      patch: { files: ['tests/test_a.py'], added: 1, removed: 2 },
      verification: { tests: 3, repaired: 2, failOnOldSource: 1 },
    });
  });

  it('has no test failing on an old source that there is not', () => {
    const retest = { ...RETEST, old: null };
    const { verification } = recordOf({ cases: [caseOf(A, {})], patch: PATCH, retest });
    expect(verification).toEqual({ tests: 3, repaired: 1, failOnOldSource: 0 });
  });

  it('has neither patch nor proof where there is none', () => {
    const { record, patch } = composed({ cases: [closed(A)] });
    expect([patch, record.patch, record.verification]).toEqual([null, null, null]);
  });

  it('has the times of its phases', async () => {
    const watch = new Stopwatch();
    await watch.time('sense', Promise.resolve());
    expect(Object.keys(recordOf({ watch }).timings)).toEqual(['sense']);
  });
});

describe('a failure of the record', () => {
  const only = (one: Case, ending: Partial<Ending> = {}, request: Partial<SentryRequest> = {}) =>
    recordOf({ cases: [one], ...ending }, request).failures[0];

  it('given that it is repaired, tells each reason once and the weakest tier', () => {
    const mechanical = { tier: 'mechanical' as const, strategy: 'renamed', says: 'f is now g' };
    const one = caseOf(A, mechanical, {}, mechanical);
    expect(only(one, PROVEN)).toMatchObject({
      id: A,
      exception: { type: 'AssertionError', message: 'assert 1 == 2\n  more' },
      outcome: 'repaired',
      tier: 'explained',
      strategy: 'expected-literal',
      reason: 'f is now g; 2 becomes 1, as the change shows',
      evidence: [{ line: 3 }, { line: 3 }, { line: 3 }],
      edits: [{ after: '1' }, { after: '1' }, { after: '1' }],
    });
  });

  it('given that nothing may be repaired, shows the edit and says why', () => {
    expect(only(caseOf(A, {}), {}, { mode: 'report' })).toMatchObject({
      outcome: 'unrepaired',
      tier: 'explained',
      reason: '2 becomes 1, as the change shows; nothing is repaired in mode report',
      edits: [{ file: 'tests/test_a.py', line: 5, before: '2', after: '1' }],
    });
  });

  it('given a verdict, shows the edit known then and not those made before', () => {
    const [known] = caseOf(A, { tier: 'unexplained', strategy: 'other' }).admitted;
    const verdict = { outcome: 'suspected-regression', reason: 'why', known: known! } as const;
    expect(only({ ...caseOf(A, {}, {}), verdict }, PROVEN)).toMatchObject({
      outcome: 'suspected-regression',
      tier: 'unexplained',
      strategy: 'other',
      reason: 'why',
      edits: [{ after: '1' }],
    });
  });

  it.each([
    { outcome: 'suspected-regression' as const, count: 1 },
    { outcome: 'flaky' as const, count: 0 },
    { outcome: 'unrepaired' as const, count: 0 },
  ])('given that it is $outcome, names $count suspected lines', ({ outcome, count }) => {
    const suspects = [{ file: 'src/a.py', line: 3, side: 'head' as const, text: 'x = 1' }];
    const failure = only({ ...closed(A), suspects, verdict: { outcome, reason: 'r' } });
    expect(failure?.suspects).toEqual(suspects.slice(0, count));
  });

  it('given a verdict without an edit, has none', () => {
    expect(only({ ...closed(A), verdict: { outcome: 'flaky', reason: 'r' } })).toMatchObject({
      outcome: 'flaky',
      tier: null,
      strategy: null,
      evidence: [],
      edits: [],
    });
  });

  it('stands in the order of the ids, whatever the order of the run', () => {
    const cases = ['b', 'B', 'a', 'é', 'a::b'].map((key) => closed(key));
    expect(recordOf({ cases }).failures.map(({ id }) => id)).toEqual(['B', 'a', 'a::b', 'b', 'é']);
  });
});

describe('the texts of a record', () => {
  const temporary = tmpdir();

  it.each([
    ['a path of the workspace', 'in /home/me/w/libs/a.py:1', 'in libs/a.py:1'],
    ['the workspace', "cwd '/home/me/w'", "cwd '.'"],
    ['a path of a copy', `at ${temporary}/nx-sentries-12-copy-aB3xyz/libs/a.py`, 'at libs/a.py'],
    ['pytest’s folder', `'${temporary}/pytest-of-me/pytest-7/test_a0'`, "'<tmp>/test_a0'"],
    [
      'pytest’s folder of a copy',
      `${temporary}/nx-sentries-12-facts-aB3xyz/pytest-of-me/pytest-0/x`,
      '<tmp>/x',
    ],
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['an address', '<A object at 0x7f00dead01>', '<A object at 0x…>'],
    ['a small number', 'assert 0xff == 0x1', 'assert 0xff == 0x1'],
    ['a time', '1 failed in 0.12s', '1 failed in …s'],
    ['another path', '/usr/lib/python3/a.py', '/usr/lib/python3/a.py'],
  ])('given %s, are the same on every machine', (_, text, shown) => {
    const exception = { ...failureFact().exception, message: text };
    const operations = [{ file: 'f', span: { start: 0, end: 1 }, before: text, after: text }];
    const { admitted } = caseOf(A, { operations });
    const verdict = { outcome: 'unrepaired', reason: text, known: admitted[0]! } as const;
    const cases = [{ ...caseOf({ key: A, exception }), verdict }];
    expect(recordOf({ cases }).failures[0]).toMatchObject({
      exception: { message: shown },
      reason: shown,
      edits: [{ before: shown, after: shown }],
    });
    const error = new EnvironmentError(text, 'Do.');
    expect(recordOf({ error }).error).toEqual({ message: shown, hint: 'Do.' });
  });

  it('given an edit that is in the patch, are as they are there', () => {
    const text = "'/home/me/w/x'";
    const operations = [{ file: 'f', span: { start: 0, end: 1 }, before: text, after: text }];
    const { failures } = recordOf({ cases: [caseOf(A, { operations })], ...PROVEN });
    expect(failures[0]?.edits).toEqual([{ file: 'f', line: 5, before: text, after: text }]);
  });
});

describe('a run that broke off', () => {
  const error = new EnvironmentError('pytest did not end', 'Wait.');
  const outcomes = (sensed: Ending['sensed']): string[] =>
    recordOf({ error, sensed }).failures.map(({ id, outcome }) => `${id} ${outcome}`);

  it('given no facts at all, has no failures', () => {
    expect(recordOf({ error, sensed: undefined })).toMatchObject({
      result: 'error',
      error: { message: 'pytest did not end', hint: 'Wait.' },
      failures: [],
    });
  });

  it('given a run that ended, has its failures', () => {
    expect(outcomes(runOf([A], [A]))).toEqual([`${A} unrepaired`]);
  });

  it('given a test that ran at the time, names that as the broken one, once', () => {
    const sensed = runOf(['a', 'b'], ['a', 'b'], { exit: 'timeout', running: 'b' });
    expect(outcomes(sensed)).toEqual(['a unrepaired', 'b environment']);
    expect(recordOf({ error, sensed }).failures[1]).toMatchObject({
      exception: { type: 'EnvironmentError', message: '' },
      reason: 'pytest did not end',
    });
  });

  it('given that no test had begun, names the project', () => {
    expect(outcomes(runOf([], [], { exit: 'no-tests' }))).toEqual(['libs/money environment']);
  });
});
