import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BareRepository } from '../../../../../tools/remotes/bare-repository';
import { FAULTS } from '../../../../../tools/github/faults';
import { TOKENS } from '../../../../../tools/github/accounts';
import { GitHub, type HostedRepository } from '../../../../../tools/github/server';
import { temporaryFolders } from '../../folder.fixture';
import { sentryOf } from '../identity';
import type { Forge } from './forge';
import { ForgeError } from './forge-error';
import { openGitHub } from './github';

const newFolder = temporaryFolders();
const FACE = { title: 'test: a title', body: 'What and why.' };
const OURS = 'ai-test-fixes/aaaaaaaaaaaa-20260101000000';
const THEIRS = 'feature';

/** A repository with `main`, a branch of ours and one of a person, each a commit ahead of it. */
function repositoryFolder(): string {
  const folder = newFolder();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=P', '-c', 'user.email=p@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  mkdirSync(folder, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(folder, 'a.py'), '');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  for (const branch of [OURS, THEIRS]) {
    git('switch', '--quiet', '-c', branch, 'main');
    git('commit', '--quiet', '--allow-empty', '-m', branch);
  }
  return folder;
}

let github: GitHub;
let hosted: HostedRepository;
let forge: Forge;

const opened = (
  token: string = TOKENS.write,
  { repository = 'acme/tools', replyTimeout = 30_000 } = {},
): Promise<Forge> =>
  openGitHub(
    // A second of waiting is a few milliseconds here, but for the pauses between writes.
    { repository, apiUrl: github.apiUrl, token, replyTimeout, second: 20 },
    (branch) => sentryOf(branch) !== undefined,
  );

beforeEach(async () => {
  github = await GitHub.start();
  const bare = BareRepository.create(join(newFolder(), 'origin.git'), repositoryFolder());
  hosted = github.host('acme/tools', bare);
  forge = await opened();
});

afterEach(() => github.stop());

const kindOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ForgeError);
  return (error as ForgeError).kind;
};

describe('a pull request', () => {
  it('is opened, found, changed and closed', async () => {
    const made = await forge.create(OURS, 'main', FACE, true);
    expect(made).toMatchObject({ ...FACE, branch: OURS, base: 'main', draft: true, state: 'open' });
    expect(await forge.open('main')).toEqual([made]);
    await forge.update(made.number, { title: 'test: another' });
    await forge.close(made.number, 'The end.');
    expect(await forge.open()).toEqual([]);
    expect(await forge.from(OURS)).toMatchObject([
      { number: made.number, title: 'test: another', body: 'The end.', state: 'closed' },
    ]);
  });

  it('is no draft where the repository has none', async () => {
    const message = 'Draft pull requests are not supported in this repository.';
    github.fail('pulls/create', { status: 422, message });
    expect(await forge.create(OURS, 'main', FACE, true)).toMatchObject({ draft: false });
  });

  it('of a person is none of ours', async () => {
    await forge.create(THEIRS, 'main', FACE, false);
    expect(await forge.open('main')).toEqual([]);
  });

  it('is told from the ended ones, and whether it was merged', async () => {
    const made = await forge.create(OURS, 'main', FACE, false);
    expect(await forge.ended()).toEqual([]);
    hosted.person.merge(made.number);
    expect(await forge.ended()).toMatchObject([{ number: made.number, state: 'merged' }]);
  });
});

describe('labels and comments', () => {
  it('come and go; those that are not there yet are made', async () => {
    const { number } = await forge.create(OURS, 'main', FACE, false);
    await forge.label(number, ['sentries', 'ai-generated'], []);
    await forge.label(number, ['sentries'], ['ai-generated', 'never there']);
    expect((await forge.open())[0]?.labels).toEqual(['sentries']);
    expect(github.count('issues/create-label')).toBe(2);
    await forge.comment(number, 'A word.');
    expect(await forge.comments(number)).toEqual(['A word.']);
  });
});

describe('what goes wrong is told by its kind', () => {
  it.each([
    { token: TOKENS.revoked, kind: 'token' },
    { token: TOKENS.read, kind: 'rights' },
  ])('a token: $kind', async ({ token, kind }) => {
    const other = await opened(token);
    expect(await kindOf(other.create(OURS, 'main', FACE, false))).toBe(kind);
  });

  it('a repository that is not there', async () => {
    expect(await kindOf((await opened(TOKENS.write, { repository: 'acme/gone' })).open())).toBe(
      'missing',
    );
  });

  it('one that is open already is a conflict, and so is a branch that is gone', async () => {
    await forge.create(OURS, 'main', FACE, false);
    expect(await kindOf(forge.create(OURS, 'main', FACE, false))).toBe('conflict');
    expect(await kindOf(forge.create('ai-test-fixes/x', 'main', FACE, false))).toBe('conflict');
  });

  it('what was cut after it was done is not asked for again', async () => {
    github.fail('pulls/create', FAULTS.cutAfterwards);
    expect(await kindOf(forge.create(OURS, 'main', FACE, false))).toBe('unreachable');
    expect(github.count('pulls/create')).toBe(1);
    expect(await forge.open('main')).toHaveLength(1);
  });

  it.each([
    { fault: FAULTS.badGateway },
    { fault: FAULTS.cut },
    { fault: FAULTS.tooManyRequests(1) },
    { fault: FAULTS.secondaryRateLimit(1) },
  ])('reading is tried again: $fault', async ({ fault }) => {
    github.fail('pulls/list', fault);
    expect(await forge.open('main')).toEqual([]);
    expect(github.count('pulls/list')).toBe(2);
  });

  it('nobody waits for hours', async () => {
    github.fail('pulls/list', FAULTS.secondaryRateLimit(3600), { times: 9 });
    expect(await kindOf(forge.open('main'))).toBe('limit');
    expect(github.count('pulls/list')).toBe(1);
  });

  it.each([{ fault: FAULTS.hang }, { fault: FAULTS.garbage }])(
    'no answer that can be read: $fault',
    async ({ fault }) => {
      github.fail('pulls/list', fault, { times: 9 });
      const other = await opened(TOKENS.write, { replyTimeout: 300 });
      expect(await kindOf(other.open('main'))).toBe('unreachable');
    },
  );

  it('no error tells the token', async () => {
    const other = await opened(TOKENS.revoked);
    const error: unknown = await other.open().catch((thrown: unknown) => thrown);
    expect(JSON.stringify({ ...(error as object) }) + String(error)).not.toContain(TOKENS.revoked);
  });
});
