import type { RunRecord } from 'sentries-core';
import type { Workspace } from '../tools/workspace';
import { greeting, library, outcomes, REWORDED, sentry } from './library';
import { pipFolder } from './pip-folder';

const PATCH = '.sentries/greet/sentry-test/changes.patch';
const SYRUPY = 'syrupy==4.9.1';
const INLINE = 'inline-snapshot==0.36.1';
const AMBR = 'lib/tests/__snapshots__/test_stored.ambr';

const BROKEN = greeting('greet', 'Hello').replace('return f"', 'return 2 * f"');

/** Runs the sentry with a library beside pytest. */
async function withPackage(requirement: string, workspace: Workspace): Promise<RunRecord> {
  process.env['PYTHONPATH'] = pipFolder(
    requirement.replace('==', '-'),
    'pytest==8.4.2',
    requirement,
  );
  try {
    return await sentry(workspace);
  } finally {
    delete process.env['PYTHONPATH'];
  }
}

describe('given a change, a stored snapshot of syrupy', () => {
  const ambr = (word: string, names = ['Ann', 'Bo']): string =>
    `# serializer version: 1\n# name: test_other\n  'Hello'\n# ---\n# name: test_stored\n  dict({\n${names
      .map((name) => `    '${name}': '${word}, ${name}!',\n`)
      .join('')}  })\n# ---\n# name: test_stored.1\n  '${word}, Cy!'\n# ---\n`;
  const stored = (): Workspace =>
    library({
      'lib/tests/test_stored.py':
        'from greet import greet\n\n\ndef test_stored(snapshot):\n    assert {name: greet(name) for name in ("Ann", "Bo")} == snapshot\n    assert snapshot == greet("Cy")\n\n\ndef test_other(snapshot):\n    assert "Hello" == snapshot\n',
      [AMBR]: ambr('Hello'),
    });

  it('becomes what is observed, each entry of the failing test, and no other', async () => {
    const workspace = stored();
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const record = await withPackage(SYRUPY, workspace);
    expect(outcomes(record)).toEqual({
      'tests/test_greet.py::test_greet': 'repaired',
      'tests/test_stored.py::test_stored': 'repaired',
    });
    expect(record.failures[1]).toMatchObject({ tier: 'explained', strategy: 'snapshot-file' });
    workspace.git('apply', PATCH);
    expect(workspace.read(AMBR)).toBe(ambr('Good day'));
  });

  it('stays, where nothing in the change explains what is observed', async () => {
    const workspace = stored();
    workspace.write({ 'lib/src/greet.py': BROKEN });
    const record = await withPackage(SYRUPY, workspace);
    expect(outcomes(record)['tests/test_stored.py::test_stored']).toBe('suspected-regression');
    expect(record.patch).toBeNull();
  });

  it('stays, where the change itself wrote it', async () => {
    const workspace = stored();
    workspace.write({ 'lib/src/greet.py': REWORDED, [AMBR]: ambr('Good evening') });
    const record = await withPackage(SYRUPY, workspace);
    expect(outcomes(record)['tests/test_stored.py::test_stored']).toBe('suspected-regression');
  });
});

describe('given a change, a snapshot in the code', () => {
  const test = (word: string): string =>
    `from greet import greet\nfrom inline_snapshot import snapshot\n\n\ndef test_inline():\n    assert [greet("Ann"), 1] == snapshot(["${word}, Ann!", 1])\n    assert snapshot(\n        "${word}, Bo!"\n    ) == greet("Bo")\n`;

  it('becomes what is observed', async () => {
    const workspace = library({ 'lib/tests/test_inline.py': test('Hello') });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const record = await withPackage(INLINE, workspace);
    expect(outcomes(record)['tests/test_inline.py::test_inline']).toBe('repaired');
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/tests/test_inline.py')).toBe(test('Good day'));
  });

  it('stays, where nothing in the change explains what is observed', async () => {
    const workspace = library({ 'lib/tests/test_inline.py': test('Hello') });
    workspace.write({ 'lib/src/greet.py': BROKEN });
    const record = await withPackage(INLINE, workspace);
    expect(outcomes(record)['tests/test_inline.py::test_inline']).toBe('suspected-regression');
    expect(record.patch).toBeNull();
  });
});
