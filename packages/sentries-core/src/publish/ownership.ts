import { RepositoryError } from '../errors';
import { callGit } from '../git/git-call';
import type { Repository } from '../git/repository';
import { readTrailers, type Said, type Trailers } from './message';

/** Whose the commits of a branch are. */
export interface Ownership extends Partial<Trailers> {
  /** All commits, from the tip down to the one that was tested, are ours, and none was taken away. */
  readonly ours: boolean;
  /** The commits that are somebody else's, the newest first. */
  readonly foreign: readonly string[];
}

/** A branch of ours has a commit a tier; what people have put on top of it hardly is longer than this. */
const MOST_COMMITS = 200;

/**
 * Tells whose a branch is by its commits alone: one is ours if it names the very tree that it has. So neither an
 * amended commit passes for ours, nor one that copies the trailers.
 *
 * @throws RepositoryError for a commit that is not here.
 */
export async function ownership(repository: Repository, tip: string): Promise<Ownership> {
  const commits = await readCommits(repository, tip);
  const foreign: string[] = [];
  let known: Said | undefined;
  for (const { commit, tree, parents, message } of commits) {
    if (commit === known?.head) {
      const { part, tree: _, ...trailers } = known;
      return { ours: foreign.length === 0 && part.number === part.of, foreign, ...trailers };
    }
    const said = readTrailers(message);
    const isOurs = said?.tree === tree && parents.length === 1;
    // What is below was made together with what is on top.
    if (!said || !isOurs || (known && (known.head !== said.head || known.key !== said.key))) {
      foreign.push(commit);
      continue;
    }
    known ??= said;
  }
  // Down there is nothing that we began.
  return { ours: false, foreign: known ? foreign : [tip] };
}

interface Commit {
  readonly commit: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

async function readCommits(repository: Repository, tip: string): Promise<Commit[]> {
  const list = ['rev-list', '--first-parent', `--max-count=${MOST_COMMITS}`];
  const format = '--format=format:%H%x00%T%x00%P%x00%B%x00';
  const { code, out } = await callGit(repository.root, [...list, format, tip, '--'], {
    variables: { GIT_NO_REPLACE_OBJECTS: '1' },
  });
  if (code !== 0)
    throw new RepositoryError(
      `the commit ${tip.slice(0, 12)} is not here`,
      'Fetch it from the remote and try again.',
    );
  const fields = out.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    commits.push({
      // Before each there is a line of its own.
      commit: fields[at]!.trim().split('\n').at(-1)!,
      tree: fields[at + 1]!,
      parents: fields[at + 2]!.split(' ').filter((hash) => hash !== ''),
      message: fields[at + 3]!,
    });
  }
  return commits;
}
