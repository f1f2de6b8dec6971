import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { put } from '../git/git.fixture';
import { IsolatedCopy, sweepLeftovers, transplant } from './isolated-copy';

const newFolder = temporaryFolders();

/** A workspace, and a machine whose folder for temporary files is empty. */
function workspace(files: Readonly<Record<string, string>> = {}): string {
  const root = newFolder();
  put(root, { 'libs/money/src/money.py': 'x = 1\n', ...files });
  const temporary = newFolder();
  jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
  return root;
}

const copyOf = (root: string, ...folders: string[]): Promise<IsolatedCopy> =>
  IsolatedCopy.create(root, {
    folder: folders[0] ?? 'libs/money',
    dependencies: folders.slice(1),
    others: [],
  });

const filesOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

const textOf = async (copy: IsolatedCopy, path: string): Promise<string | undefined> =>
  (await copy.get(path))?.toString();

afterEach(() => jest.restoreAllMocks());

describe('an isolated copy', () => {
  it('of a project at the root leaves out the projects inside that it does not depend on', async () => {
    const root = workspace({
      'app.py': '',
      'libs/units/units.py': '',
      'libs/other/src/other.py': '',
      'libs/other/plugin/plugin.py': '',
    });
    const copy = await IsolatedCopy.create(root, {
      folder: '.',
      dependencies: ['libs/units', 'libs/other/plugin'],
      others: ['libs/other', 'libs/money'],
    });
    expect(filesOf(copy.root)).toEqual([
      'app.py',
      'libs/other/plugin/plugin.py',
      'libs/units/units.py',
    ]);
    await copy.remove();
  });

  it('has the project, and of the folders above it the files only', async () => {
    const root = workspace({
      'conftest.py': '',
      'libs/pytest.ini': '',
      'libs/other/other.py': '',
      'apps/app.py': '',
      'libs/money/tests/deep/test_a.py': '',
    });
    const copy = await copyOf(root);
    expect(copy.root.startsWith(os.tmpdir())).toBe(true);
    expect(filesOf(copy.root)).toEqual([
      'conftest.py',
      'libs/money/src/money.py',
      'libs/money/tests/deep/test_a.py',
      'libs/pytest.ini',
    ]);
    expect(await textOf(copy, 'libs/money/src/money.py')).toBe('x = 1\n');
  });

  it('given that the project depends on others, has them too, each once', async () => {
    const root = workspace({ 'base/b.py': '', 'libs/money/inner/i.py': '', 'apps/app.py': '' });
    const copy = await copyOf(root, 'libs/money', 'base', 'libs/money/inner');
    expect(filesOf(copy.root)).toEqual([
      'base/b.py',
      'libs/money/inner/i.py',
      'libs/money/src/money.py',
    ]);
  });

  it('given that the project is the workspace, has all of it', async () => {
    const copy = await copyOf(workspace({ 'a.py': '' }), '.');
    expect(filesOf(copy.root)).toEqual(['a.py', 'libs/money/src/money.py']);
  });

  it('leaves out caches and environments, whatever these are called', async () => {
    const root = workspace({
      '.git/HEAD': '',
      'node_modules/a/index.js': '',
      'src/__pycache__/a.cpython-312.pyc': '',
      '.venv/pyvenv.cfg': '',
      '.venv/lib/a.py': '',
      'tools/my-env/pyvenv.cfg': '',
      'tools/my-env/a.py': '',
      'tools/a.py': '',
      '.gitignore': '',
    });
    expect(filesOf((await copyOf(root, '.')).root)).toEqual([
      '.gitignore',
      'libs/money/src/money.py',
      'tools/a.py',
    ]);
  });

  it('has the last edits alone', async () => {
    const root = workspace({
      'libs/money/tests/test_a.py': 'a\n',
      'libs/money/tests/test_b.py': 'b\n',
    });
    const copy = await copyOf(root);
    const edit = (name: string, after: string) => ({
      path: `libs/money/tests/test_${name}.py`,
      before: Buffer.from(`${name}\n`),
      after: Buffer.from(after),
    });
    await copy.edit([edit('a', 'A\n'), edit('b', 'B\n')]);
    await copy.edit([edit('b', 'BB\n')]);
    expect(await textOf(copy, 'libs/money/tests/test_a.py')).toBe('a\n');
    expect(await textOf(copy, 'libs/money/tests/test_b.py')).toBe('BB\n');
  });

  it('keeps links as they are, and the times of files', async () => {
    const root = workspace();
    const time = new Date('2020-02-03T04:05:06Z');
    utimesSync(join(root, 'libs/money/src/money.py'), time, time);
    symlinkSync('src/money.py', join(root, 'libs/money/link.py'));
    symlinkSync('../gone', join(root, 'libs/money/dangling'));
    const { root: copy } = await copyOf(root);
    expect(statSync(join(copy, 'libs/money/src/money.py')).mtime).toEqual(time);
    expect(readlinkSync(join(copy, 'libs/money/link.py'))).toBe('src/money.py');
    expect(readlinkSync(join(copy, 'libs/money/dangling'))).toBe('../gone');
  });

  it('given a project that can’t be read, is an error, and nothing of it stays', async () => {
    const root = workspace();
    await expect(copyOf(root, 'libs/none')).rejects.toThrow(EnvironmentError);
    expect(readdirSync(os.tmpdir())).toEqual([]);
  });

  it('is gone once it is removed, and the workspace is not', async () => {
    const root = workspace();
    const copy = await copyOf(root);
    await copy.remove();
    expect(existsSync(copy.root)).toBe(false);
    expect(filesOf(root)).toEqual(['libs/money/src/money.py']);
  });
});

