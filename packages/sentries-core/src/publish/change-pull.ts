import { loadSettings } from '../config/load';
import type { Repository } from '../git/repository';
import type { PullRequest } from './forge/forge';
import { ForgeError } from './forge/forge-error';
import { openGitHub } from './forge/github';
import { hostIn, hostOf, repositoryIn, tokenIn } from './open';
import { Remote } from './remote';
import { RemoteError } from './remote-error';

type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds to wait for the one reply. */
const PATIENCE = 5000;
/** A list of pull requests has a repository's description with each of them. */
const MOST_BYTES = 4_000_000;

/**
 * The pull request that a change belongs to, whoever opened it: that of the number that GitHub Actions names, else the one that
 * the commit belongs to, an open one before others. It is one request to GitHub, with no second try.
 *
 * @param workspace Where the settings are.
 * @param commit The newest of the change.
 * @returns undefined, and nothing is asked, where there is no token or nothing says which repository on GitHub it is; undefined
 *   too where there is no pull request, or several.
 * @throws ForgeError where GitHub does not say.
 */
export async function pullOfChange(
  repository: Repository,
  workspace: string,
  commit: string,
  environment: Environment,
  replyTimeout = PATIENCE,
): Promise<PullRequest | undefined> {
  const { publish } = (await loadSettings(workspace, environment)).settings;
  const token = tokenIn(publish);
  if (token === '') return undefined;
  const { apiUrl, remote } = publish;
  const name = publish.repository ?? (await repositoryAt(hostOf(apiUrl), repository, remote));
  if (name === undefined) return undefined;
  const access = { repository: name, apiUrl, token, replyTimeout };
  const forge = await openGitHub({ ...access, isPaced: false, mostBytes: MOST_BYTES }, () => false);
  // https://docs.github.com/en/actions/reference/workflows-and-actions/variables
  const number = /^refs\/pull\/([1-9]\d*)\//.exec(environment['GITHUB_REF'] ?? '')?.[1];
  if (number !== undefined) return forge.numbered(Number(number));
  const pulls = await forge.having(commit).catch((error: unknown) => {
    // A commit that was not pushed yet.
    if (error instanceof ForgeError && error.kind === 'conflict') return [];
    throw error;
  });
  const open = pulls.filter(({ state }) => state === 'open');
  const likely = open.length > 0 ? open : pulls;
  return likely.length === 1 ? likely[0] : undefined;
}

/** The repository of a remote, if it is at that host: others have some of the same name, and what they are called is no matter of GitHub's. */
async function repositoryAt(
  host: string,
  repository: Repository,
  name: string,
): Promise<string | undefined> {
  const remote = await Remote.open(repository, { name, host }).catch((error: unknown) => {
    if (error instanceof RemoteError) return undefined;
    throw error;
  });
  return remote && hostIn(remote.url) === host.toLowerCase() ? repositoryIn(remote.url) : undefined;
}
