import { chmodSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, git, put, repositoryWith } from './git.fixture';
import { Repository } from './repository';

const newFolder = temporaryFolders();

interface Change {
  readonly what: string;
  readonly make: (folder: string) => void;
}

const CHANGES: readonly Change[] = [
  { what: 'nothing', make: () => undefined },
  { what: 'another content', make: (folder) => put(folder, { 'lib/a.py': '2' }) },
  { what: 'a new file', make: (folder) => put(folder, { 'lib/new é.py': '2' }) },
  { what: 'a file gone', make: (folder) => rmSync(join(folder, 'lib/a.py')) },
  { what: 'a new name', make: (folder) => git(folder, 'mv', 'lib/b.py', 'lib/c.py') },
  {
    what: 'a link',
    make: (folder) => {
      rmSync(join(folder, 'lib/a.py'));
      symlinkSync('b.py', join(folder, 'lib/a.py'));
      symlinkSync('nowhere', join(folder, 'lib/broken'));
    },
  },
  {
    what: 'a file that was taken out of the index',
    make: (folder) => {
      git(folder, 'rm', '--quiet', '--cached', 'lib/a.py');
      put(folder, { 'lib/a.py': 'other' });
    },
  },
  {
    what: 'some staged, some not',
    make: (folder) => {
      put(folder, { 'lib/a.py': '2' });
      git(folder, 'add', '--all');
      put(folder, { 'lib/a.py': '3', 'lib/b.py': '4' });
    },
  },
  {
    what: 'touched files',
    make: (folder) => {
      utimesSync(join(folder, 'lib/a.py'), 1, 1);
      chmodSync(join(folder, 'lib/b.py'), 0o755);
    },
  },
  {
    what: 'line ends that git does not store',
    make: (folder) => put(folder, { 'lib/text.txt': 'a\r\nb\r\n', 'lib/more.txt': 'c\r\n' }),
  },
];

const FILES = {
  'lib/a.py': '1',
  'lib/b.py': 'a longer one\nof two lines\n',
  'lib/text.txt': 'a\n',
  'lib/ignored.log': '',
  'other/a.py': '1',
  '.gitattributes': '*.txt text eol=crlf\n',
  '.gitignore': '*.log\n',
};

it.each(CHANGES)('$what: the same digest before and after it is committed', async ({ make }) => {
  const folder = newFolder();
  const base = repositoryWith(folder, FILES);
  const repository = await Repository.open(folder);
  make(folder);
  const digest = await repository.changeDigest(base, null, ['lib']);
  const head = commitAll(folder);
  expect(await repository.changeDigest(base, head, ['lib'])).toBe(digest);
  expect(await repository.changeDigest(base, null, ['lib'])).toBe(digest);
});

it.each(CHANGES.slice(1, 8))('$what: another digest than of nothing', async ({ make }) => {
  const folder = newFolder();
  const base = repositoryWith(folder, FILES);
  const repository = await Repository.open(folder);
  const nothing = await repository.changeDigest(base, base, ['lib']);
  make(folder);
  expect(await repository.changeDigest(base, null, ['lib'])).not.toBe(nothing);
});

it('what happens elsewhere does not count', async () => {
  const folder = newFolder();
  const base = repositoryWith(folder, FILES);
  const repository = await Repository.open(folder);
  const nothing = await repository.changeDigest(base, base, ['lib'], ['lib/inner']);
  put(folder, { 'other/a.py': '2', 'other/new.py': '', 'lib/x.log': '', 'lib/inner/a.py': '' });
  expect(await repository.changeDigest(base, null, ['lib'], ['lib/inner'])).toBe(nothing);
  expect(await repository.changeDigest(base, null, ['.'], ['lib/inner', 'other'])).toBe(nothing);
  expect(await repository.changeDigest(base, null, ['.'], ['lib/inner'])).not.toBe(nothing);
});

it('amid a merge the files of the work tree count, whatever is in the index', async () => {
  const folder = newFolder();
  const base = repositoryWith(folder, FILES);
  git(folder, 'checkout', '--quiet', '-b', 'topic');
  put(folder, { 'lib/a.py': '2' });
  commitAll(folder);
  git(folder, 'checkout', '--quiet', 'main');
  put(folder, { 'lib/a.py': '3' });
  const head = commitAll(folder);
  expect(() => git(folder, 'merge', 'topic')).toThrow();
  const repository = await Repository.open(folder);
  const committed = await repository.changeDigest(base, head, ['lib']);
  expect(await repository.changeDigest(base, null, ['lib'])).not.toBe(committed);
  put(folder, { 'lib/a.py': '3' });
  expect(await repository.changeDigest(base, null, ['lib'])).toBe(committed);
});
