import type { Octokit } from '@octokit/rest';
import { TOKENS } from '../tools/github/accounts';
import { TEAM, WANTED, client, github, refusal } from './github-client';

/** The double is only worth something if it says what GitHub says: here it is held to that, by GitHub's own client. */
describe('a GitHub on loopback', () => {
  it('opens, shows, changes and closes a pull request', async () => {
    const { server, git, app } = await github();
    const octokit = client(server);
    const { data: made } = await octokit.pulls.create({ ...WANTED, draft: true });
    expect(made).toMatchObject({
      ...{ number: 1, state: 'open', draft: true, title: 'A fix', body: 'Why.' },
      user: { login: 'sentry-account', type: 'User' },
      head: { ref: 'fix', label: 'team:fix', sha: git.heads().get('fix') },
      base: { ref: 'main', sha: git.heads().get('main'), repo: { full_name: 'team/app' } },
      ...{ commits: 1, changed_files: 1, additions: 1, deletions: 0, merged: false },
      html_url: `${server.url}/team/app/pull/1`,
    });
    const pull = { ...TEAM, pull_number: 1 };
    await octokit.pulls.update({ ...pull, title: 'Another', body: 'So.' });
    expect((await octokit.pulls.get(pull)).data).toMatchObject({ title: 'Another', body: 'So.' });
    expect((await octokit.pulls.listFiles(pull)).data).toMatchObject([{ filename: 'test_app.py' }]);
    expect((await octokit.pulls.listCommits(pull)).data).toMatchObject([
      {
        sha: git.heads().get('fix'),
        commit: { message: 'A test', author: { name: 'Pat Person' } },
      },
    ]);
    await octokit.pulls.update({ ...pull, state: 'closed' });
    expect((await octokit.pulls.list(TEAM)).data).toEqual([]);
    expect((await octokit.issues.get({ ...TEAM, issue_number: 1 })).data).toMatchObject({
      state: 'closed',
      closed_by: { login: 'sentry-account' },
    });
    await octokit.pulls.update({ ...pull, state: 'open' });
    expect(app.pulls()).toMatchObject([{ title: 'Another', closed: undefined }]);
    expect(server.writes()).toEqual([
      'pulls/create',
      'pulls/update',
      'pulls/update',
      'pulls/update',
    ]);
  });

  it.each([
    {
      what: 'a head that is not there',
      wanted: { head: 'nowhere' },
      error: { resource: 'PullRequest', field: 'head', code: 'invalid' },
    },
    {
      what: 'a base that is not there',
      wanted: { base: 'nowhere' },
      error: { resource: 'PullRequest', field: 'base', code: 'invalid' },
    },
    {
      what: 'a branch without commits of its own',
      wanted: { head: 'main', base: 'fix' },
      error: {
        resource: 'PullRequest',
        code: 'custom',
        message: 'No commits between fix and main',
      },
    },
    {
      what: 'a body that is too long',
      wanted: { body: 'x'.repeat(65_537) },
      error: {
        ...{ resource: 'Issue', code: 'custom', field: 'body' },
        message: 'body is too long (maximum is 65536 characters)',
      },
    },
  ])('makes no pull request of $what', async ({ wanted, error }) => {
    const { server, app } = await github();
    expect(await refusal(client(server).pulls.create({ ...WANTED, ...wanted }))).toMatchObject({
      status: 422,
      data: { message: 'Validation Failed', errors: [error] },
    });
    expect(app.pulls()).toEqual([]);
  });

  it('has one open pull request between two branches', async () => {
    const { server, app } = await github();
    const octokit = client(server);
    await octokit.pulls.create({ ...WANTED, body: 'x'.repeat(65_536) });
    const { status, data } = await refusal(octokit.pulls.create(WANTED));
    expect({ status, data }).toMatchObject({
      status: 422,
      data: {
        errors: [{ code: 'custom', message: 'A pull request already exists for team:fix.' }],
      },
    });
    app.person.close(1);
    const both = await Promise.allSettled(
      [client(server), client(server)].map((one) => one.pulls.create(WANTED)),
    );
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(app.pulls().map(({ number }) => number)).toEqual([1, 2]);
  });

  it('lists by state, head and base, in pages', async () => {
    const { server, git } = await github();
    const octokit = client(server);
    for (let number = 1; number <= 7; number++) {
      git.commit(`fix-${number}`, { 'a.py': `${number}\n` }, 'Fix', { from: 'main' });
      await octokit.pulls.create({ ...WANTED, head: `fix-${number}` });
    }
    await octokit.pulls.update({ ...TEAM, pull_number: 4, state: 'closed' });
    const numbers = async (query: Parameters<Octokit['pulls']['list']>[0]): Promise<number[]> =>
      (await octokit.paginate(octokit.pulls.list, { per_page: 2, ...query! })).map(
        ({ number }) => number,
      );
    expect(await numbers(TEAM)).toEqual([7, 6, 5, 3, 2, 1]);
    expect(await numbers({ ...TEAM, state: 'all', direction: 'asc' })).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
    expect(await numbers({ ...TEAM, state: 'closed', base: 'main' })).toEqual([4]);
    expect(await numbers({ ...TEAM, base: 'elsewhere' })).toEqual([]);
    expect(await numbers({ ...TEAM, head: 'team:fix-5' })).toEqual([5]);
    // As on GitHub, where a head without its owner is no filter.
    expect(await numbers({ ...TEAM, head: 'fix-5' })).toHaveLength(6);
    const { headers } = await octokit.pulls.list({ ...TEAM, per_page: 2, page: 2 });
    expect(headers.link).toMatch(/page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last"/);
  });

  it('tells which pull requests a commit belongs to', async () => {
    const { server, git, app } = await github();
    const octokit = client(server);
    const commit_sha = git.heads().get('fix')!;
    const numbers = async (): Promise<number[]> => {
      const { data } = await octokit.repos.listPullRequestsAssociatedWithCommit({
        ...TEAM,
        commit_sha,
      });
      return data.map(({ number }) => number);
    };
    expect(await numbers()).toEqual([]);
    git.commit('more', { 'b.py': '' }, 'More', { from: 'fix' });
    for (const head of ['fix', 'more']) await octokit.pulls.create({ ...WANTED, head });
    expect(await numbers()).toEqual([1, 2]);
    app.person.close(2);
    expect(await numbers()).toEqual([1]);
    app.person.merge(1);
    expect(await numbers()).toEqual([1]);
    const gone = { ...TEAM, commit_sha: 'a'.repeat(40) };
    const { status } = await refusal(octokit.repos.listPullRequestsAssociatedWithCommit(gone));
    expect(status).toBe(422);
  });

  it('keeps labels, of the repository and of pull requests', async () => {
    const { server, app } = await github();
    const octokit = client(server);
    await octokit.pulls.create(WANTED);
    const issue = { ...TEAM, issue_number: 1 };
    const label = { ...TEAM, name: 'tests-sentry:done' };
    expect((await refusal(octokit.issues.getLabel(label))).status).toBe(404);
    await octokit.issues.createLabel({ ...label, color: '0e8a16', description: 'Mended.' });
    expect((await octokit.issues.getLabel(label)).data).toMatchObject({ color: '0e8a16' });
    expect(
      await refusal(octokit.issues.createLabel({ ...TEAM, name: 'Tests-Sentry:Done' })),
    ).toMatchObject({
      status: 422,
      data: { errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }] },
    });
    await octokit.issues.updateLabel({ ...label, color: 'ffffff' });
    await octokit.issues.addLabels({ ...issue, labels: ['tests-sentry:done', 'new'] });
    await octokit.issues.addLabels({ ...issue, labels: ['new'] });
    expect(
      (await octokit.issues.listLabelsOnIssue(issue)).data.map(({ name, color }) => [name, color]),
    ).toEqual([
      ['tests-sentry:done', 'ffffff'],
      ['new', 'ededed'],
    ]);
    expect((await octokit.issues.listLabelsForRepo(TEAM)).data).toHaveLength(2);
    await octokit.issues.removeLabel({ ...issue, name: 'new' });
    expect(await refusal(octokit.issues.removeLabel({ ...issue, name: 'new' }))).toMatchObject({
      status: 404,
      data: { message: 'Label does not exist' },
    });
    await octokit.issues.setLabels({ ...issue, labels: ['only'] });
    expect(app.pulls()[0]!.labels).toMatchObject([{ name: 'only' }]);
    const listed = await octokit.issues.listForRepo({ ...TEAM, labels: 'only' });
    expect(listed.data).toMatchObject([
      { number: 1, pull_request: {}, labels: [{ name: 'only' }] },
    ]);
    expect((await octokit.issues.listForRepo({ ...TEAM, labels: 'only,new' })).data).toEqual([]);
  });

  it('keeps comments', async () => {
    const { server, app } = await github();
    const octokit = client(server);
    await octokit.pulls.create(WANTED);
    const issue = { ...TEAM, issue_number: 1 };
    const { data } = await octokit.issues.createComment({ ...issue, body: 'First.' });
    app.person.comment(1, 'Thanks.');
    const comment = { ...TEAM, comment_id: data.id };
    await octokit.issues.updateComment({ ...comment, body: 'Better.' });
    expect((await octokit.issues.getComment(comment)).data.body).toBe('Better.');
    expect(
      (await octokit.issues.listComments(issue)).data.map(({ user, body }) => [user!.login, body]),
    ).toEqual([
      ['sentry-account', 'Better.'],
      ['maintainer', 'Thanks.'],
    ]);
    const long = octokit.issues.createComment({ ...issue, body: 'x'.repeat(65_537) });
    expect((await refusal(long)).status).toBe(422);
    await octokit.issues.deleteComment(comment);
    expect(app.pulls()[0]!.comments).toMatchObject([{ body: 'Thanks.' }]);
  });

  it('shows the repository, its branches and refs, and who asks', async () => {
    const { server, git, app } = await github();
    const octokit = client(server);
    const fix = git.commit('ai-test-fixes/1', { 'a.py': '1\n' }, 'Fix', { from: 'main' });
    app.protect('main');
    expect((await octokit.repos.get(TEAM)).data).toMatchObject({
      ...{ default_branch: 'main', private: false, permissions: { push: true } },
    });
    expect((await octokit.repos.getBranch({ ...TEAM, branch: 'main' })).data.protected).toBe(true);
    expect(
      (await octokit.repos.getBranch({ ...TEAM, branch: 'ai-test-fixes/1' })).data,
    ).toMatchObject({
      protected: false,
      commit: { sha: fix },
    });
    expect(await refusal(octokit.repos.getBranch({ ...TEAM, branch: 'no' }))).toMatchObject({
      status: 404,
      data: { message: 'Branch not found' },
    });
    const branches = await octokit.repos.listBranches({ ...TEAM, protected: true });
    expect(branches.data.map(({ name }) => name)).toEqual(['main']);
    const ref = { ...TEAM, ref: 'heads/ai-test-fixes/1' };
    expect((await octokit.git.getRef(ref)).data.object.sha).toBe(fix);
    const matching = await octokit.git.listMatchingRefs({ ...TEAM, ref: 'heads/ai-test-fixes/' });
    expect(matching.data.map((one) => one.ref)).toEqual(['refs/heads/ai-test-fixes/1']);
    await octokit.git.deleteRef(ref);
    expect(git.heads().has('ai-test-fixes/1')).toBe(false);
    expect(await refusal(octokit.git.deleteRef(ref))).toMatchObject({
      status: 422,
      data: { message: 'Reference does not exist' },
    });
    expect((await refusal(octokit.git.getRef(ref))).status).toBe(404);
    expect((await octokit.users.getAuthenticated()).data.login).toBe('sentry-account');
  });

  it('follows the branches', async () => {
    const { server, git, app } = await github();
    const octokit = client(server);
    const get = async (pull_number: number) =>
      (await octokit.pulls.get({ ...TEAM, pull_number })).data;
    await octokit.pulls.create(WANTED);
    const pushed = app.person.push('fix', { 'more.py': '1\n' });
    expect(await get(1)).toMatchObject({ state: 'open', head: { sha: pushed }, commits: 2 });
    const merged = app.person.merge(1);
    expect(await get(1)).toMatchObject({ state: 'closed', merged: true, merge_commit_sha: merged });
    expect((await octokit.pulls.checkIfMerged({ ...TEAM, pull_number: 1 })).status).toBe(204);
    expect(git.heads().get('main')).toBe(merged);

    git.commit('other', { 'b.py': '1\n' }, 'Other', { from: 'main' });
    await octokit.pulls.create({ ...WANTED, head: 'other' });
    app.person.deleteBranch('other');
    expect(await get(2)).toMatchObject({ state: 'closed', merged: false });
    expect(
      await refusal(octokit.pulls.update({ ...TEAM, pull_number: 2, state: 'open' })),
    ).toMatchObject({
      status: 422,
      data: {
        errors: [{ message: 'state cannot be changed. The other branch has been deleted.' }],
      },
    });
  });

  it('moves a stacked pull request down when what it stands on is merged and deleted', async () => {
    const { server, git, app } = await github();
    const octokit = client(server);
    git.commit('upper', { 'u.py': '1\n' }, 'Upper', { from: 'fix' });
    await octokit.pulls.create(WANTED);
    await octokit.pulls.create({ ...WANTED, head: 'upper', base: 'fix' });
    app.person.merge(1, { how: 'squash', deleteBranch: true });
    expect((await octokit.pulls.get({ ...TEAM, pull_number: 2 })).data).toMatchObject({
      state: 'open',
      base: { ref: 'main' },
    });
  });

  it.each([
    { who: 'a token that was withdrawn', token: TOKENS.revoked, status: 401 },
    { who: 'a token that may read', token: TOKENS.read, status: 403 },
    { who: 'nobody', token: null, status: 401 },
  ])('lets $who change nothing', async ({ token, status }) => {
    const { server, app } = await github();
    expect((await refusal(client(server, token).pulls.create(WANTED))).status).toBe(status);
    expect(app.pulls()).toEqual([]);
  });

  it('does not say to just anybody that a hidden repository exists', async () => {
    const { server } = await github({ hidden: true });
    expect((await refusal(client(server, null).repos.get(TEAM))).status).toBe(404);
    expect((await client(server, TOKENS.read).repos.get(TEAM)).data).toMatchObject({
      private: true,
      permissions: { push: false },
    });
  });

  it('gives the token of a workflow no account', async () => {
    const { server } = await github();
    const octokit = client(server, TOKENS.workflow);
    expect((await refusal(octokit.users.getAuthenticated())).status).toBe(403);
    expect((await octokit.pulls.create(WANTED)).data.user).toMatchObject({
      login: 'github-actions[bot]',
      type: 'Bot',
    });
  });
});
