import type { FailureRecord, RunRecord } from './run-record';

export function failureOf(part: Partial<FailureRecord> = {}): FailureRecord {
  return {
    id: 'tests/test_a.py::test_a',
    exception: { type: 'AssertionError', message: 'assert 1 == 2' },
    place: { file: 'tests/test_a.py', line: 5 },
    outcome: 'repaired',
    tier: 'explained',
    strategy: 'expected-literal',
    reason: '2 becomes 1, as the change shows',
    evidence: [{ file: 'src/a.py', line: 3, side: 'base', text: 'x = 2', says: 'it stood here' }],
    edits: [{ file: 'tests/test_a.py', line: 5, before: '2', after: '1' }],
    suspects: [],
    ...part,
  };
}

export function recordOf(part: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    sentry: 'sentry-test',
    project: 'money',
    target: 'sentry-test',
    base: 'b'.repeat(40),
    head: null,
    mode: 'propose',
    result: 'repaired',
    error: null,
    failures: [failureOf()],
    patch: { files: ['tests/test_a.py'], added: 1, removed: 1 },
    change: { folders: ['.'], except: ['.sentries'], digest: 'd'.repeat(64) },
    verification: { tests: 3, repaired: 1, failOnOldSource: 1 },
    model: { calls: 0, promptTokens: 0, completionTokens: 0 },
    timings: { sense: 12 },
    ...part,
  };
}
