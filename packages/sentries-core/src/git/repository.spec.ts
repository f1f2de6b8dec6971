import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RepositoryError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, git, put, repositoryWith } from './git.fixture';
import { Repository } from './repository';

const newFolder = temporaryFolders();

/** A clone with the last commit only. */
function shallowClone(of: string): string {
  const folder = join(newFolder(), 'clone');
  git(of, 'clone', '--quiet', '--depth', '1', pathToFileURL(of).href, folder);
  return folder;
}

describe('opening', () => {
  it('a folder outside of any repository is refused', async () => {
    const opening = Repository.open(newFolder());
    await expect(opening).rejects.toThrow(RepositoryError);
    await expect(opening).rejects.toThrow('is not in a git repository');
  });

  it('a folder inside a repository is fine', async () => {
    const folder = newFolder();
    repositoryWith(folder, { 'work/a.py': '1' });
    expect((await Repository.open(join(folder, 'work'))).root).toBe(join(folder, 'work'));
  });
});

describe('a commit', () => {
  it.each(['HEAD', 'main', 'v1', 'refs/heads/main'])('is found by %s', async (ref) => {
    const folder = newFolder();
    const hash = repositoryWith(folder, { a: '1' });
    git(folder, 'tag', '--annotate', '--message', 'one', 'v1');
    const repository = await Repository.open(folder);
    expect(await repository.commit(ref)).toBe(hash);
    expect(await repository.commit(hash)).toBe(hash);
    expect(await repository.commit(hash.slice(0, 10))).toBe(hash);
  });

  it.each(['nowhere', '', '--all', '-h', 'HEAD:a', 'HEAD~9', 'a b', '0'.repeat(40)])(
    'is not found by %j, and the hint says what to do',
    async (ref) => {
      const folder = newFolder();
      repositoryWith(folder, { a: '1' });
      const repository = await Repository.open(folder);
      const error: unknown = await repository.commit(ref).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RepositoryError);
      expect((error as RepositoryError).message).toBe(`there is no commit "${ref}" here`);
      expect((error as RepositoryError).hint).toContain('git fetch origin');
    },
  );

  it('that a shallow clone lacks is asked for with the full history', async () => {
    const folder = newFolder();
    const first = repositoryWith(folder, { a: '1' });
    commitAll(folder);
    const repository = await Repository.open(shallowClone(folder));
    await expect(repository.commit(first)).rejects.toMatchObject({
      message: expect.stringContaining('(the clone is shallow)') as string,
      hint: expect.stringContaining('fetch-depth: 0') as string,
    });
  });
});

describe('the merge base', () => {
  it('is where the checked-out commit left the branch', async () => {
    const folder = newFolder();
    const fork = repositoryWith(folder, { a: '1' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    put(folder, { b: '1' });
    commitAll(folder);
    git(folder, 'checkout', '--quiet', 'main');
    put(folder, { c: '1' });
    commitAll(folder);
    git(folder, 'checkout', '--quiet', 'topic');
    expect(await (await Repository.open(folder)).mergeBase('main')).toBe(fork);
  });

  it('with the branch at origin is taken where there is no such branch here', async () => {
    const folder = newFolder();
    const hash = repositoryWith(folder, { a: '1' });
    const clone = join(newFolder(), 'clone');
    git(folder, 'clone', '--quiet', folder, clone);
    git(clone, 'checkout', '--quiet', '-b', 'topic');
    git(clone, 'branch', '--quiet', '-D', 'main');
    expect(await (await Repository.open(clone)).mergeBase('main')).toBe(hash);
  });

  it('may be named by a commit', async () => {
    const folder = newFolder();
    const first = repositoryWith(folder, { a: '1' });
    commitAll(folder);
    expect(await (await Repository.open(folder)).mergeBase(first)).toBe(first);
  });

  it.each<[string, (folder: string) => void, string, string]>([
    [
      'there is no such branch',
      () => undefined,
      'there is no commit or branch "trunk"',
      'defaultBase',
    ],
    [
      'the branch has a history of its own',
      (folder) => {
        git(folder, 'checkout', '--quiet', '--orphan', 'trunk');
        put(folder, { b: '1' });
        commitAll(folder);
        git(folder, 'checkout', '--quiet', 'main');
      },
      'HEAD and trunk have no common commit',
      'NX_BASE',
    ],
    [
      'nothing is committed yet',
      (folder) => {
        rmSync(join(folder, '.git'), { recursive: true });
        git(folder, 'init', '--quiet', '--initial-branch=main');
      },
      'has no commit yet',
      'Commit the working state first',
    ],
  ])('is missing where %s', async (_, prepare, message, hint) => {
    const folder = newFolder();
    repositoryWith(folder, { a: '1' });
    prepare(folder);
    const repository = await Repository.open(folder);
    await expect(repository.mergeBase('trunk')).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    });
  });

  it('that a shallow clone lacks is asked for with the full history', async () => {
    const folder = newFolder();
    repositoryWith(folder, { a: '1' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    put(folder, { b: '1' });
    commitAll(folder);
    const clone = shallowClone(folder);
    const repository = await Repository.open(clone);
    const hint = expect.stringContaining('git fetch --unshallow') as string;
    await expect(repository.mergeBase('main')).rejects.toMatchObject({ hint });
    git(clone, 'fetch', '--quiet', '--depth', '1', 'origin', 'main:main');
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'more');
    git(clone, 'fetch', '--quiet', '--depth', '1', 'origin', 'topic');
    git(clone, 'checkout', '--quiet', 'FETCH_HEAD');
    await expect(repository.mergeBase('main')).rejects.toMatchObject({ hint });
  });
});

it('the bytes of a file at a commit are given as they are', async () => {
  const folder = newFolder();
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xc3, 0x0a]);
  const hash = repositoryWith(folder, {
    'a é': bytes,
    '.gitattributes': '* text eol=crlf\n*é -text',
  });
  expect(await (await Repository.open(folder)).read(hash, 'a é')).toEqual(bytes);
});
