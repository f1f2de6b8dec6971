import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RemoteOptions } from 'sentries-core';
import { Workspace } from '../tools/workspace';
import { BRANCH, desk, ENCODED, failure, open, overHttp, throughScript, TOKEN } from './desk';

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

/** Has each call of git noted in a file, with all that was on its command line. */
function logged(): string {
  const log = join(Workspace.temporary().root, 'log.txt');
  throughScript(`echo "$@" >> '${log}'`);
  return log;
}
