import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { simpleGit, type SimpleGit } from 'simple-git';
import { RepositoryError } from '../errors';
import { chunks } from './chunks';
import { isUnknown, parseRawDiff, type DiffEntry, type RawEntry } from './raw-diff';
import { WorkTree } from './work-tree';

/**
 * The user's repository, read only: nothing here writes a ref, the index or the work tree.
 */
export class Repository {
  private constructor(
    /** The workspace's folder; it may be a folder inside the repository. */
    readonly root: string,
    /** `root` from the top of the repository, with a slash at its end; empty at the top. */
    readonly prefix: string,
    private readonly git: SimpleGit,
    private readonly workTree = new WorkTree(root, git),
  ) {}

  /** @throws RepositoryError where `root` is in no git repository, or where there is no git. */
  static async open(root: string): Promise<Repository> {
    const git = simpleGit(root);
    try {
      const prefix = (await git.raw('rev-parse', '--show-prefix')).replace(/\n$/, '');
      return new Repository(root, prefix, git);
    } catch (error) {
      throw new RepositoryError(
        `${root} is not in a git repository, or git is not installed`,
        'A repair draws on the change between two commits: run `git init` and commit, or install git.',
        error,
      );
    }
  }

  /**
   * The full hash of a commit.
   *
   * @throws RepositoryError for a ref that is not here.
   */
  async commit(ref: string): Promise<string> {
    const found = await this.tryCommit(ref);
    if (found) return found;
    const shallow = await this.isShallow();
    throw new RepositoryError(
      `there is no commit "${ref}" here` + (shallow ? ' (the clone is shallow)' : ''),
      shallow ? FETCH_MORE : `Fetch it (git fetch origin ${ref}), or name another base.`,
    );
  }

  /** The branch that is checked out; undefined where HEAD is detached. */
  async branch(): Promise<string | undefined> {
    const args = ['symbolic-ref', '--quiet', '--short', 'HEAD'];
    return this.git.raw(...args).then(
      (name) => name.trim() || undefined,
      () => undefined,
    );
  }

  /** When a commit was made. */
  async commitTime(commit: string): Promise<Date> {
    const args = ['show', '--no-patch', '--format=%ct', commit, '--'];
    return new Date(Number(await this.git.raw(...args)) * 1000);
  }

  /** True where all of one commit's history is in that of another. */
  async isAncestor(commit: string, of: string): Promise<boolean> {
    return (await this.git.raw('merge-base', commit, of).catch(() => '')).trim() === commit;
  }

  /**
   * The merge base of a branch, tried here and at `origin`, and another commit.
   *
   * @throws RepositoryError where there is none of the branch's names, or no common history.
   */
  async mergeBase(branch: string, other = 'HEAD'): Promise<string> {
    for (const ref of [branch, `origin/${branch}`]) {
      const commit = await this.tryCommit(ref);
      if (!commit) continue;
      const base = await this.git.raw('merge-base', other, commit).catch(() => '');
      if (base !== '') return base.trim();
      throw new RepositoryError(
        `${other} and ${ref} have no common commit here`,
        (await this.isShallow())
          ? FETCH_MORE
          : 'Set NX_BASE to the commit that the change starts from.',
      );
    }
    if (!(await this.tryCommit('HEAD'))) {
      throw new RepositoryError(
        'the repository has no commit yet',
        'Commit the working state first.',
      );
    }
    throw new RepositoryError(
      `there is no commit or branch "${branch}" here to compare with`,
      (await this.isShallow())
        ? FETCH_MORE
        : 'Set NX_BASE to the commit that the change starts from, or defaultBase in nx.json to your main branch.',
    );
  }

  /**
   * What changed below `folders` from a commit to another, or to the working tree (files that git does
   * not track included) where `head` is null.
   */
  async changes(
    base: string,
    head: string | null,
    folders: readonly string[],
  ): Promise<DiffEntry[]> {
    const listed = await this.rawDiff('--find-renames', base, head, pathspecs(folders));
    const same = await this.touchedOnly(listed);
    const entries = listed.filter((entry) => !same.has(entry)).map(({ entry }) => entry);
    if (head === null) {
      const untracked = await this.workTree.untracked(pathspecs(folders));
      entries.push(...untracked.map((path) => ({ status: 'added' as const, path, oldPath: path })));
    }
    return entries;
  }

  /**
   * A digest of what the files below `folders` that differ from a commit are at another one, or in the
   * working tree: as git would store them, whatever line ends and filters make of them there. Equal digests of one base mean
   * equal files. Files that git ignores and submodules do not count, nor does the executable bit.
   */
  async changeDigest(
    base: string,
    head: string | null,
    folders: readonly string[],
    except: readonly string[] = [],
  ): Promise<string> {
    const paths = [...pathspecs(folders), ...except.map((path) => `:(exclude,literal)${path}`)];
    const before = new Map<string, string>();
    const now = new Map<string, string>();
    const unknown: string[] = [];
    for (const one of await this.rawDiff('--no-renames', base, head, paths)) {
      const { entry, oldMode, newMode, oldHash, newHash } = one;
      if (entry.status !== 'added') before.set(entry.path, `${kindOf(oldMode)} ${oldHash}`);
      if (entry.status === 'deleted') now.set(entry.path, 'deleted');
      else if (isUnknown(newHash)) unknown.push(entry.path);
      else now.set(entry.path, `${kindOf(newMode)} ${newHash}`);
    }
    if (head === null) unknown.push(...(await this.workTree.untracked(paths)));
    for (const [path, stored] of await this.workTree.stored(unknown)) now.set(path, stored);
    const lines = [...now].filter(([path, stored]) => before.get(path) !== stored);
    const text = lines.map(([path, stored]) => `${stored} ${path}\0`).sort();
    return createHash('sha256').update(text.join('')).digest('hex');
  }

