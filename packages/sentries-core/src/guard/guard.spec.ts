import { loadSyntax } from '../python/syntax';
import { decodeSource } from '../python/text';
import { testPaths } from './allowlist';
import { guard, type EditedFile, type Policy } from './guard';

beforeAll(loadSyntax);

const POLICY: Policy = { tests: testPaths('lib', ['tests']), maxFiles: 2, maxLines: 6 };

function edit(before: string | Buffer, after: string, path = 'lib/tests/test_a.py'): EditedFile {
  return { path, before: decodeSource(Buffer.from(before as string)), after };
}

const refusal = (...files: EditedFile[]): string | undefined => {
  const answer = guard(files, POLICY);
  return 'refused' in answer ? answer.refused : undefined;
};

describe('the guard lets in', () => {
  it('an edit of a test, and says what it comes to', () => {
    const patch = guard(
      [
        edit('assert f() == 1\n', 'assert f() == 2\n', 'lib/tests/test_b.py'),
        edit('x = 1\n', 'x = 1\ny = 2\n'),
        edit('same\n', 'same\n', 'lib/tests/test_c.py'),
      ],
      POLICY,
    );
    expect(patch).toMatchObject({
      files: ['lib/tests/test_a.py', 'lib/tests/test_b.py'],
      added: 2,
      removed: 1,
    });
    if ('refused' in patch) return;
    expect(patch.edits.map(({ path }) => path)).toEqual([
      'lib/tests/test_b.py',
      'lib/tests/test_a.py',
    ]);
    expect(patch.text.toString()).toContain('-assert f() == 1\n+assert f() == 2\n');
  });

  it('an edit of a file that was not valid before', () => {
    expect(refusal(edit('def f(:\nx = 1\n', 'def f(:\nx = 2\n'))).toBeUndefined();
  });

  it('an ASCII edit of a file that is not UTF-8, and keeps its other bytes', () => {
    const before = Buffer.from('x = "\xe9"\ny = 1\n', 'latin1');
    const patch = guard([edit(before, 'x = "\xe9"\ny = 2\n')], POLICY);
    if ('refused' in patch) throw new Error(patch.refused);
    expect(patch.edits[0]!.after).toEqual(Buffer.from('x = "\xe9"\ny = 2\n', 'latin1'));
  });

  it('as many files and lines as the policy says', () => {
    const files = ['a', 'b'].map((name) =>
      edit('1\n2\n3\n', '1\n2\n3\n4\n5\n6\n', `lib/tests/test_${name}.py`),
    );
    expect(guard(files, POLICY)).toMatchObject({ added: 6, removed: 0 });
  });

  it('no edits at all', () => {
    expect(guard([], POLICY)).toMatchObject({ files: [], added: 0, removed: 0, edits: [] });
  });
});

describe('the guard refuses', () => {
  it.each([
    'lib/src/money.py',
    'other/tests/test_a.py',
    'lib/tests/a.json',
    'lib/tests/../src/a.py',
  ])('an edit of %s', (path) => {
    expect(refusal(edit('1\n', '2\n', path))).toBe(
      `${path} is not one of the project's test files`,
    );
  });

  it('an edit that is not valid Python', () => {
    expect(refusal(edit('x = 1\n', 'x = (1\n'))).toContain('is not valid Python');
  });

  it('an edit that weakens a test, and says where', () => {
    const after = 'def test_a():\n    pass\n';
    expect(refusal(edit('def test_a():\n    assert f()\n', after))).toBe(
      'lib/tests/test_a.py: the edit removes an assertion from test_a',
    );
  });

  it.each(['x = "é"', 'x = "\xe9\xe9"', 'x = "\xe8"'])(
    'a new character beyond ASCII in a file that is not UTF-8: %s',
    (after) => {
      const before = Buffer.from('x = "a"\n# \xe9', 'latin1');
      expect(refusal(edit(before, `${after}\n# \xe9`))).toContain('is not UTF-8');
    },
  );

  it('more files than the policy says', () => {
    const files = ['a', 'b', 'c'].map((name) => edit('1\n', '2\n', `lib/tests/test_${name}.py`));
    expect(refusal(...files)).toBe('the patch would change 3 files; maxFiles is 2');
  });

  it('more lines than the policy says', () => {
    expect(refusal(edit('1\n2\n3\n4\n', '5\n6\n7\n4\n8\n'))).toBe(
      'the patch would change 7 lines; maxLines is 6',
    );
  });
});

describe('of the doctests of a text, the guard refuses an edit that', () => {
  const BEFORE = 'So:\n\n>>> f()\n1\n>>> g()\n2\n';
  it.each([
    ['removes an example', 'So:\n\n>>> f()\n1\n', 'removes an example'],
    ['removes an output', 'So:\n\n>>> f()\n1\n>>> g()\n', 'removes the expected output'],
    ['adds a directive', BEFORE.replace('g()', 'g() # doctest: +SKIP'), 'adds a directive'],
  ])('%s', (_, after, says) => {
    expect(refusal(edit(BEFORE, after, 'lib/tests/usage.rst'))).toContain(says);
  });

  it('nothing else', () => {
    expect(refusal(edit(BEFORE, BEFORE.replace('2', '3'), 'lib/tests/usage.rst'))).toBeUndefined();
  });
});

describe('of a file of snapshots, the guard refuses an edit that', () => {
  const BEFORE = '# serializer version: 1\n# name: a\n  1\n# ---\n# name: b\n  2\n# ---\n';
  const AMBR = 'lib/tests/__snapshots__/test_a.ambr';
  it.each([
    ['removes one', BEFORE.replace(/# name: b[^]*/, '')],
    ['adds one', `${BEFORE}# name: c\n  1\n# ---\n`],
    ['renames one', BEFORE.replace('name: a', 'name: z')],
  ])('%s', (_, after) => {
    expect(refusal(edit(BEFORE, after, AMBR))).toContain('removes, adds or renames a snapshot');
  });

  it('nothing else', () => {
    expect(refusal(edit(BEFORE, BEFORE.replace('2', '3'), AMBR))).toBeUndefined();
  });
});
