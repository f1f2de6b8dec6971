import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { Remote, RemoteError, Repository, type RemoteOptions } from 'sentries-core';
import { BareRepository } from '../tools/remotes/bare-repository';
import { GitHttpServer, type Rights } from '../tools/remotes/git-http';
import { Workspace } from '../tools/workspace';

const BRANCH = `ai-test-fixes/${'0'.repeat(12)}-20231114221320`;
const TOKEN = 'ghs_a-token-of-this-spec';
const ENCODED = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
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
interface Desk {
  readonly workspace: Workspace;
  readonly bare: BareRepository;
  readonly commits: readonly [string, string];
}

function desk(): Desk {
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

async function overHttp(
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

async function open({ workspace }: Desk, options?: RemoteOptions): Promise<Remote> {
  return Remote.open(await Repository.open(workspace.root), options);
}

/** How an attempt failed, which it must. */
async function failure(attempt: Promise<unknown>): Promise<RemoteError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  const all = inspect(error, { depth: 9, showHidden: true });
  for (const secret of [TOKEN, ENCODED, 's3cret']) expect(all).not.toContain(secret);
  return error as RemoteError;
}

describe.each(['file', 'http'])('a remote over %s', (transport) => {
  async function connected(): Promise<Desk & { remote: Remote }> {
    const made = desk();
    if (transport === 'http') {
      const { host } = await overHttp(made);
      return { ...made, remote: await open(made, { token: TOKEN, host }) };
    }
    made.workspace.git('remote', 'add', 'origin', made.bare.fileUrl);
    return { ...made, remote: await open(made) };
  }

  it('gets a branch, a newer one in its place, and loses it again', async () => {
    const { remote, bare, commits } = await connected();
    const [one, two] = commits;
    await remote.push(BRANCH, one, undefined);
    expect(await remote.tip(BRANCH)).toBe(one);
    await remote.push(BRANCH, two, one);
    expect(bare.heads().get(BRANCH)).toBe(two);
    // The same once more is what a killed process did before us.
    await remote.push(BRANCH, two, one);
    await remote.delete(BRANCH, two);
    await remote.delete(BRANCH, two);
    expect([...bare.heads().keys()]).toEqual(['main']);
  });

  it('shows its branches by what their names begin with', async () => {
    const { remote, bare, commits } = await connected();
    await remote.push(BRANCH, commits[0], undefined);
    for (const name of [
      'ai-test',
      'x/ai-test-fixes/a',
      'ai-doc-updates/a',
      'ai-test-fixes/by-hand',
    ])
      bare.git('branch', name, 'main');
    const first = bare.heads().get('main')!;
    expect(await remote.branches(['ai-test-fixes/', 'ai-doc-updates/'])).toEqual(
      new Map([
        ['ai-doc-updates/a', first],
        [BRANCH, commits[0]],
        ['ai-test-fixes/by-hand', first],
      ]),
    );
    expect(await remote.branches(['nothing/'])).toEqual(new Map());
    expect(await remote.tip('test')).toBeUndefined();
  });

  it.each([
    { what: 'is there, and was not to be', expected: undefined },
    { what: 'was moved by a person', expected: 'one' as const },
  ])('keeps a branch that $what', async ({ expected }) => {
    const { remote, bare, commits } = await connected();
    const [one, two] = commits;
    if (expected) await remote.push(BRANCH, one, undefined);
    const theirs = bare.commit(BRANCH, { 'a.py': '1' }, 'theirs', { from: 'main' });
    const lease = expected && one;
    expect(await failure(remote.push(BRANCH, two, lease))).toMatchObject({ kind: 'stale' });
    expect(await failure(remote.delete(BRANCH, one))).toMatchObject({ kind: 'stale' });
    expect(bare.heads().get(BRANCH)).toBe(theirs);
  });

  it('takes one of two at the same moment', async () => {
    const { remote, bare, commits } = await connected();
    const gate = bare.hold();
    const pushes = commits.map((commit) => remote.push(BRANCH, commit, undefined));
    const outcomes = Promise.allSettled(pushes);
    // Both have seen that there is no such branch before either makes it.
    while (!gate.waiting()) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    gate.release();
    const failed = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(failed.map(({ reason }) => (reason as RemoteError).kind)).toEqual(['stale']);
    expect(commits).toContain(bare.heads().get(BRANCH));
  });

  it('says why its hooks refuse', async () => {
    const { remote, bare, commits } = await connected();
    bare.refuseAll('Tests are frozen until Monday.');
    const error = await failure(remote.push(BRANCH, commits[0], undefined));
    expect(error).toMatchObject({ kind: 'rejected' });
    expect(error.message).toContain('Tests are frozen until Monday.');
    expect(bare.heads().has(BRANCH)).toBe(false);
  });

  it('says which branch is protected', async () => {
    const { remote, bare, commits } = await connected();
    bare.protect(BRANCH);
    const error = await failure(remote.push(BRANCH, commits[0], undefined));
    expect(error).toMatchObject({ kind: 'rejected' });
    expect(error.message).toContain('GH006: Protected branch update failed');
  });

  it('has no place for it where a branch is called like the folder', async () => {
    const { remote, bare, commits } = await connected();
    bare.git('branch', 'ai-test-fixes', 'main');
    const error = await failure(remote.push(BRANCH, commits[0], undefined));
    expect(error).toMatchObject({ kind: 'rejected' });
  });

  it('may die with the work done, which a look at it shows', async () => {
    const { remote, bare, commits } = await connected();
    bare.dieAfterUpdate();
    const { kind } = await failure(remote.push(BRANCH, commits[0], undefined));
    // Over HTTP it is asked once more by itself, and finds the branch there.
    expect(['unreachable', 'stale']).toContain(kind);
    expect(await remote.tip(BRANCH)).toBe(commits[0]);
    await remote.push(BRANCH, commits[0], undefined);
  });

  it('is given up when it gives no sign of life', async () => {
    const made = await connected();
    const url = new URL(made.remote.url);
    const remote = await open(made, { token: TOKEN, host: url.host, silence: 400 });
    made.bare.slow(4);
    const error = await failure(remote.push(BRANCH, made.commits[0], undefined));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toContain('does not answer');
  });

  it('gives commits as objects alone', async () => {
    const { remote, bare, workspace } = await connected();
    const theirs = bare.commit('theirs', { 'a.py': '1' }, 'theirs', { from: 'main' });
    const refs = workspace.git('for-each-ref');
    await remote.fetch([theirs]);
    expect(workspace.git('cat-file', '-t', theirs).trim()).toBe('commit');
    expect(workspace.git('for-each-ref')).toBe(refs);
    expect(() => readFileSync(join(workspace.root, '.git/FETCH_HEAD'))).toThrow('ENOENT');
    await failure(remote.fetch(['f'.repeat(40)]));
  });

  it.each([
    ...['main', 'master', 'release/1.0', 'ai-test-fixes', 'ai-test-fixes/', 'ai-test-fixes/main'],
    ...[
      `x${BRANCH}`,
      `${BRANCH}/x`,
      `${BRANCH}\n`,
      'ai-test-fixes/../main',
      `${BRANCH}:refs/heads/main`,
    ],
  ])('is never asked to change %j', async (name) => {
    const { remote, bare, commits } = await connected();
    const before = bare.heads();
    const first = before.get('main')!;
    const told = { kind: 'rejected', message: `${name} is not a branch of the sentries` };
    expect(await failure(remote.push(name, commits[0], first))).toMatchObject(told);
    expect(await failure(remote.delete(name, first))).toMatchObject(told);
    expect(bare.heads()).toEqual(before);
  });
});

describe('who may not', () => {
  const WHO: readonly { who: string; options: RemoteOptions; hidden: boolean }[] = [
    { who: 'nobody', options: {}, hidden: false },
    { who: 'nobody at a hidden one', options: {}, hidden: true },
    { who: 'a reader, as in a fork’s pull request', options: { token: 'reads' }, hidden: false },
    { who: 'somebody with a wrong token', options: { token: TOKEN }, hidden: false },
  ];

  it.each(WHO)('$who is denied, and the message says so', async ({ options, hidden }) => {
    const made = desk();
    const { host, url } = await overHttp(made, { reads: 'read' }, hidden);
    const remote = await open(made, { ...options, host });
    const error = await failure(remote.push(BRANCH, made.commits[0], undefined));
    expect(error).toMatchObject({
      kind: 'denied',
      hint: expect.stringContaining('The patch stays in .sentries') as string,
    });
    expect(error.message).toContain(url);
  });

  it('a folder without the right to write in it denies it', async () => {
    // The rights of a folder are nothing to root: what git says then is all that can be shown.
    const made = desk();
    const script = 'echo "error: insufficient permission for adding an object" >&2\nexit 1';
    const hook = join(made.bare.path, 'hooks/pre-receive');
    writeFileSync(hook, `#!/bin/sh\n${script}\n`);
    chmodSync(hook, 0o755);
    made.workspace.git('remote', 'add', 'origin', made.bare.fileUrl);
    const remote = await open(made);
    expect(await failure(remote.push(BRANCH, made.commits[0], undefined))).toMatchObject({
      kind: 'denied',
    });
  });
});

describe('a remote that is not there', () => {
  it.each([
    { what: 'a port where nobody listens', url: 'http://127.0.0.1:1/team/app.git' },
    { what: 'a folder that is gone', url: 'file:///nowhere/app.git' },
    { what: 'a protocol that git does not know', url: 'xyz://nowhere/app.git' },
  ])('at $what is unreachable', async ({ url }) => {
    const made = desk();
    made.workspace.git('remote', 'add', 'origin', url);
    const remote = await open(made);
    const error = await failure(remote.push(BRANCH, made.commits[0], undefined));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toContain(url);
    expect(await failure(remote.branches(['ai-test-fixes/']))).toMatchObject({
      kind: 'unreachable',
    });
  });

  it('of that name is said to be none', async () => {
    const made = desk();
    const error = await failure(open(made, { name: 'upstream' }));
    expect(error.message).toBe('there is no remote "upstream"');
  });
});

describe('a token', () => {
  it('goes to its host, and on no command line', async () => {
    const made = desk();
    const { server, host } = await overHttp(made);
    const log = logged();
    const remote = await open(made, { token: TOKEN, host });
    await remote.push(BRANCH, made.commits[0], undefined);
    expect(server.seen.filter(({ push }) => push).map(({ token }) => token)).toContain(TOKEN);
    const lines = readFileSync(log, 'utf8');
    expect(lines).toContain('push');
    for (const secret of [TOKEN, ENCODED]) expect(lines).not.toContain(secret);
  });

  it('goes to no other host', async () => {
    const made = desk();
    const { server } = await overHttp(made);
    for (const options of [{ token: TOKEN }, { token: TOKEN, host: '127.0.0.1' }]) {
      const remote = await open(made, options);
      await failure(remote.push(BRANCH, made.commits[0], undefined));
    }
    expect(server.seen.length).toBeGreaterThan(0);
    expect(server.seen.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });

  it('makes way for what actions/checkout has set up', async () => {
    const made = desk();
    const { server, host } = await overHttp(made, { theirs: 'write', [TOKEN]: 'write' });
    const header = `AUTHORIZATION: basic ${Buffer.from('x-access-token:theirs').toString('base64')}`;
    made.workspace.git('config', `http.http://${host}/.extraheader`, header);
    const remote = await open(made, { token: TOKEN, host });
    await remote.push(BRANCH, made.commits[0], undefined);
    expect(new Set(server.seen.map(({ token }) => token))).toEqual(new Set(['theirs']));
  });

  it('makes way for a password in the address, which is shown to nobody', async () => {
    const made = desk();
    const { server, host } = await overHttp(made, { s3cret: 'write' });
    const address = `http://me:s3cret@${host}/team/app.git`;
    made.workspace.git('remote', 'set-url', 'origin', address);
    const log = logged();
    const remote = await open(made, { token: TOKEN, host });
    expect(remote.url).toBe(`http://${host}/team/app.git`);
    await remote.push(BRANCH, made.commits[0], undefined);
    expect(server.seen.map(({ token }) => token)).not.toContain(TOKEN);
    expect(readFileSync(log, 'utf8')).not.toContain('s3cret');
    made.workspace.git('remote', 'set-url', 'origin', address.replace('s3cret', 's3cret2'));
    const wrong = await open(made);
    const error = await failure(wrong.push(BRANCH, made.commits[1], made.commits[0]));
    expect(error).toMatchObject({ kind: 'denied' });
  });

  it('joins the settings that the user gives to git in the same way', async () => {
    const made = desk();
    const { url, host } = await overHttp(made);
    made.workspace.git('remote', 'set-url', 'origin', 'far:team/app.git');
    process.env['GIT_CONFIG_COUNT'] = '1';
    process.env['GIT_CONFIG_KEY_0'] = `url.${new URL(url).origin}/.insteadOf`;
    process.env['GIT_CONFIG_VALUE_0'] = 'far:';
    const remote = await open(made, { token: TOKEN, host });
    await remote.push(BRANCH, made.commits[0], undefined);
    expect(made.bare.heads().get(BRANCH)).toBe(made.commits[0]);
  });
});

it('a git that knows no settings by variables is said to be too old', async () => {
  const made = desk();
  made.workspace.git('remote', 'add', 'origin', made.bare.fileUrl);
  throughScript('unset GIT_CONFIG_COUNT');
  const error = await failure((await open(made)).tip(BRANCH));
  expect([error.message, error.hint]).toEqual([
    'this git is too old',
    'Install git 2.31 or newer.',
  ]);
});

/** Has each call of git noted in a file, with all that was on its command line. */
function logged(): string {
  const log = join(Workspace.temporary().root, 'log.txt');
  throughScript(`echo "$@" >> '${log}'`);
  return log;
}

/** Does something before each call of git. */
function throughScript(line: string): void {
  const folder = Workspace.temporary().root;
  const real = process.env['PATH']!;
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${line}\nPATH='${real}' exec git "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  process.env['PATH'] = `${folder}${delimiter}${real}`;
}

it('a branch is pushed where pushes go, not where fetches come from', async () => {
  const made = desk();
  const elsewhere = BareRepository.create(join(Workspace.temporary().root, 'fork.git'));
  made.workspace.git('remote', 'add', 'origin', made.bare.fileUrl);
  made.workspace.git('remote', 'set-url', '--push', 'origin', elsewhere.fileUrl);
  const remote = await open(made);
  await remote.push(BRANCH, made.commits[0], undefined);
  expect(await remote.tip(BRANCH)).toBe(made.commits[0]);
  expect(elsewhere.heads().has(BRANCH)).toBe(true);
  expect(made.bare.heads().has(BRANCH)).toBe(false);
});
