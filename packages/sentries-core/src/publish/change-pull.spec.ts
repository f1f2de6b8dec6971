import { join } from 'node:path';
import { TOKENS } from '../../../../tools/github/accounts';
import { FAULTS } from '../../../../tools/github/faults';
import { GitHub, type HostedRepository } from '../../../../tools/github/server';
import { BareRepository } from '../../../../tools/remotes/bare-repository';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, git, put, repositoryWith } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { pullOfChange } from './change-pull';
import type { ForgeError } from './forge/forge-error';

const newFolder = temporaryFolders();
const ASSOCIATED = 'repos/list-pull-requests-associated-with-commit';
let github: GitHub;
let hosted: HostedRepository;
let workspace: string;
let commit: string;

beforeEach(async () => {
  github = await GitHub.start();
  workspace = newFolder();
  repositoryWith(workspace, { 'a.py': '' });
  git(workspace, 'switch', '--quiet', '-c', 'change');
  put(workspace, { 'a.py': '1\n' });
  commit = commitAll(workspace);
  hosted = github.host('acme/tools', BareRepository.create(join(newFolder(), 'o.git'), workspace));
  git(workspace, 'remote', 'add', 'origin', hosted.remote);
});

afterEach(() => github.stop());

/** Asks for the checked-out commit, in a job that knows a token, but not the repository. */
async function asked(
  environment: Readonly<Record<string, string>> = {},
  replyTimeout?: number,
): ReturnType<typeof pullOfChange> {
  const job = { GITHUB_TOKEN: TOKENS.read, GITHUB_API_URL: github.apiUrl, ...environment };
  const repository = await Repository.open(workspace);
  return pullOfChange(repository, workspace, commit, job, replyTimeout);
}

describe('the pull request of a change', () => {
  it('is the open one that has its newest commit; a token that may read is enough', async () => {
    hosted.person.open('change', 'main', 'A rate', 'Why.');
    expect(await asked()).toMatchObject({ number: 1, title: 'A rate', body: 'Why.' });
    expect(github.requests).toMatchObject([{ operation: ASSOCIATED, status: 200 }]);
  });

  it('is the one that brought it, once that is merged', async () => {
    hosted.person.open('change', 'main');
    hosted.person.merge(1);
    expect(await asked()).toMatchObject({ number: 1, state: 'merged' });
  });

  it('is the one whose number GitHub Actions names, whatever else has the commit', async () => {
    git(workspace, 'switch', '--quiet', '-c', 'more');
    put(workspace, { 'b.py': '' });
    commitAll(workspace);
    hosted.state.git.git('fetch', '--quiet', workspace, 'more:more');
    hosted.person.open('change', 'main');
    hosted.person.open('more', 'main');
    expect(await asked()).toBeUndefined();
    expect(await asked({ GITHUB_REF: 'refs/pull/2/merge' })).toMatchObject({ number: 2 });
    expect(github.requests.map(({ operation }) => operation)).toEqual([ASSOCIATED, 'pulls/get']);
  });

  it('is not there: a branch without one, or a commit that was not pushed yet', async () => {
    expect(await asked()).toBeUndefined();
    put(workspace, { 'a.py': '2\n' });
    commit = commitAll(workspace);
    expect(await asked()).toBeUndefined();
    expect(github.requests.map(({ status }) => status)).toEqual([200, 422]);
  });
});

describe('GitHub is not asked', () => {
  it.each([
    { what: 'without a token', job: { GITHUB_TOKEN: '' } },
    { what: 'with a token of blanks', job: { GITHUB_TOKEN: ' \n' } },
  ])('$what', async ({ job }) => {
    expect(await asked(job)).toBeUndefined();
    expect(github.requests).toEqual([]);
  });

  it.each([
    { what: 'another host', url: 'https://git.example.org/acme/tools.git' },
    { what: 'another host, by SSH', url: 'git@git.example.org:acme/tools.git' },
    { what: 'the same host at another port', url: 'http://127.0.0.1:9/acme/tools.git' },
    { what: 'a folder', url: '/srv/acme/tools.git' },
  ])('about a repository of the same name at $what', async ({ url }) => {
    hosted.person.open('change', 'main');
    git(workspace, 'remote', 'set-url', 'origin', url);
    expect(await asked()).toBeUndefined();
    expect(github.requests).toEqual([]);
    expect(await asked({ GITHUB_REPOSITORY: 'acme/tools' })).toMatchObject({ number: 1 });
  });

  it('where there is no remote, and nothing else names the repository', async () => {
    git(workspace, 'remote', 'remove', 'origin');
    expect(await asked()).toBeUndefined();
    expect(github.requests).toEqual([]);
  });
});

describe('where GitHub does not say, that is told by its kind, after one request', () => {
  it.each([
    { what: 'a token that is not taken', fault: FAULTS.badCredentials, kind: 'token' },
    { what: 'no rights', fault: FAULTS.forbidden, kind: 'rights' },
    { what: 'no such repository', fault: FAULTS.notFound, kind: 'missing' },
    { what: 'a limit', fault: FAULTS.tooManyRequests(60), kind: 'limit' },
    { what: 'the limit of the hour', fault: FAULTS.rateLimit(60), kind: 'limit' },
    { what: 'a server in trouble', fault: FAULTS.badGateway, kind: 'unreachable' },
    { what: 'a connection that ends', fault: FAULTS.cut, kind: 'unreachable' },
    { what: 'no JSON', fault: FAULTS.garbage, kind: 'unreachable' },
    { what: 'silence', fault: FAULTS.hang, kind: 'unreachable' },
  ])('$what', async ({ fault, kind }) => {
    hosted.person.open('change', 'main');
    github.fail(ASSOCIATED, fault, { times: 9 });
    await expect(asked({}, 1000)).rejects.toMatchObject({ kind });
    expect(github.requests).toHaveLength(1);
  });

  it('a text of 5 MB', async () => {
    hosted.person.open('change', 'main', 'A rate', 'x'.repeat(5_000_000));
    const kind = await asked().then(
      () => 'told',
      (error: ForgeError) => error.kind,
    );
    expect(kind).toBe('unreachable');
  });

  it('nobody there', async () => {
    const gone = { GITHUB_REPOSITORY: 'acme/tools', GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' };
    await expect(asked(gone)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});
