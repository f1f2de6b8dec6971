import { execFileSync } from 'node:child_process';
import type { RunRecord } from 'sentries-core';
import { PYTHON } from '../tools/paths';
import type { Files } from '../tools/workspace';
import { greeting, library, outcomes, REWORDED, sentry } from './library';

/** What becomes of failing tests of a library that a change touched. */
async function after(files: Files, changed: Files, part = {}): Promise<RunRecord> {
  const workspace = library(files);
  workspace.write(changed);
  return sentry(workspace, part);
}

const only = ({ failures }: RunRecord) => failures[0]!;

const CAP = (best: string): string => `LIMIT = 10\n\n\ndef cap(x):\n    return ${best}(x, LIMIT)\n`;
const TEST_CAP = 'from greet import cap\n\n\ndef test_cap():\n    assert cap(15) == 10\n';

describe('a failing test is run again before anything is said of it', () => {
  it.each(['report', 'propose'] as const)(
    'given that it passes with another hash seed, is flaky and no regression (mode %s)',
    async (mode) => {
      const words = (name: string): string =>
        `def ${name}():\n    return "".join({"a", "b", "c", "d", "e", "f"})\n`;
      const workspace = library({ 'lib/src/greet.py': words('words') });
      // What the interpreter of this machine makes of it with the seed of the second look.
      const env = { ...process.env, PYTHONHASHSEED: '4711' };
      const program = 'print("".join({"a", "b", "c", "d", "e", "f"}), end="")';
      const seen = execFileSync(PYTHON, ['-c', program], { env, encoding: 'utf8' });
      workspace.write({
        'lib/src/greet.py': `${words('words')}\n\ndef more():\n    return 1\n`,
        'lib/tests/test_greet.py': `from greet import words\n\n\ndef test_words():\n    assert words() == "${seen}"\n`,
      });
      const failure = only(await sentry(workspace, { mode }));
      expect(failure).toMatchObject({ outcome: 'flaky', edits: [], suspects: [] });
      expect(failure.reason).toMatch(/another hash seed.* fails in the usual order/);
    },
  );

  it('given that it fails only beside others, says so', async () => {
    const record = await after(
      {
        'lib/tests/test_greet.py':
          'import greet\n\n\ndef test_first():\n    greet.left = 1\n\n\ndef test_second():\n    assert not hasattr(greet, "left")\n',
      },
      { 'lib/src/greet.py': REWORDED },
    );
    expect(outcomes(record)).toEqual({ 'tests/test_greet.py::test_second': 'flaky' });
    expect(only(record).reason).toMatch(/without the tests that ran beside it.*their company/);
  });

  it('given that it never ends, does so in the same way however deep it gets', async () => {
    const count = (next: string): string =>
      `def count(n):\n    return 0 if n == 0 else count(${next})\n`;
    const record = await after(
      {
        'lib/src/greet.py': count('n - 1'),
        'lib/tests/test_greet.py':
          'from greet import count\n\n\ndef test_count():\n    assert count(3) == 0\n',
      },
      { 'lib/src/greet.py': count('n') },
    );
    expect(only(record)).toMatchObject({ outcome: 'suspected-regression' });
  });

  it('given that it shows other values, gets none of them written down', async () => {
    const greet = (word: string): string =>
      `import time\n\n\ndef greet(name):\n    return f"${word}, {name}, at {time.time_ns()}"\n`;
    const record = await after(
      {
        'lib/src/greet.py': greet('Hello'),
        'lib/tests/test_greet.py':
          'from greet import greet\n\n\ndef test_greet():\n    assert greet("Ann") == "Hello, Ann, at 1"\n',
      },
      { 'lib/src/greet.py': greet('Bye') },
      { accept: 'all' },
    );
    expect(only(record)).toMatchObject({ outcome: 'unrepaired', edits: [] });
    expect(only(record).reason).toMatch(/not deterministic/);
  });

  it('given that it shows its values, and beside them where it runs, is repaired all the same', async () => {
    const record = await after(
      {
        'lib/src/greet.py': 'SIZE = 10\n\n\ndef where(path):\n    return [str(path), SIZE]\n',
        'lib/tests/test_greet.py':
          'from greet import where\n\n\ndef test_where(tmp_path):\n    assert where(tmp_path) == [str(tmp_path), 10]\n',
      },
      { 'lib/src/greet.py': 'SIZE = 20\n\n\ndef where(path):\n    return [str(path), SIZE]\n' },
    );
    expect(record.result).toBe('repaired');
  });

  it('given that nothing fails, is not run again', async () => {
    const { result, timings } = await after({}, { 'lib/src/greet.py': greeting('greet', 'Hello') });
    expect(result).toBe('green');
    expect(Object.keys(timings)).not.toContain('look');
  });
});

