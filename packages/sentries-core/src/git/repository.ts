import { join } from 'node:path';
import { simpleGit, type SimpleGit } from 'simple-git';
import { RepositoryError } from '../errors';

/** One entry of a diff by names. Paths go from the root that was asked about. */
export interface DiffEntry {
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly path: string;
  /** The path at the old side; differs from `path` for a renamed file only. */
  readonly oldPath: string;
}

/**
 * The user's repository, read only: nothing here writes a ref, the index or the work tree.
 */
export class Repository {
  private constructor(
    /** The workspace's folder; it may be a folder inside the repository. */
    readonly root: string,
    /** `root` from the top of the repository, with a slash at its end; empty at the top. */
    private readonly prefix: string,
    private readonly git: SimpleGit,
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
    const paths = folders.map((folder) => (folder === '.' ? '.' : `:(literal)${folder}`));
    // Reading must not refresh the index while the user works; git then also lists files whose times
    // changed and whose bytes did not.
    const options = [
      '-c',
      'diff.autoRefreshIndex=false',
      'diff',
      '--raw',
      '--no-abbrev',
      '-z',
      '--find-renames',
      '--relative',
      '--no-ext-diff',
      '--ignore-submodules=all',
    ];
    const range = head === null ? [base] : [base, head];
    const listed = parseRawDiff(await this.git.raw(...options, ...range, '--', ...paths));
    const same = await this.touchedOnly(listed);
    const entries = listed.filter((entry) => !same.has(entry)).map(({ entry }) => entry);
    if (head === null) {
      const list = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...paths];
      const others = (await this.git.raw(...list)).split('\0');
      // A slash at its end: another repository, which is none of ours.
      const untracked = others.filter((path) => path !== '' && !path.endsWith('/'));
      entries.push(...untracked.map((path) => ({ status: 'added' as const, path, oldPath: path })));
    }
    return entries;
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

  /** Of entries of the work tree that git did not read: those whose bytes are those of the base. */
  private async touchedOnly(entries: readonly RawEntry[]): Promise<Set<RawEntry>> {
    const unread = entries.filter((entry) => entry.unread);
    const same = new Set<RawEntry>();
    for (let at = 0; at < unread.length; at += HASHED_AT_ONCE) {
      const some = unread.slice(at, at + HASHED_AT_ONCE);
      const paths = some.map(({ entry }) => entry.path);
      // A file that cannot be read, a broken link say, is a change like another.
      const hashes = await this.git.raw('hash-object', '--', ...paths).catch(() => '');
      const lines = hashes.split('\n');
      for (const [index, one] of some.entries()) if (lines[index] === one.oldHash) same.add(one);
    }
    return same;
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

/** Keeps a command line within what every system takes. */
const HASHED_AT_ONCE = 200;

const FETCH_MORE =
  'Fetch the full history: `git fetch --unshallow`; in GitHub Actions, `fetch-depth: 0` at actions/checkout.';

/** One entry of `git diff --raw`: with what git knows of the bytes at both sides. */
interface RawEntry {
  readonly entry: DiffEntry;
  readonly oldHash: string;
  /** Git saw other times than the index has, and did not read the bytes. */
  readonly unread: boolean;
}

/**
 * Reads `git diff --raw --no-abbrev -z`: `:100644 100644 <hash> <hash> M`, a path, and for a rename or a
 * copy the new path. Exported for its spec.
 */
export function parseRawDiff(text: string): RawEntry[] {
  const fields = text.split('\0');
  const entries: RawEntry[] = [];
  for (let at = 0; at + 1 < fields.length;) {
    const [oldMode, newMode, oldHash, newHash, status] = fields[at]!.split(' ');
    const letter = status![0]!;
    const oldPath = fields[at + 1]!;
    const two = letter === 'R' || letter === 'C';
    const path = two ? fields[at + 2]! : oldPath;
    at += two ? 3 : 2;
    const kind = STATUS[letter] ?? 'modified';
    const entry = { status: kind, path, oldPath: kind === 'added' ? path : oldPath };
    const unread = letter === 'M' && oldMode === `:${newMode}` && /^0+$/.test(newHash!);
    entries.push({ entry, oldHash: oldHash!, unread });
  }
  return entries;
}

const STATUS: Record<string, DiffEntry['status']> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  R: 'renamed',
};

const escapeGlob = (path: string): string => path.replace(/[\\*?[\]]/g, '\\$&');
