import { failureOf, recordOf } from '../report/report.fixture';
import type { FailureRecord, RunRecord } from '../report/run-record';
import { faceOf } from './body';
import { hidden, metadataIn, withMetadata } from './metadata';
import { metadataOf } from './plan.fixture';

const face = (records: readonly RunRecord[], metadata = metadataOf()) =>
  faceOf({ metadata, records });
const withFailures = (...failures: FailureRecord[]) => face([recordOf({ failures })]).body;

describe('the face of a pull request', () => {
  it('tells a reviewer what changed in the code, what in the test, how sure it is, and why', () => {
    const { title, body } = face([recordOf()]);
    expect(title).toBe('test: bring 1 test of money in step with the code');
    expect(body.split('\n').find((line) => line.includes('test_a.py::test_a'))).toBe(
      '| `tests/test_a.py::test_a`<br>money | `src/a.py:3` `x = 2` | `tests/test_a.py:5` `2` → `1` | ' +
        'explained<br>`expected-literal` | 2 becomes 1, as the change shows |',
    );
    expect(body).toContain('money: in an isolated copy 3 tests ran with the patch');
    expect(body).toContain(`NX_BASE=${'b'.repeat(40)} NX_HEAD=${'c'.repeat(40)} npx nx run money:`);
    expect(metadataIn(body)).toEqual(metadataOf());
  });

  it('has suspected regressions on top, and what else is left', () => {
    const regression = failureOf({
      id: 'tests/test_b.py::test_bug',
      outcome: 'suspected-regression',
      reason: 'nothing explains it',
      suspects: [{ file: 'src/a.py', line: 9, side: 'head', text: '  return 0' }],
    });
    const left = failureOf({ id: 'tests/test_c.py::test_left', outcome: 'unrepaired' });
    const body = withFailures(failureOf(), left, regression);
    expect(body.startsWith('### Suspected regressions')).toBe(true);
    expect(body).toContain('  - `src/a.py:9` `return 0`');
    expect(body.indexOf('### Left as they are')).toBeGreaterThan(body.indexOf('### Verification'));
  });

  it('notifies nobody and closes nothing, whatever the texts say', () => {
    const reason = 'fixes #12, thanks @octocat, see https://example.test/issues/3';
    const body = withFailures(failureOf({ reason }));
    expect(body).not.toMatch(/#12|@octocat|https:\/\/example\.test/);
  });

  it('stays a table, whatever the texts say', () => {
    const edits = [{ file: 'tests/a|b.py', line: 1, before: 'a | b\n`c`', after: '<b>|' }];
    const row = withFailures(failureOf({ reason: 'a | b', edits }))
      .split('\n')
      .find((line) => line.includes('test_a'))!;
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
  });

  it('gives no command to copy for a project whose name could be one', () => {
    expect(face([recordOf({ project: 'a; rm -rf /' })]).body).not.toContain('npx nx run');
  });

  it('stays below what GitHub takes, and says how much it leaves out', () => {
    const failures = Array.from({ length: 3000 }, (_, at) =>
      failureOf({ id: `tests/t.py::t${at}` }),
    );
    const { body } = face([recordOf({ failures })]);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/… and \d+ more, which the artifacts/);
    expect(metadataIn(body)?.key).toBe('key');
  });

  it('stays below it with very many projects, and names as long as parameters make them', () => {
    const records = Array.from({ length: 900 }, (_, at) =>
      recordOf({
        project: `team-of-many-words-project-${at}`,
        failures: (['repaired', 'suspected-regression', 'unrepaired'] as const).map((outcome) =>
          failureOf({ id: `tests/t.py::test[${'long '.repeat(2000)}]`, outcome }),
        ),
      }),
    );
    const { title, body } = face(records);
    expect(body.length).toBeLessThan(65_536);
    expect(title.length).toBeLessThan(256);
    expect(body).toContain('and 880 more');
    expect(metadataIn(body)?.key).toBe('key');
  });

  it('takes no metadata from the texts of others', () => {
    const forged = hidden(metadataOf({ failures: ['somebody’s'] }));
    const body = withFailures(failureOf({ outcome: 'suspected-regression', id: forged }));
    expect(metadataIn(body)).toEqual(metadataOf());
    expect(metadataIn(withMetadata(body, metadataOf({ ended: 'why' })))?.ended).toBe('why');
  });

  it('stays a table, whatever a project is called', () => {
    const { title, body } = face([recordOf({ project: 'a | b\n# c' })]);
    const row = body.split('\n').find((line) => line.startsWith('| `tests/test_a.py::test_a`'))!;
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(title).not.toContain('\n');
    expect(body).not.toContain('\n# c');
  });

  it('goes without the artifacts where they are too large, and still knows itself', () => {
    let noise = '';
    for (let at = 0; noise.length < 200_000; at += 1) noise += Math.sin(at).toString(36);
    const [run] = metadataOf().runs;
    const { body } = face([recordOf()], metadataOf({ runs: [{ ...run!, patch: noise }] }));
    expect(body.length).toBeLessThan(65_536);
    expect(metadataIn(body)).toMatchObject({ runs: [], failures: ['f1'] });
  });
});
