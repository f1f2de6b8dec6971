import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { git, put } from '../git/git.fixture';
import { content, NAMES } from './patch.fixture';
import { blobId, readPatch, unifiedDiff, type FileEdit } from './unified-diff';

const newFolder = temporaryFolders();

const edit = (path: string, before: string, after: string): FileEdit => ({
  path,
  before: Buffer.from(before),
  after: Buffer.from(after),
});

describe('a patch', () => {
  it('reads like git’s own', () => {
    const { text } = unifiedDiff([edit('tests/test_a.py', 'a\nb\nc\n', 'a\nB\nc\n')]);
    expect(text.toString()).toBe(
      [
        'diff --git a/tests/test_a.py b/tests/test_a.py',
        `index ${blobId(Buffer.from('a\nb\nc\n'))}..${blobId(Buffer.from('a\nB\nc\n'))} 100644`,
        '--- a/tests/test_a.py',
        '+++ b/tests/test_a.py',
        '@@ -1,3 +1,3 @@',
        ' a',
        '-b',
        '+B',
        ' c',
        '',
      ].join('\n'),
    );
  });

  it('leaves out edits that change nothing', () => {
    const { text, size } = unifiedDiff([edit('a', 'x', 'x')]);
    expect([text.length, size]).toEqual([0, { files: 0, added: 0, removed: 0 }]);
  });

  it('counts files and lines, also lines that look like headers', () => {
    const before = '-- x\n++ y\nsame\n';
    const edits = [edit('a', before, '-- z\nsame\n'), edit('b', '', 'one\ntwo'), edit('c', '', '')];
    expect(unifiedDiff(edits).size).toEqual({ files: 2, added: 3, removed: 2 });
  });

  it('is the same whatever the order of the edits', () => {
    const edits = [edit('b', '1', '2'), edit('a', '1', '2')];
    expect(unifiedDiff(edits).text).toEqual(unifiedDiff(edits.toReversed()).text);
  });

  it('is read back: paths, contents and hunks', () => {
    const edits = NAMES.map((name) => edit(name, 'a\nb\n', `a\n${name}`));
    const sections = readPatch(unifiedDiff(edits).text);
    expect(sections?.map(({ path }) => path)).toEqual([...NAMES].sort());
    for (const { path, before, after } of sections!) {
      const { before: old, after: now } = edits.find((one) => one.path === path)!;
      expect([before, after]).toEqual([blobId(old), blobId(now)]);
    }
  });

  it.each([
    ['prose', 'hello\n'],
    ['a plain diff without git’s headers', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'],
    [
      'git’s short hashes',
      'diff --git a/x b/x\nindex 78981922..61780798 100644\n--- a/x\n+++ b/x\n',
    ],
    [
      'a broken hunk',
      `diff --git a/x b/x\nindex ${'0'.repeat(40)}..${'1'.repeat(40)} 100644\n--- a/x\n+++ b/x\n@@ -1,9 +1 @@\n-a\n`,
    ],
    [
      'a new file',
      'diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n',
    ],
  ])('is told from %s', (_, text) => {
    expect(readPatch(Buffer.from(text))).toBeUndefined();
  });

  it('of nothing has no sections', () => {
    expect(readPatch(Buffer.from(''))).toEqual([]);
  });

  it('is not split inside of a line, whatever stands there', () => {
    const line = 'x\rdiff --git a/y b/y\u2028diff --git a/z b/z\n';
    const sections = readPatch(unifiedDiff([edit('a', line, `${line}${line}`)]).text);
    expect(sections?.map(({ path }) => path)).toEqual(['a']);
  });

  it('names a content as git does', () => {
    const folder = newFolder();
    put(folder, { a: 'é\r\n' });
    expect(blobId(Buffer.from('é\r\n'))).toBe(git(folder, 'hash-object', '--no-filters', 'a'));
  });
});

describe('git apply', () => {
  it('makes of random files exactly what was meant', () => {
    const folder = newFolder();
    git(folder, 'init', '--quiet');
    const files = fc.sample(
      fc.record({ before: content, after: content }).filter((f) => !f.before.equals(f.after)),
      { numRuns: 300, seed: 3 },
    );
    const edits = files.map((file, at) => ({ ...file, path: `tests/file ${at}.py` }));
    put(folder, Object.fromEntries(edits.map(({ path, before }) => [path, before])));
    writeFileSync(join(folder, 'changes.patch'), unifiedDiff(edits).text);
    git(folder, 'apply', '--whitespace=nowarn', 'changes.patch');
    for (const { path, after } of edits) expect(readFileSync(join(folder, path))).toEqual(after);
  });

  it.each(NAMES)('finds a file that is called %j', (path) => {
    const folder = newFolder();
    git(folder, 'init', '--quiet');
    put(folder, { [path]: 'a\nb\n' });
    writeFileSync(
      join(folder, 'changes.patch'),
      unifiedDiff([edit(path, 'a\nb\n', 'a\nc\n')]).text,
    );
    git(folder, 'apply', 'changes.patch');
    expect(readFileSync(join(folder, path), 'utf8')).toBe('a\nc\n');
  });
});
