import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Who wrote a commit. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

export const PERSON: Author = { name: 'Pat Person', email: 'pat@example.org' };

/**
 * A real bare repository to push to, with real hooks; for demo and tests.
 *
 * `BareRepository.create(folder)`; `.fileUrl` is its address as a remote; {@link GitHttpServer} gives it one over HTTP. What a
 * person does at another desk is {@link commit} and {@link merge}; what a server's owner sets up are {@link refuseAll},
 * {@link protect}, {@link slow}, {@link hold} and {@link dieAfterUpdate}.
 */
export class BareRepository {
  /** The scripts of each hook, by what they are for. */
  readonly #rules = new Map<string, { readonly hook: Hook; readonly script: string }>();

  private constructor(readonly path: string) {}

  /** @param from A repository whose branches it gets. */
  static create(path: string, from?: string, defaultBranch = 'main'): BareRepository {
    mkdirSync(path, { recursive: true });
    const repository = new BareRepository(path);
    repository.git('init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`);
    if (from !== undefined) repository.git('fetch', '--quiet', from, '+refs/heads/*:refs/heads/*');
    return repository;
  }

  get fileUrl(): string {
    return pathToFileURL(this.path).href;
  }

  /** @throws Error with what git said. */
  git(...args: string[]): string {
    return this.#run(args);
  }

  /** Branch → commit, sorted by name. */
  heads(): Map<string, string> {
    const lines = this.git(
      'for-each-ref',
      '--format=%(refname:lstrip=2) %(objectname)',
      'refs/heads',
    );
    return new Map(
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ') as [string, string]),
    );
  }

  has(commit: string): boolean {
    const { status } = spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], {
      cwd: this.path,
    });
    return status === 0;
  }

  /** Is the one an ancestor of the other (or the same)? */
  contains(descendant: string, ancestor: string): boolean {
    const { status } = spawnSync('git', ['merge-base', '--is-ancestor', ancestor, descendant], {
      cwd: this.path,
    });
    return status === 0;
  }

  /** A person's commit on top of a branch, which is made where it isn't there; `null` removes a file. */
  commit(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    message = 'By hand',
    { author = PERSON, from = branch }: { author?: Author; from?: string } = {},
  ): string {
    const index = { GIT_INDEX_FILE: join(tmpdir(), `sentries-index-${process.pid}-${++indexes}`) };
    try {
      this.#run(['read-tree', from], index);
      for (const [path, content] of Object.entries(files)) {
        if (content === null) {
          this.#run(['update-index', '--force-remove', path], index);
        } else {
          const blob = this.#run(['hash-object', '-w', '--stdin'], {}, content);
          this.#run(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], index);
        }
      }
      return this.#commitTree(branch, this.#run(['write-tree'], index), [from], message, author);
    } finally {
      rmSync(index.GIT_INDEX_FILE, { force: true });
    }
  }

  /**
   * Merges one branch into another, as the button of a forge does.
   *
   * @param how A merge commit, or one commit that has no second parent.
   * @throws Error where they conflict.
   */
  merge(base: string, head: string, how: 'merge' | 'squash' = 'merge', author = PERSON): string {
    const tree = this.git('merge-tree', '--write-tree', base, head);
    const parents = how === 'merge' ? [base, head] : [base];
    return this.#commitTree(base, tree, parents, `Merge ${head}`, author);
  }

  /** Every push is refused with this text. */
  refuseAll(message = 'This repository takes no pushes today.'): void {
    this.#rule('refuse', 'pre-receive', `echo ${quoted(message)} >&2\nexit 1`);
  }

  /** Pushes to the branch are refused, in the words of GitHub; others of the same push are not. */
  protect(branch: string): void {
    const ref = `refs/heads/${branch}`;
    this.#rule(
      `protect ${branch}`,
      'update',
      `if [ "$1" = ${quoted(ref)} ]; then\n` +
        `  echo ${quoted(`error: GH006: Protected branch update failed for ${ref}.`)} >&2\n  exit 1\nfi`,
    );
  }

  /** Every push takes so long before anything is done. */
  slow(seconds: number): void {
    this.#rule('slow', 'pre-receive', `sleep ${seconds}`);
  }

  /** Pushes wait before anything is done, until they are let go. `waiting` says whether one does. */
  hold(): { readonly waiting: () => boolean; readonly release: () => void } {
    const [gate, arrived] = [join(this.path, 'held'), join(this.path, 'arrived')];
    rmSync(arrived, { force: true });
    writeFileSync(gate, '');
    this.#rule(
      'hold',
      'pre-receive',
      `touch ${quoted(arrived)}\nwhile [ -e ${quoted(gate)} ]; do sleep 0.02; done`,
    );
    return { waiting: () => existsSync(arrived), release: () => rmSync(gate, { force: true }) };
  }

  /** The server dies when the refs are updated, before it can say so; `times` such pushes. */
  dieAfterUpdate(times = 1): void {
    const left = join(this.path, 'deaths');
    writeFileSync(left, 'x'.repeat(times));
    // Its parent is the server's receive-pack; what git made of the exit code alone would be a warning.
    this.#rule(
      'die',
      'post-receive',
      `left=$(cat ${quoted(left)})\nif [ -n "$left" ]; then\n` +
        `  printf %s "\${left#x}" > ${quoted(left)}\n  kill -9 $PPID\nfi`,
    );
  }

  /** Takes all hooks away. */
  welcome(): void {
    for (const { hook } of this.#rules.values())
      rmSync(join(this.path, 'hooks', hook), { force: true });
    this.#rules.clear();
  }

  #rule(name: string, hook: Hook, script: string): void {
    this.#rules.set(name, { hook, script });
    const scripts = [...this.#rules.values()].filter((rule) => rule.hook === hook);
    const file = join(this.path, 'hooks', hook);
    mkdirSync(join(this.path, 'hooks'), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${scripts.map((rule) => rule.script).join('\n')}\nexit 0\n`);
    chmodSync(file, 0o755);
  }

  #commitTree(
    branch: string,
    tree: string,
    parents: readonly string[],
    message: string,
    { name, email }: Author,
  ): string {
    const identity = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    };
    const commit = this.#run(
      ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', message],
      identity,
    );
    this.git('update-ref', `refs/heads/${branch}`, commit);
    return commit;
  }

  #run(args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): string {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd: this.path,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...env },
      ...(input === undefined ? {} : { input }),
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout.trim();
  }
}

type Hook = 'pre-receive' | 'update' | 'post-receive';

let indexes = 0;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
