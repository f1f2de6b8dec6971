import { randomUUID } from 'node:crypto';
import { callGit, type Answer } from '../git/git-call';
import type { Repository } from '../git/repository';
import { Credentials } from './credentials';
import { isOwnName } from './identity';
import { problemOf, RemoteError } from './remote-error';

export interface RemoteOptions {
  /** `origin` where it is left out. */
  readonly name?: string;
  /** Goes to git for the host that it is for alone, and only where the repository brings no header of its own. */
  readonly token?: string;
  /** The host of the token, with its port where it has one; `github.com` where it is left out. */
  readonly host?: string;
  /** Milliseconds without a sign of life after which a remote is given up; two minutes. */
  readonly silence?: number;
}

/**
 * The remote that branches are published to. Writes nothing but branches of ours, and nothing at all to the
 * user's refs: not even those that remember where a remote's branches are.
 */
export class Remote {
  private constructor(
    private readonly repository: Repository,
    /** Without user and password. */
    readonly url: string,
    private readonly credentials: Credentials,
    private readonly alias: string,
    private readonly variables: Readonly<Record<string, string>>,
    private readonly silence: number,
  ) {}

  /** @throws RemoteError where there is no remote of that name. Whether it answers is seen later. */
  static async open(
    repository: Repository,
    { name = 'origin', token, host = 'github.com', silence = 120_000 }: RemoteOptions = {},
  ): Promise<Remote> {
    const asked = ['remote', 'get-url', '--push', '--all', name];
    const { code, out } = await callGit(repository.root, asked);
    const url = out.split('\n')[0]!;
    if (code !== 0 || url === '')
      throw new RemoteError(
        'unreachable',
        `there is no remote "${name}"`,
        'Add it (git remote add), or name another one.',
      );
    const credentials = new Credentials(url, token, host);
    // Under a name of its own it has no branches that git would keep an account of.
    const alias = `sentries-${randomUUID()}`;
    const config: [string, string][] = [[`remote.${alias}.url`, credentials.address]];
    for (const [key, value] of await settingsOf(repository, name))
      config.push([`remote.${alias}.${key}`, value]);
    config.push(...(await credentials.config(repository)));
    const variables = configVariables(config);
    return new Remote(repository, credentials.shown, credentials, alias, variables, silence);
  }

  /** The commit of a branch; undefined where there is no such branch. */
  async tip(branch: string): Promise<string | undefined> {
    return (await this.list([branch])).get(branch);
  }

  /** The branches whose names begin with one of the prefixes, and their commits. */
  async branches(prefixes: readonly string[]): Promise<Map<string, string>> {
    const all = await this.list(prefixes.map((prefix) => `${prefix}*`));
    return new Map([...all].filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))));
  }

  /** Brings commits here, with all that belongs to them: as objects, to which no ref leads. */
  async fetch(commits: readonly string[]): Promise<void> {
    const missing: string[] = [];
    for (const commit of commits) {
      const { code } = await callGit(this.repository.root, [
        'cat-file',
        '-e',
        `${commit}^{commit}`,
      ]);
      if (code !== 0) missing.push(commit);
    }
    if (missing.length === 0) return;
    const options = ['--no-write-fetch-head', '--no-tags', '--progress'];
    options.push('--no-recurse-submodules', '--no-prune');
    await this.call(['fetch', ...options, this.alias, ...missing]);
  }

  /**
   * Makes a branch of ours lead to a commit.
   *
   * @param expected Where it must lead now; undefined: it must not be there.
   * @throws RemoteError; `stale` where it leads elsewhere by now.
   */
  push(branch: string, commit: string, expected: string | undefined): Promise<void> {
    return this.update(branch, commit, expected);
  }

  /**
   * Removes a branch of ours; it is fine if it is gone.
   *
   * @throws RemoteError; `stale` where it leads elsewhere by now.
   */
  async delete(branch: string, expected: string): Promise<void> {
    try {
      await this.update(branch, '', expected);
    } catch (error) {
      const isStale = error instanceof RemoteError && error.kind === 'stale';
      if (!isStale || (await this.tip(branch)) !== undefined) throw error;
    }
  }

  private async update(branch: string, commit: string, expected = ''): Promise<void> {
    if (!isOwnName(branch))
      throw new RemoteError(
        'rejected',
        `${branch} is not a branch of the sentries`,
        'They write to no other.',
      );
    const ref = `refs/heads/${branch}`;
    // No hook of the user runs: it is not the user who pushes. Those of the server decide.
    const options = ['--porcelain', '--progress', '--no-verify', '--no-follow-tags'];
    options.push('--recurse-submodules=no', `--force-with-lease=${ref}:${expected}`);
    await this.call(['push', ...options, this.alias, `${commit}:${ref}`]);
  }

  private async list(patterns: readonly string[]): Promise<Map<string, string>> {
    const asked = patterns.map((pattern) => `refs/heads/${pattern}`);
    const { out } = await this.call(['ls-remote', '--refs', this.alias, ...asked]);
    const found = new Map<string, string>();
    for (const line of out.split('\n')) {
      const [commit, ref] = line.split('\t');
      if (ref?.startsWith('refs/heads/')) found.set(ref.slice('refs/heads/'.length), commit!);
    }
    return found;
  }

  private async call(args: readonly string[]): Promise<Answer> {
    const { variables, silence } = this;
    const answer = await callGit(this.repository.root, args, { variables, silence }).catch(() => {
      throw new RemoteError('unreachable', `${this.url} does not answer`);
    });
    if (answer.code === 0) return answer;
    // Settings by variables came with 2.31.
    if (answer.err.includes(`'${this.alias}' does not appear`))
      throw new RemoteError('unreachable', 'this git is too old', 'Install git 2.31 or newer.');
    const refused = answer.out.split('\n').filter((line) => line.startsWith('!'));
    const said = answer.err.split('\n').filter((line) => SAID.test(line));
    const text = [...refused, ...said].join('\n');
    const shown = [...said.map((line) => line.replace(SAID, '')), ...refused.map(reasonIn)]
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('failed to push some refs'));
    throw new RemoteError(
      problemOf(text),
      this.credentials.without(`${this.url}: ${[...new Set(shown)].slice(0, 6).join('; ')}`),
    );
  }
}

/** Lines of git that are no progress. */
const SAID = /^(fatal: |error: |remote: (?!(Enumerating|Counting|Compressing|Total|Resolving)))/;

/** Of a line of `push --porcelain`: what is in brackets, and the reason. */
const reasonIn = (line: string): string => line.split('\t').at(-1)!;

/** How a remote is reached, besides its address. */
async function settingsOf(repository: Repository, name: string): Promise<[string, string][]> {
  const start = `remote.${name}.`;
  const asked = ['config', '-z', '--get-regexp', '^remote\\.'];
  const { out } = await callGit(repository.root, asked);
  return out
    .split('\0')
    .map((entry): [string, string] => {
      const end = entry.indexOf('\n');
      return [entry.slice(0, end), entry.slice(end + 1)];
    })
    .filter(([key]) => key.startsWith(start) && REACHING.has(key.slice(start.length)))
    .map(([key, value]) => [key.slice(start.length), value]);
}

const REACHING = new Set(['proxy', 'proxyauthmethod', 'receivepack', 'uploadpack', 'vcs']);

/** Settings for one call of git, after those that the user gives in the same way. */
function configVariables(entries: readonly [string, string][]): Record<string, string> {
  const first = Number(process.env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(first + entries.length) };
  for (const [index, [key, value]] of entries.entries()) {
    variables[`GIT_CONFIG_KEY_${first + index}`] = key;
    variables[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return variables;
}
