import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, put, repositoryWith } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { loadSyntax } from '../python/syntax';
import { filesAtBase, type ChangeSet } from './change-set';
import { readChangeSet } from './read-change-set';

const newFolder = temporaryFolders();

beforeAll(loadSyntax);

const isSource = (path: string): boolean => !path.includes('tests/');

const SCOPE = { folder: 'lib', dependencies: [], others: [] };

const told = (change: ChangeSet): unknown[] =>
  change.files
    .map(({ path, old, new: now }) => [path, old?.text ?? null, now?.text ?? null])
    .toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1));

async function changed(
  before: Record<string, string | Uint8Array>,
  edit: (folder: string) => void,
): Promise<{ folder: string; base: string; repository: Repository; change: ChangeSet }> {
  const folder = newFolder();
  const base = repositoryWith(folder, before);
  edit(folder);
  const repository = await Repository.open(folder);
  const change = await readChangeSet(repository, base, null, SCOPE, isSource);
  return { folder, base, repository, change };
}

describe('a change set', () => {
  it('has the texts of Python files on both sides, and the names of all others', async () => {
    const { change } = await changed(
      { 'lib/m.py': 'a', 'lib/d.py': 'b', 'lib/x.json': '1' },
      (folder) => {
        put(folder, { 'lib/m.py': 'A', 'lib/new.py': 'c', 'lib/x.json': '2' });
        rmSync(join(folder, 'lib/d.py'));
      },
    );
    expect(told(change)).toEqual([
      ['lib/d.py', 'b', null],
      ['lib/m.py', 'a', 'A'],
      ['lib/new.py', null, 'c'],
      ['lib/x.json', null, null],
    ]);
  });

  it('leaves out tests and what lies elsewhere', async () => {
    const { change } = await changed({}, (folder) => {
      put(folder, { 'lib/a.py': '1', 'lib/tests/test_a.py': '1', 'other/b.py': '1' });
    });
    expect(change.files.map(({ path }) => path)).toEqual(['lib/a.py']);
  });

  it('knows a renamed file’s text on both sides', async () => {
    const text = 'def f():\n    return 1\n\n\ndef g():\n    return 2\n';
    const { change, repository, base } = await changed({ 'lib/old.py': text }, (folder) => {
      renameSync(join(folder, 'lib/old.py'), join(folder, 'lib/new.py'));
      commitAll(folder);
    });
    expect(told(change)).toEqual([['lib/new.py', text, text]]);
    expect(change.files[0]).toMatchObject({ status: 'renamed', oldPath: 'lib/old.py' });
    const source = await filesAtBase(repository, base, change.files);
    expect([...source]).toEqual([
      ['lib/new.py', null],
      ['lib/old.py', Buffer.from(text)],
    ]);
  });

  it('ends at a commit where one is named, whatever the work tree has', async () => {
    const folder = newFolder();
    const base = repositoryWith(folder, { 'lib/a.py': '1' });
    put(folder, { 'lib/a.py': '2' });
    const head = commitAll(folder);
    put(folder, { 'lib/a.py': '3', 'lib/b.py': '1' });
    const repository = await Repository.open(folder);
    const change = await readChangeSet(repository, base, head, SCOPE, isSource);
    expect(told(change)).toEqual([['lib/a.py', '1', '2']]);
  });

  it('says what the lines mean', async () => {
    const old = 'DIGITS = 2\ndef convert(amount, rate):\n    return round(amount * rate)\n';
    const now = 'DIGITS = 4\ndef exchange(amount, rate):\n    return round(amount * rate)\n';
    const { change } = await changed({ 'lib/a.py': old }, (folder) =>
      put(folder, { 'lib/a.py': now }),
    );
    expect(change.renames).toMatchObject([{ oldName: 'convert', newName: 'exchange' }]);
    expect(change.literals).toMatchObject([{ old: '2', new: '4' }]);
  });

  it('reads a file that is not UTF-8', async () => {
    const latin = (text: string) => Buffer.from(text, 'latin1');
    const { change } = await changed({ 'lib/a.py': latin('x = "é"\n') }, (folder) =>
      put(folder, { 'lib/a.py': latin('x = "è"\n') }),
    );
    expect(change.literals).toMatchObject([{ old: 'é', new: 'è' }]);
  });

  it('has no text for a link that leads nowhere', async () => {
    const { change } = await changed({}, (folder) => {
      put(folder, { 'lib/a.py': '1' });
      symlinkSync('gone.py', join(folder, 'lib/link.py'));
    });
    expect(told(change)).toEqual([
      ['lib/a.py', null, '1'],
      ['lib/link.py', null, null],
    ]);
  });
});

it('the source at the base has every file as it was, byte for byte', async () => {
  const bytes = Buffer.from([0xff, 0x0d, 0x0a]);
  const { repository, base, change } = await changed(
    { 'lib/m.py': bytes, 'lib/d.json': '{}', 'lib/same.py': '1' },
    (folder) => {
      put(folder, { 'lib/m.py': '2', 'lib/new.py': '1' });
      rmSync(join(folder, 'lib/d.json'));
    },
  );
  const source = await filesAtBase(repository, base, change.files);
  expect(Object.fromEntries(source)).toEqual({
    'lib/m.py': bytes,
    'lib/d.json': Buffer.from('{}'),
    'lib/new.py': null,
  });
});
