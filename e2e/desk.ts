import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { Remote, RemoteError, Repository, type RemoteOptions } from 'sentries-core';
import { BareRepository } from '../tools/remotes/bare-repository';
import { GitHttpServer, type Rights } from '../tools/remotes/git-http';
import { Workspace } from '../tools/workspace';

export const BRANCH = `ai-test-fixes/${'0'.repeat(12)}-20231114221320`;
export const TOKEN = 'ghs_a-token-of-this-spec';
export const ENCODED = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
const ENVIRONMENT = { ...process.env };

const servers: GitHttpServer[] = [];

beforeEach(() => {
  process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
  process.env['GIT_CONFIG_NOSYSTEM'] = '1';
});

afterEach(async () => {
  process.env = { ...ENVIRONMENT };
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

afterAll(() => Workspace.removeTemporary());

/** A user's clone, with two commits that the remote does not have. */
export interface Desk {
  readonly workspace: Workspace;
  readonly bare: BareRepository;
  readonly commits: readonly [string, string];
}

export function desk(): Desk {
  const workspace = Workspace.temporary();
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.write({ 'test_app.py': 'assert limit == 3\n' });
  workspace.commit('first');
  const bare = BareRepository.create(join(Workspace.temporary().root, 'app.git'), workspace.root);
  const made = ['one', 'two'].map((text) => {
    const tree = workspace.git('rev-parse', 'HEAD^{tree}').trim();
    return workspace.git('commit-tree', '-p', 'HEAD', '-m', text, tree).trim();
  });
  return { workspace, bare, commits: [made[0]!, made[1]!] };
}

export async function overHttp(
  { workspace, bare }: Desk,
  tokens: Readonly<Record<string, Rights>> = { [TOKEN]: 'write' },
  hidden = false,
): Promise<{ server: GitHttpServer; url: string; host: string }> {
  const server = await GitHttpServer.start();
  servers.push(server);
  const url = server.add('team/app', bare, tokens, { hidden });
  workspace.git('remote', 'add', 'origin', url);
  return { server, url, host: new URL(url).host };
}

export async function open({ workspace }: Desk, options?: RemoteOptions): Promise<Remote> {
  return Remote.open(await Repository.open(workspace.root), options);
}

/** How an attempt failed, which it must. */
export async function failure(attempt: Promise<unknown>): Promise<RemoteError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  const all = inspect(error, { depth: 9, showHidden: true });
  for (const secret of [TOKEN, ENCODED, 's3cret']) expect(all).not.toContain(secret);
  return error as RemoteError;
}

/** Does something before each call of git. */
export function throughScript(line: string): void {
  const folder = Workspace.temporary().root;
  const real = process.env['PATH']!;
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${line}\nPATH='${real}' exec git "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  process.env['PATH'] = `${folder}${delimiter}${real}`;
}
