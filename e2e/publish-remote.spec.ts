import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Remote, RemoteError } from 'sentries-core';
import { BareRepository } from '../tools/remotes/bare-repository';
import { Workspace } from '../tools/workspace';
import { BRANCH, desk, failure, open, overHttp, throughScript, TOKEN, type Desk } from './desk';

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