describe('a suspected regression names what of the change its test executed', () => {
  it('and nothing else of the change', async () => {
    const record = await after(
      { 'lib/src/greet.py': CAP('min'), 'lib/tests/test_greet.py': TEST_CAP },
      { 'lib/src/greet.py': `${CAP('max')}\n\ndef other():\n    return 1\n` },
    );
    expect(only(record)).toMatchObject({
      outcome: 'suspected-regression',
      edits: [{ before: '10', after: '15' }],
      suspects: [
        { file: 'lib/src/greet.py', line: 5, side: 'head', text: '    return max(x, LIMIT)' },
      ],
    });
  });

  it('given that lines were taken away, names these', async () => {
    const greet = (check: string): string => `def greet(name):\n${check}    return name\n`;
    const record = await after(
      {
        'lib/src/greet.py': greet(
          '    # nobody\n    if not name:\n        raise ValueError("no name")\n',
        ),
        'lib/tests/test_greet.py':
          'import pytest\nfrom greet import greet\n\n\ndef test_none():\n    with pytest.raises(ValueError):\n        greet("")\n',
      },
      { 'lib/src/greet.py': greet('') },
    );
    expect(only(record)).toMatchObject({
      outcome: 'suspected-regression',
      suspects: [
        { line: 3, side: 'base', text: '    if not name:' },
        { line: 4, side: 'base', text: '        raise ValueError("no name")' },
      ],
    });
  });

  it('given that only an import executed any, names these', async () => {
    const source = (limit: string): string =>
      `LIMIT = ${limit}\n\n\ndef cap(x):\n    return min(x, LIMIT)\n`;
    const record = await after(
      { 'lib/src/greet.py': source('5 * 2'), 'lib/tests/test_greet.py': TEST_CAP },
      { 'lib/src/greet.py': source('5 + 2') },
    );
    expect(only(record)).toMatchObject({
      outcome: 'suspected-regression',
      suspects: [{ line: 1, text: 'LIMIT = 5 + 2' }],
    });
  });
});

describe('given no old source, a repaired test must notice a mistake', () => {
  const fixtures = (name: string): string =>
    `import pytest\n\n\n@pytest.fixture\ndef ${name}():\n    return "Ann"\n`;
  const tests = (check: string): string =>
    `from greet import greet\n\n\ndef test_greet(person):\n    ${check}\n`;

  it.each([
    { check: 'assert greet(person) == "Hello, Ann!"', result: 'repaired' },
    { check: 'assert greet(person) is not ...', result: 'unrepaired' },
    { check: 'assert person == "Ann"', result: 'unrepaired' },
  ])('$check: $result', async ({ check, result }) => {
    const record = await after(
      { 'lib/tests/conftest.py': fixtures('person'), 'lib/tests/test_greet.py': tests(check) },
      { 'lib/tests/conftest.py': fixtures('somebody') },
    );
    expect(record.result).toBe(result);
    if (result === 'unrepaired') expect(only(record).reason).toMatch(/no old source/);
  });
});
