import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RepositoryError } from '../errors';
import { callGit, type Answer } from '../git/git-call';
import type { Repository } from '../git/repository';
import type { PlannedCommit } from './commits';
import { sealed } from './message';

/** Who made a commit. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/**
 * Makes commits on top of `head`: objects only. No ref, index, work tree or stash of the user is touched, no
 * hook runs, and what a killed process leaves is garbage to git. They are signed where git is set up to.
 *
 * @param author Instead of the person that git is set up for.
 * @returns the last commit.
 * @throws RepositoryError where nobody is there to be the author, or a commit can't be signed.
 */
export async function buildBranch(
  repository: Repository,
  head: string,
  commits: readonly PlannedCommit[],
  author?: Person,
): Promise<string> {
  const people = await identities(repository, author);
  const signing = await callGit(repository.root, [
    ...['config', '--type=bool', '--default=false', '--get', 'commit.gpgsign'],
  ]);
  const folder = await mkdtemp(join(tmpdir(), `nx-sentries-${process.pid}-branch-`));
  try {
    const git = new Objects(repository, join(folder, 'index'));
    await git.call('read-tree', head);
    let tip = head;
    for (const { files, message } of commits) {
      const modes = await repository.modes(
        head,
        files.map(({ path }) => path),
      );
      const entries: string[] = [];
      for (const { path, after } of files) {
        const copy = join(folder, 'blob');
        await writeFile(copy, after);
        // Stored through the filters that the path has; irreversible line ends are no matter of ours.
        const store = ['-c', 'core.safecrlf=false', 'hash-object', '-w', `--path=${path}`];
        const blob = await git.call(...store, '--', copy);
        entries.push(`${modes.get(path) ?? '100644'} ${blob}\t${repository.prefix}${path}\0`);
      }
      await git.callWith(entries.join(''), 'update-index', '-z', '--index-info');
      const tree = await git.call('write-tree');
      const text = join(folder, 'message');
      await writeFile(text, sealed(message, tree));
      const sign = signing.out.trim() === 'true' ? ['-S'] : ['--no-gpg-sign'];
      const options = ['-c', 'i18n.commitEncoding=UTF-8', 'commit-tree', ...sign];
      tip = await git.commit(people, ...options, '-p', tip, '-F', text, tree);
    }
    return tip;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** git on the user's objects, with an index of its own. */
class Objects {
  constructor(
    private readonly repository: Repository,
    private readonly index: string,
  ) {}

  call(...args: string[]): Promise<string> {
    return this.callWith(undefined, ...args);
  }

  async callWith(input: string | undefined, ...args: string[]): Promise<string> {
    const answer = await this.answer(args, {}, input);
    if (answer.code === 0) return answer.out.trim();
    throw new RepositoryError(
      `git could not make the branch: ${lastLine(answer.err)}`,
      'Check the rights and the free space of the repository, and `git fsck`.',
    );
  }

  async commit(people: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
    const answer = await this.answer(args, people);
    if (answer.code === 0) return answer.out.trim();
    throw new RepositoryError(
      `git could not make the commit: ${lastLine(answer.err)}`,
      args.includes('-S')
        ? 'commit.gpgsign asks for a signature: make the key available here, or set commit.gpgsign to false.'
        : 'Check the rights and the free space of the repository.',
    );
  }

  private answer(
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
    input?: string,
  ): Promise<Answer> {
    // A split index would leave its other half among the user's files.
    const alone = ['-c', 'core.splitIndex=false', '-c', 'core.fsmonitor=false'];
    return callGit(this.repository.root, [...alone, ...args], {
      variables: { GIT_INDEX_FILE: this.index, GIT_NO_REPLACE_OBJECTS: '1', ...variables },
      ...(input !== undefined && { input }),
    });
  }
}

/** The author and the committer, as variables of git. Whom git only guesses, from the machine's name, is nobody. */
async function identities(
  repository: Repository,
  author: Person | undefined,
): Promise<Record<string, string>> {
  const configured = async (who: 'AUTHOR' | 'COMMITTER'): Promise<Person | undefined> => {
    const asked = ['-c', 'user.useConfigOnly=true', 'var', `GIT_${who}_IDENT`];
    const { code, out } = await callGit(repository.root, asked);
    const found = code === 0 ? /^(.*) <(.*)> \d+ [-+]\d+$/.exec(out.trim()) : null;
    return found ? { name: found[1]!, email: found[2]! } : undefined;
  };
  const committer = (await configured('COMMITTER')) ?? author;
  const writer = author ?? (await configured('AUTHOR'));
  if (!committer || !writer) {
    throw new RepositoryError(
      'git does not know who commits here',
      'Set user.name and user.email of git, or publish.author in sentries.config.json.',
    );
  }
  return {
    GIT_AUTHOR_NAME: writer.name,
    GIT_AUTHOR_EMAIL: writer.email,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
  };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
