import type { RunRecord } from 'sentries-core';
import { terminalReport } from './terminal-report';

describe('the report in the terminal', () => {
  const record: RunRecord = {
    version: 1,
    sentry: 'sentry-test',
    project: 'units',
    target: 'sentry-test',
    base: null,
    head: null,
    mode: 'propose',
    result: 'error',
    error: { message: 'pytest is not installed', hint: 'Install it.' },
    failures: [],
    patch: null,
    change: null,
    verification: null,
    model: { calls: 0, promptTokens: 0, completionTokens: 0 },
    timings: {},
  };

  it('says of an error what to do', () => {
    expect(terminalReport(record)).toMatch(/error[^]*pytest is not installed\n {2}→ Install it\./);
  });

  it('names the changed lines that a suspected regression executed', () => {
    const report = terminalReport({
      ...record,
      result: 'unrepaired',
      error: null,
      failures: [
        {
          id: 'a.py::test',
          exception: { type: 'AssertionError', message: '' },
          place: null,
          outcome: 'suspected-regression',
          tier: null,
          strategy: null,
          reason: 'so',
          evidence: [],
          edits: [],
          suspects: [
            { file: 'src/a.py', line: 5, side: 'head', text: '    return 1' },
            { file: 'src/a.py', line: 7, side: 'base', text: '    check(x)' },
          ],
        },
      ],
    });
    expect(report.split('\n').slice(-2)).toEqual([
      '      executed: src/a.py:5  return 1',
      '      taken away: src/a.py:7  check(x)',
    ]);
  });

  it('keeps an edit over several lines on one line', () => {
    const edit = { file: 'a.py', line: 3, before: '1', after: `"""a\n${'b'.repeat(300)}"""` };
    const failure = {
      id: 'a.py::test',
      exception: { type: 'AssertionError', message: '' },
      place: null,
      outcome: 'repaired' as const,
      tier: 'explained' as const,
      strategy: 'expected-literal',
      reason: 'so',
      evidence: [],
      edits: [edit],
      suspects: [],
    };
    const report = terminalReport({
      ...record,
      result: 'repaired',
      error: null,
      failures: [failure],
    });
    expect(report).toMatch(
      /✔ a\.py::test\n.*repaired \(explained\): so\n.*a\.py:3 {2}1 → """a⏎b+…$/,
    );
  });
});
