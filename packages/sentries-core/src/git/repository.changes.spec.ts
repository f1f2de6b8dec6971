import fc from 'fast-check';
import { chmodSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, git, put, repositoryWith } from './git.fixture';
import { parseRawDiff, type DiffEntry } from './raw-diff';
import { Repository } from './repository';

const newFolder = temporaryFolders();

const byPath = (entries: DiffEntry[]): DiffEntry[] =>
  entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));

describe('the changes', () => {
  it('between two commits tell what was added, modified, deleted and renamed', async () => {
    const folder = newFolder();
    const long = 'a line\nand another one\nand a third\n';
    const base = repositoryWith(folder, { 'lib/m': '1', 'lib/d': '2', 'lib/old': long, 'x/y': '' });
    put(folder, { 'lib/m': '3', 'lib/a': '4', 'lib/new': `${long}more\n`, 'x/y': 'not asked for' });
    rmSync(join(folder, 'lib/d'));
    rmSync(join(folder, 'lib/old'));
    const head = commitAll(folder);
    const repository = await Repository.open(folder);
    expect(byPath(await repository.changes(base, head, ['lib']))).toEqual([
      { status: 'added', path: 'lib/a', oldPath: 'lib/a' },
      { status: 'deleted', path: 'lib/d', oldPath: 'lib/d' },
      { status: 'modified', path: 'lib/m', oldPath: 'lib/m' },
      { status: 'renamed', path: 'lib/new', oldPath: 'lib/old' },
    ]);
  });

  it('up to the working tree take in what is staged, unstaged and untracked, not what is ignored', async () => {
    const folder = newFolder();
    const base = repositoryWith(folder, { a: '1', b: '1', '.gitignore': '*.log\n' });
    put(folder, { a: '2' });
    git(folder, 'add', 'a');
    put(folder, { b: '2', c: '1', 'd/e.log': '1', 'd/f': '1' });
    const repository = await Repository.open(folder);
    const entries = byPath(await repository.changes(base, null, ['.']));
    expect(entries.map(({ status, path }) => `${status} ${path}`)).toEqual([
      'modified a',
      'modified b',
      'added c',
      'added d/f',
    ]);
  });

  const NAMES = ['with space', 'é.py', 'new\nline', 'tab\tbed', 'quo"te', '*.py', ':(top)x', '-n'];

  it.each(NAMES)('name a file as it is called: %j', async (name) => {
    const folder = newFolder();
    const base = repositoryWith(folder, { [name]: '1' });
    put(folder, { [name]: '2', [`new ${name}`]: '1' });
    const repository = await Repository.open(folder);
    const paths = (await repository.changes(base, null, ['.'])).map(({ path }) => path);
    expect(paths.sort()).toEqual([name, `new ${name}`].sort());
    expect((await repository.read(base, name)).toString()).toBe('1');
  });

  it.each(['with space', 'é', '[a]*', ':(top)x'])(
    'are cut to a folder of any name: %j',
    async (name) => {
      const folder = newFolder();
      const base = repositoryWith(folder, { [`${name}/f`]: '1', 'a/f': '1' });
      put(folder, { [`${name}/f`]: '2', 'a/f': '2', [`${name}/g`]: '1', 'a/g': '1' });
      const repository = await Repository.open(folder);
      const paths = (await repository.changes(base, null, [name])).map(({ path }) => path);
      expect(paths.sort()).toEqual([`${name}/f`, `${name}/g`]);
    },
  );

  it('are named from a workspace that is a folder inside the repository', async () => {
    const folder = newFolder();
    const base = repositoryWith(folder, { 'work/lib/a': '1', 'lib/a': 'other' });
    put(folder, { 'work/lib/a': '2', 'work/lib/b': '1', 'lib/a': '2', 'lib/b': '1' });
    const workspace = join(folder, 'work');
    const repository = await Repository.open(workspace);
    for (const folders of [['lib'], ['.']]) {
      const entries = await repository.changes(base, null, folders);
      expect(entries.map(({ path }) => path)).toEqual(['lib/a', 'lib/b']);
    }
    expect((await repository.read(base, 'lib/a')).toString()).toBe('1');
    expect(repository.absolute('lib/a')).toBe(join(workspace, 'lib', 'a'));
  });

  it('leave out other repositories inside of this one', async () => {
    const folder = newFolder();
    const base = repositoryWith(folder, { a: '1' });
    const inner = join(folder, 'lib/inner');
    mkdirSync(inner, { recursive: true });
    repositoryWith(inner, { 'a.py': '1' });
    const repository = await Repository.open(folder);
    expect(await repository.changes(base, null, ['lib'])).toEqual([]);
    const withModule = commitAll(folder);
    put(inner, { 'a.py': '2' });
    expect(await repository.changes(withModule, null, ['lib'])).toEqual([]);
    commitAll(inner);
    expect(await repository.changes(withModule, null, ['lib'])).toEqual([]);
    expect(await repository.changes(withModule, commitAll(folder), ['lib'])).toEqual([]);
  });

  it('are read without a trace in the index, where times changed and bytes did not', async () => {
    const folder = newFolder();
    const base = repositoryWith(folder, { a: '1', b: '1' });
    const before = git(folder, 'ls-files', '--stage', '--debug');
    utimesSync(join(folder, 'a'), 1, 1);
    utimesSync(join(folder, 'b'), 1, 1);
    put(folder, { b: '2' });
    chmodSync(join(folder, 'b'), 0o755);
    const repository = await Repository.open(folder);
    expect((await repository.changes(base, null, ['.'])).map(({ path }) => path)).toEqual(['b']);
    expect(git(folder, 'ls-files', '--stage', '--debug')).toBe(before);
  });

  it.each([
    ['core.quotePath', 'true'],
    ['diff.renames', 'false'],
    ['diff.noprefix', 'true'],
    ['color.ui', 'always'],
    ['diff.external', 'false'],
  ])('are the same with the user’s %s = %s', async (key, value) => {
    const folder = newFolder();
    const base = repositoryWith(folder, { 'é old': 'a\nb\nc\n' });
    git(folder, 'config', key, value);
    git(folder, 'mv', 'é old', 'é new');
    const repository = await Repository.open(folder);
    expect(await repository.changes(base, null, ['.'])).toEqual([
      { status: 'renamed', path: 'é new', oldPath: 'é old' },
    ]);
  });
});

it('git’s list of names is read back, whatever the names are', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'));
  const entry = fc.oneof(
    fc.record({ letter: fc.constantFrom('A', 'M', 'D', 'T'), names: fc.tuple(name) }),
    fc.record({ letter: fc.constantFrom('R100', 'R062', 'C080'), names: fc.tuple(name, name) }),
  );
  const status = {
    A: 'added',
    C: 'added',
    D: 'deleted',
    R: 'renamed',
    M: 'modified',
    T: 'modified',
  };
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      const text = entries
        .map(({ letter, names }) => [`:100644 100755 a1 b2 ${letter}`, ...names, ''].join('\0'))
        .join('');
      expect(parseRawDiff(text).map(({ entry }) => entry)).toEqual(
        entries.map(({ letter, names }) => ({
          status: status[letter[0] as keyof typeof status],
          path: names.at(-1),
          oldPath: letter.startsWith('C') ? names.at(-1) : names[0],
        })),
      );
    }),
  );
});
