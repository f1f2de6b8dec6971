import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { failureOf, recordOf } from '../report/report.fixture';
import type { FailureRecord } from '../report/run-record';
import { annotations, isInActions, tellActions } from './actions';

const newFolder = temporaryFolders();
const red = (part: Partial<FailureRecord> = {}): FailureRecord =>
  failureOf({ outcome: 'unrepaired', reason: 'nobody knows', ...part });

describe('annotations', () => {
  it('stand on the failing line, with what makes it fail', () => {
    expect(annotations([recordOf({ failures: [red()] })])).toEqual([
      '::error file=tests/test_a.py,line=5,title=unrepaired%3A tests/test_a.py%3A%3Atest_a::nobody knows\n',
    ]);
  });

  it('are none for what is repaired, and the regressions come first', () => {
    const regression = red({ outcome: 'suspected-regression', place: null });
    const shown = annotations([recordOf({ failures: [failureOf(), red(), regression] })]);
    expect(shown).toHaveLength(2);
    expect(shown[0]).toMatch(/^::error title=suspected-regression/);
  });

  it('never become another command', () => {
    const id = 'a::b,line=1::\n::set-output name=x::y';
    const [shown] = annotations([recordOf({ failures: [red({ id, reason: '50 %\r\n::stop' })] })]);
    expect(shown!.slice(0, -1)).not.toContain('\n');
    expect(shown).toContain('50 %25%0D%0A::stop');
  });

  it('are as many as the runner shows', () => {
    const failures = Array.from({ length: 30 }, (_, at) => red({ id: `t${at}` }));
    expect(annotations([recordOf({ failures })])).toHaveLength(10);
  });
});

describe('a step of GitHub Actions', () => {
  it('gets a summary, and as outputs the worst result and the address', async () => {
    const folder = newFolder();
    const environment = {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_OUTPUT: join(folder, 'output'),
    };
    expect(isInActions(environment)).toBe(true);
    const runs = [recordOf(), recordOf({ project: 'units', result: 'partial', failures: [red()] })];
    const pull = { number: 1, url: 'https://example.test/pull/1' };
    const published = [
      { sentry: 'sentry-test', outcome: 'opened', pull, says: '', steps: [] } as const,
    ];
    const told = await tellActions(
      runs.map((record) => ({ record, patch: null, sections: [] })),
      published,
      environment,
    );
    expect(told).toMatch(/^::error /);
    expect(readFileSync(environment.GITHUB_STEP_SUMMARY, 'utf8')).toContain('# sentry-test: units');
    expect(readFileSync(environment.GITHUB_OUTPUT, 'utf8')).toBe(
      'result=partial\npull-request-url=https://example.test/pull/1\n',
    );
  });

  it('that has files which nobody can write fails for nothing', async () => {
    const nowhere = join(newFolder(), 'no', 'where');
    const environment = { GITHUB_STEP_SUMMARY: nowhere, GITHUB_OUTPUT: nowhere };
    const run = { record: recordOf({ failures: [red()] }), patch: null, sections: [] };
    expect(await tellActions([run], [], environment)).toMatch(/^::error /);
  });

  it('gets no more of a summary than GitHub takes, in bytes', async () => {
    const summary = join(newFolder(), 'summary');
    const failures = Array.from({ length: 300 }, () => red({ reason: 'é'.repeat(2000) }));
    const run = { record: recordOf({ failures }), patch: null, sections: [] };
    await tellActions(
      [recordOf(), run.record].map((record) => ({ ...run, record })),
      [],
      {
        GITHUB_STEP_SUMMARY: summary,
      },
    );
    expect(statSync(summary).size).toBeLessThan(1 << 20);
    expect(readFileSync(summary, 'utf8')).toContain('the rest is in the artifacts');
  });

  it('that has no such files is none the worse for it', async () => {
    expect(isInActions({})).toBe(false);
    expect(await tellActions([], [], {})).toBe('');
  });
});
