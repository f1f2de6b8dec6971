import { loadSettings } from '../config/load';
import type { Settings } from '../config/settings';
import { UsageError } from '../errors';
import { Repository } from '../git/repository';
import { isInActions } from './actions';
import { ForgeError } from './forge/forge-error';
import type { Forge } from './forge/forge';
import { openGitHub } from './forge/github';
import { sentryOf } from './identity';
import { Remote } from './remote';

type Environment = Readonly<Record<string, string | undefined>>;

/** All ends that publishing has: the repository here, the remote, and the pull requests. */
export interface Publishing {
  readonly repository: Repository;
  readonly remote: Remote;
  readonly forge: Forge;
  readonly settings: Settings['publish'];
}

/**
 * @throws UsageError where nothing says which repository on GitHub it is.
 * @throws ForgeError where there is no token.
 * @throws RepositoryError, RemoteError where there is no repository or no such remote.
 */
export async function openPublishing(
  workspace: string,
  environment: Environment,
): Promise<Publishing> {
  const { publish } = (await loadSettings(workspace, environment)).settings;
  // Jobs have no user of git.
  const author = isInActions(environment) ? { author: ACTIONS_BOT } : {};
  const repository = await Repository.open(workspace);
  const token = tokenIn(publish);
  const settings = { ...author, ...publish, token };
  const { apiUrl } = settings;
  if (token === '') {
    throw new ForgeError(
      'token',
      'there is no token for GitHub',
      'Set GITHUB_TOKEN to one with `contents: write` and `pull-requests: write`. The patches are in .sentries: ' +
        'they can be taken by `sentries apply`, too.',
    );
  }
  const remote = await Remote.open(repository, {
    name: settings.remote,
    token,
    host: hostOf(apiUrl),
  });
  const name = settings.repository ?? repositoryIn(remote.url);
  if (name === undefined) {
    throw new UsageError(
      `the remote ${settings.remote} (${remote.url}) does not say which repository on GitHub it is`,
      'Set GITHUB_REPOSITORY, or publish.repository in sentries.config.json, to owner/name.',
    );
  }
  const isOurs = (branch: string): boolean => sentryOf(branch) !== undefined;
  const forge = await openGitHub({ repository: name, apiUrl, token }, isOurs);
  return { repository, remote, forge, settings };
}

/** The token; empty where there is none. A line's end comes along where secrets are pasted. */
export const tokenIn = ({ token }: Settings['publish']): string => token?.trim() ?? '';

/** https://github.com/actions/checkout#push-a-commit-using-the-built-in-token */
const ACTIONS_BOT = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** The host that has the repositories to an API: its own, but in GitHub's cloud, where the API has one for itself. */
export function hostOf(apiUrl: string): string {
  const { host, pathname } = new URL(apiUrl);
  return pathname === '/' ? host.replace(/^api\./, '') : host;
}

/** `owner/name` of an address as git takes it: https://host/owner/name.git, git@host:owner/name. */
export function repositoryIn(url: string): string | undefined {
  const path = /^(?:(?:https?|ssh|git):\/\/[^/]+\/|[^/:]+@[^/:]+:)(.+)$/.exec(url)?.[1];
  return /^([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path ?? '')?.[1];
}

/** The host of such an address; of one of the web with its port where it has one. */
export function hostIn(url: string): string | undefined {
  if (/^https?:/i.test(url)) return URL.canParse(url) ? new URL(url).host : undefined;
  return /^(?:(?:ssh|git):\/\/(?:[^@/]*@)?|[^@/:]+@)([^/:]+)/.exec(url)?.[1]?.toLowerCase();
}