describe('a file of a copy', () => {
  it('can be read, written, made and removed, and the workspace stays as it is', async () => {
    const root = workspace();
    const copy = await copyOf(root);
    await copy.put('libs/money/src/money.py', Buffer.from('x = 2\n'));
    await copy.put('libs/money/new/deep.py', Buffer.from('y'));
    expect(await textOf(copy, 'libs/money/src/money.py')).toBe('x = 2\n');
    expect(await textOf(copy, 'libs/money/new/deep.py')).toBe('y');
    for (const path of ['libs/money/new/deep.py', 'libs/money/never.py']) {
      await copy.put(path, null);
      expect(await copy.get(path)).toBeNull();
    }
    expect(readFileSync(join(root, 'libs/money/src/money.py'), 'utf8')).toBe('x = 1\n');
    expect(filesOf(root)).toEqual(['libs/money/src/money.py']);
  });

  it('given that it is a link to the user’s own, takes the link’s place', async () => {
    const root = workspace({ 'own.py': 'mine' });
    symlinkSync(join(root, 'own.py'), join(root, 'libs/money/link.py'));
    const copy = await copyOf(root);
    await copy.put('libs/money/link.py', Buffer.from('other'));
    expect(lstatSync(join(copy.root, 'libs/money/link.py')).isFile()).toBe(true);
    expect(readFileSync(join(root, 'own.py'), 'utf8')).toBe('mine');
  });

  it.each([
    ['there', 'own.py', 'other'],
    ['new', 'deep/new.py', 'other'],
    ['to be removed', 'own.py', null],
  ])('given that it is %s behind a linked folder, is refused', async (_, name, content) => {
    const root = workspace({ 'shared/own.py': 'mine' });
    symlinkSync(join(root, 'shared'), join(root, 'libs/money/linked'));
    const copy = await copyOf(root);
    const writing = copy.put(
      `libs/money/linked/${name}`,
      content === null ? null : Buffer.from(content),
    );
    await expect(writing).rejects.toThrow(EnvironmentError);
    expect(filesOf(join(root, 'shared'))).toEqual(['own.py']);
    expect(readFileSync(join(root, 'shared/own.py'), 'utf8')).toBe('mine');
  });

  it('given a link that stays in the copy, is written', async () => {
    const root = workspace();
    symlinkSync('src', join(root, 'libs/money/linked'));
    const copy = await copyOf(root);
    await copy.put('libs/money/linked/money.py', Buffer.from('x = 3\n'));
    expect(await textOf(copy, 'libs/money/src/money.py')).toBe('x = 3\n');
  });
});

describe('byte code', () => {
  const CACHE = 'libs/money/src/__pycache__';

  async function seeded(): Promise<IsolatedCopy> {
    const root = workspace({ 'libs/money/src/money_b.py': '' });
    const store = newFolder();
    for (const name of ['money.cpython-312.pyc', 'money.cpython-312.opt-1.pyc', 'money_b.c.pyc']) {
      put(join(store, root), { [`libs/money/src/${name}`]: name });
    }
    put(join(store, root), { 'libs/money/gone/a.pyc': '', 'libs/other/a.pyc': '' });
    const copy = await copyOf(root);
    await copy.seedByteCode(store, root, ['libs/money', 'libs/never-run']);
    return copy;
  }
  const cached = (copy: IsolatedCopy): string[] => readdirSync(join(copy.root, CACHE)).sort();

  it('given a store, is put beside the sources that are there', async () => {
    const copy = await seeded();
    expect(filesOf(copy.root)).toEqual([
      `${CACHE}/money.cpython-312.opt-1.pyc`,
      `${CACHE}/money.cpython-312.pyc`,
      `${CACHE}/money_b.c.pyc`,
      'libs/money/src/money.py',
      'libs/money/src/money_b.py',
    ]);
    expect(await textOf(copy, `${CACHE}/money_b.c.pyc`)).toBe('money_b.c.pyc');
  });

  it('given that its source is written, is forgotten, and only this', async () => {
    const copy = await seeded();
    await copy.put('libs/money/src/money.py', Buffer.from('x = 2\n'));
    expect(cached(copy)).toEqual(['money_b.c.pyc']);
  });
});

describe('the sweep', () => {
  it('removes what processes left that are no more, and nothing else', async () => {
    workspace();
    const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
    const kept = [`nx-sentries-${process.pid}-copy-a`, `nx-sentries-notes`, `other-${dead}-copy-a`];
    for (const name of [...kept, `nx-sentries-${dead}-copy-a`, `nx-sentries-${dead}-facts-b`]) {
      mkdirSync(join(os.tmpdir(), name, 'inside'), { recursive: true });
    }
    await sweepLeftovers();
    expect(readdirSync(os.tmpdir()).sort()).toEqual(kept.sort());
  });
});

describe('a path put at the same place of another tree', () => {
  it.each([
    ['/w', '/copy'],
    ['/w/libs/a.py', '/copy/libs/a.py'],
    ['/workspace/a.py', '/workspace/a.py'],
    ['/usr/lib', '/usr/lib'],
  ])('given %s, is %s', (path, expected) => {
    expect(transplant(path, '/w', '/copy')).toBe(expected);
  });
});
