import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BareRepository } from '../../../../tools/remotes/bare-repository';
import { GitHttpServer } from '../../../../tools/remotes/git-http';
import { temporaryFolders } from '../folder.fixture';
import { git } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { changedWorkspace, withoutOwnGit } from './publish.fixture';
import { Remote } from './remote';

withoutOwnGit();
const newFolder = temporaryFolders();
const OURS = 'ai-test-fixes/aaaaaaaaaaaa-20260101000000';
const SECRET = 'se@cret@1';

let server: GitHttpServer;
let workspace: string;
let bare: BareRepository;
let head: string;
let address: URL;

beforeAll(async () => {
  server = await GitHttpServer.start();
});
beforeEach(() => {
  workspace = newFolder();
  head = changedWorkspace(workspace);
  bare = BareRepository.create(join(newFolder(), 'origin.git'), workspace);
  address = new URL(server.add('acme/tools', bare, { [SECRET]: 'write' }));
  git(workspace, 'remote', 'add', 'origin', address.href);
  server.seen.length = 0;
});
afterAll(() => server.stop());

const opened = async (options: { token?: string; host?: string } = {}): Promise<Remote> =>
  Remote.open(await Repository.open(workspace), options);

/** Gives the remote a user and a password, as some do who have no other way. */
function withPassword(password: string): void {
  const url = new URL(address);
  url.username = 'me';
  url.password = password;
  git(workspace, 'remote', 'set-url', 'origin', url.href);
}

/** The command lines of all that git has started. */
const commandLines = (): string[] =>
  execFileSync('ps', ['-axww', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^\S*git\b/.test(line));

it('takes a password from the address, and shows it to nobody', async () => {
  withPassword(SECRET);
  const remote = await opened();
  expect(remote.url).toBe(address.href);
  const gate = bare.hold();
  const pushing = remote.push(OURS, head, undefined);
  while (!gate.waiting()) await setTimeout(20);
  const seen = commandLines();
  gate.release();
  await pushing;
  expect(seen.join('\n')).toContain(address.host);
  expect(seen.filter((line) => /se(@|%40)cret/.test(line))).toEqual([]);
  expect(bare.heads().get(OURS)).toBe(head);
});

it('says no password that was refused', async () => {
  withPassword('wr@ng:2');
  const error: unknown = await (
    await opened()
  )
    .push(OURS, head, undefined)
    .catch((e: unknown) => e);
  expect(error).toMatchObject({ kind: 'denied' });
  expect(JSON.stringify([error, String(error)])).not.toMatch(/wr(@|%40)ng/);
});

it('gives the token to its own host alone', async () => {
  await (await opened({ token: SECRET, host: address.host })).push(OURS, head, undefined);
  expect(server.seen.some(({ token }) => token === SECRET)).toBe(true);
  server.seen.length = 0;
  const elsewhere = await opened({ token: SECRET, host: 'github.com' });
  await expect(elsewhere.delete(OURS, head)).rejects.toMatchObject({ kind: 'denied' });
  expect(server.seen.map(({ authorization }) => authorization).filter(Boolean)).toEqual([]);
});

it('leaves it to the repository where that has a header of its own', async () => {
  const own = `Authorization: Basic ${Buffer.from(`x:${SECRET}`).toString('base64')}`;
  git(workspace, 'config', `http.${address.origin}/.extraheader`, own);
  await (await opened({ token: 'another', host: address.host })).push(OURS, head, undefined);
  expect(new Set(server.seen.map(({ token }) => token))).toEqual(new Set([SECRET]));
});

it('writes to no branch but ours', async () => {
  const remote = await opened({ token: SECRET, host: address.host });
  for (const branch of ['main', 'ai-test-fixes/mine', `${OURS}/../main`])
    await expect(remote.push(branch, head, undefined)).rejects.toMatchObject({ kind: 'rejected' });
  expect(server.seen).toEqual([]);
});
