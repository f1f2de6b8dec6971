import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { TOKENS } from '../tools/github/accounts';
import { GitHub, type HostedRepository } from '../tools/github/server';
import { BareRepository } from '../tools/remotes/bare-repository';
import { Workspace } from '../tools/workspace';

const started: GitHub[] = [];

// Where a request or a reply broke GitHub's description, stopping throws, and so the spec fails.
afterEach(async () => {
  await Promise.all(started.splice(0).map((github) => github.stop()));
});
afterAll(() => Workspace.removeTemporary());

/** A bare repository whose `main` has one commit, and `fix` one more. */
export function bareRepository(): BareRepository {
  const workspace = Workspace.temporary();
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.write({ 'app.py': 'limit = 3\n' });
  workspace.commit('first');
  const bare = BareRepository.create(`${workspace.root}/remote.git`, workspace.root);
  bare.commit('fix', { 'test_app.py': 'assert True\n' }, 'A test', { from: 'main' });
  return bare;
}

/** A server that is stopped after the spec, and on it `team/app`. */
export async function github(
  options?: Parameters<GitHub['host']>[2],
): Promise<{ server: GitHub; git: BareRepository; app: HostedRepository }> {
  const server = await GitHub.start();
  started.push(server);
  const git = bareRepository();
  return { server, git, app: server.host('team/app', git, options) };
}

const Client = Octokit.plugin(throttling, retry);

/** The real client with both plugins; their seconds are milliseconds. `null` is no token. */
export function client(server: GitHub, auth: string | null = TOKENS.write): Octokit {
  const quiet = (): undefined => undefined;
  return new Client({
    baseUrl: server.apiUrl,
    ...(auth === null ? {} : { auth }),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    retry: { retryAfterBaseValue: 1 },
    throttle: {
      ...{ retryAfterBaseValue: 1, onRateLimit: again, onSecondaryRateLimit: again },
      // Nobody is harmed by two writes in one second.
      ...({ write: UNLIMITED, notifications: UNLIMITED } as object),
    },
  });
}

const UNLIMITED = { key: () => ({ schedule: () => Promise.resolve() }) };

const again = (_after: number, _options: object, _client: unknown, retries: number): boolean =>
  retries < 2;

export const TEAM = { owner: 'team', repo: 'app' } as const;

/** What is wanted of a pull request in most specs. */
export const WANTED = { ...TEAM, title: 'A fix', body: 'Why.', head: 'fix', base: 'main' } as const;

/** Status and body of a request that must fail. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; data: unknown }> {
  const error = (await request.then(
    () => Promise.reject(new Error('it was not refused')),
    (reason: unknown) => reason,
  )) as { status?: number; response?: { data: unknown } };
  if (error.status === undefined) throw error as Error;
  return { status: error.status, data: error.response?.data };
}