  /** Files of the working tree below `folders` in which one of the words stands. */
  async mentions(
    words: readonly string[],
    folders: readonly string[],
    pattern: string,
  ): Promise<string[]> {
    const paths = folders.map(
      (folder) => `:(glob)${folder === '.' ? '' : `${escapeGlob(folder)}/`}**/${pattern}`,
    );
    const options = ['-l', '-z', '-w', '-F', '--untracked', '--no-recurse-submodules'];
    const asked = words.flatMap((word) => ['-e', word]);
    return (await this.git.raw('grep', ...options, ...asked, '--', ...paths))
      .split('\0')
      .filter((path) => path !== '');
  }

  /** All files below a folder at a commit. */
  async files(commit: string, folder: string): Promise<string[]> {
    const below = folder === '.' ? [] : ['--', `${folder}/`];
    const listed = await this.git.raw('ls-tree', '-r', '-z', '--name-only', commit, ...below);
    return listed.split('\0').filter((path) => path !== '');
  }

  /** The bytes of a file at a commit. */
  async read(commit: string, path: string): Promise<Buffer> {
    return this.git.showBuffer(`${commit}:${this.prefix}${path}`);
  }

  /** The absolute path of a path from the root. */
  absolute(path: string): string {
    return join(this.root, ...path.split('/'));
  }

  /** The bytes of a file at a commit as git would check it out here: with its line ends, and through its filters. */
  async checkedOut(commit: string, path: string): Promise<Buffer> {
    const bytes: unknown = await this.git.binaryCatFile([
      '--filters',
      `${commit}:${this.prefix}${path}`,
    ]);
    return bytes as Buffer;
  }

  /** What files are at a commit, by path: `100644`, `100755` for executables, `120000` for links. */
  async modes(commit: string, paths: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const some of chunks(paths)) {
      const list = await this.git.raw('ls-tree', '-z', commit, '--', ...some);
      for (const entry of list.split('\0').filter((text) => text !== ''))
        found.set(entry.slice(entry.indexOf('\t') + 1), entry.split(' ')[0]!);
    }
    return found;
  }

  /** Of some files, those that Git LFS keeps: git has only pointers to them. */
  async inLargeStorage(paths: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const some of chunks(paths)) {
      const fields = (await this.git.raw('check-attr', '-z', 'filter', '--', ...some)).split('\0');
      for (let at = 0; at + 2 < fields.length; at += 3)
        if (fields[at + 2] === 'lfs') found.add(fields[at]!);
    }
    return found;
  }

  private async rawDiff(
    renames: '--find-renames' | '--no-renames',
    base: string,
    head: string | null,
    paths: readonly string[],
  ): Promise<RawEntry[]> {
    // Reading must not refresh the index while the user works; git then also lists files whose times
    // changed and whose bytes did not.
    const options = ['-c', 'diff.autoRefreshIndex=false', 'diff', '--raw', '--no-abbrev', '-z'];
    options.push(renames, '--relative', '--no-ext-diff', '--ignore-submodules=all');
    const range = head === null ? [base] : [base, head];
    return parseRawDiff(await this.git.raw(...options, ...range, '--', ...paths));
  }

  /** Of entries of the work tree that git did not read: those whose bytes are those of the base. */
  private async touchedOnly(entries: readonly RawEntry[]): Promise<Set<RawEntry>> {
    const unread = entries.filter((entry) => entry.unread);
    // A file that cannot be read, a broken link say, is a change like another.
    const hashes = await this.workTree.hashes(unread.map(({ entry }) => entry.path));
    return new Set(unread.filter(({ entry, oldHash }) => hashes.get(entry.path) === oldHash));
  }

  private async tryCommit(ref: string): Promise<string | undefined> {
    // `--end-of-options` keeps a ref that begins with a dash from being read as an option.
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    return this.git.raw(...args).then(
      (hash) => hash.trim() || undefined,
      () => undefined,
    );
  }

  private async isShallow(): Promise<boolean> {
    return (await this.git.raw('rev-parse', '--is-shallow-repository')).trim() === 'true';
  }
}

const FETCH_MORE =
  'Fetch the full history: `git fetch --unshallow`; in GitHub Actions, `fetch-depth: 0` at actions/checkout.';

/** A submodule is none of the files. */
const kindOf = (mode: string): string => (mode === '120000' ? 'link' : 'file');

const pathspecs = (folders: readonly string[]): string[] =>
  folders.map((folder) => (folder === '.' ? '.' : `:(literal)${folder}`));

const escapeGlob = (path: string): string => path.replace(/[\\*?[\]]/g, '\\$&');
