import { existsSync } from 'node:fs';
import { TOKENS } from '../tools/github/accounts';
import { GitHttpServer } from '../tools/remotes/git-http';
import type { BareRepository } from '../tools/remotes/bare-repository';
import { Workspace, type Ended } from '../tools/workspace';
import { bareRepository, github } from './github-client';

const servers: GitHttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const TOKEN = 'a-token-of-this-spec';

async function served(hidden = false): Promise<{
  server: GitHttpServer;
  bare: BareRepository;
  url: string;
}> {
  const server = await GitHttpServer.start();
  servers.push(server);
  const bare = bareRepository();
  const tokens = { [TOKEN]: 'write', 'read-only': 'read' } as const;
  return { server, bare, url: server.add('team/app', bare, tokens, { hidden }) };
}

/** Git beside this process, which serves it; a token is given as a header, never asked for. */
function git(workspace: Workspace, args: readonly string[], token?: string): Promise<Ended> {
  const header = Buffer.from(`x-access-token:${token}`).toString('base64');
  return workspace.run('git', args, '.', {
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...(token === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'http.extraheader',
          GIT_CONFIG_VALUE_0: `authorization: basic ${header}`,
        }),
  });
}

/** A clone with a commit to push. */
function clone(bare: BareRepository): Workspace {
  const workspace = Workspace.temporary();
  workspace.git('clone', '--quiet', bare.path, '.');
  workspace.write({ 'new.py': '1\n' });
  workspace.commit('new');
  return workspace;
}

const PUSH = 'HEAD:refs/heads/new';

describe('a remote over smart HTTP', () => {
  it('is cloned by anybody and pushed to with a token, which it tells of', async () => {
    const { server, bare, url } = await served();
    const workspace = Workspace.temporary();
    expect((await git(workspace, ['clone', url, '.'])).code).toBe(0);
    expect(server.seen.every(({ token }) => token === undefined)).toBe(true);
    workspace.write({ 'new.py': '1\n' });
    workspace.commit('new');
    const { code, output } = await git(workspace, ['push', 'origin', PUSH], TOKEN);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(bare.heads().get('new')).toBe(workspace.git('rev-parse', 'HEAD').trim());
    expect(server.seen.at(-1)).toMatchObject({ push: true, token: TOKEN, status: 200 });
  });

  it.each([
    { who: 'nobody', token: undefined, status: 401 },
    { who: 'a wrong token', token: 'wrong', status: 401 },
    { who: 'a token that may read', token: 'read-only', status: 403 },
  ])('takes no push of $who', async ({ token, status }) => {
    const { server, bare, url } = await served();
    expect((await git(clone(bare), ['push', url, PUSH], token)).code).not.toBe(0);
    expect(server.seen.at(-1)).toMatchObject({ push: true, status });
    expect(bare.heads().has('new')).toBe(false);
  });

  it('hides a repository from those without a token', async () => {
    const { server, bare, url } = await served(true);
    expect((await git(clone(bare), ['ls-remote', url])).code).not.toBe(0);
    expect((await git(clone(bare), ['ls-remote', url], 'read-only')).code).toBe(0);
    expect(server.seen.map(({ status }) => status)).toContain(401);
  });

  it('is what a GitHub on loopback has, too', async () => {
    const { server, git: bare, app } = await github();
    const workspace = clone(bare);
    app.protect('main');
    const refused = await git(workspace, ['push', app.remote, 'HEAD:main'], TOKENS.write);
    expect(refused.output).toContain('GH006: Protected branch update failed for refs/heads/main');
    expect((await git(workspace, ['push', app.remote, PUSH], TOKENS.write)).code).toBe(0);
    expect((await git(workspace, ['push', app.remote, PUSH], TOKENS.revoked)).code).not.toBe(0);
    expect(server.pushes().map(({ token }) => token)).toEqual([TOKENS.write, TOKENS.write]);
    server.fail({ path: /git-receive-pack/ }, { status: 503 });
    expect(
      (await git(workspace, ['push', app.remote, 'HEAD:more'], TOKENS.write)).output,
    ).toContain('503');
  });
});

describe.each([{ way: 'file' }, { way: 'http' }])('hooks of a remote over $way', ({ way }) => {
  async function remote(): Promise<{
    bare: BareRepository;
    workspace: Workspace;
    push: (...refs: string[]) => Promise<Ended>;
  }> {
    const { bare, url } = await served();
    const workspace = clone(bare);
    const to = way === 'file' ? bare.fileUrl : url;
    return { bare, workspace, push: (...refs) => git(workspace, ['push', to, ...refs], TOKEN) };
  }

  it('refuse all', async () => {
    const { bare, push } = await remote();
    bare.refuseAll("It's closed.");
    const { code, output } = await push(PUSH);
    expect(code).not.toBe(0);
    expect(output).toContain("It's closed.");
    expect(bare.heads().has('new')).toBe(false);
    bare.welcome();
    expect((await push(PUSH)).code).toBe(0);
  });

  it('protect one branch', async () => {
    const { bare, push } = await remote();
    bare.protect('new');
    expect((await push(PUSH, 'HEAD:other')).output).toMatch(/GH006.*\n[^]*\[remote rejected\]/);
    expect([...bare.heads().keys()]).toEqual(['fix', 'main', 'other']);
  });

  it('hold a push until it is let go', async () => {
    const { bare, push } = await remote();
    const { waiting, release } = bare.hold();
    const pushed = push(PUSH);
    while (!waiting()) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(bare.heads().has('new')).toBe(false);
    release();
    expect((await pushed).code).toBe(0);
    expect(bare.heads().has('new')).toBe(true);
  });

  it('slow a push down', async () => {
    const { bare, push } = await remote();
    bare.slow(0.5);
    const start = performance.now();
    expect((await push(PUSH)).code).toBe(0);
    expect(performance.now() - start).toBeGreaterThan(500);
  });

  it('kill the server when the work is done: the push fails, and the branch is there', async () => {
    const { bare, workspace, push } = await remote();
    bare.dieAfterUpdate();
    expect((await push(PUSH)).code).not.toBe(0);
    expect(bare.heads().get('new')).toBe(workspace.git('rev-parse', 'HEAD').trim());
    expect((await push('HEAD:again')).code).toBe(0);
    expect(existsSync(bare.path)).toBe(true);
  });
});
