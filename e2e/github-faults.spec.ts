import { TOKENS } from '../tools/github/accounts';
import { FAULTS } from '../tools/github/faults';
import { TEAM, WANTED, client, github, refusal } from './github-client';

/** What goes wrong, as the real client with its plugins gets to see it. */
describe('faults of a GitHub on loopback', () => {
  it.each([
    { fault: FAULTS.badCredentials, status: 401 },
    { fault: FAULTS.forbidden, status: 403 },
    { fault: FAULTS.actionsMayNotCreate, status: 403 },
    { fault: FAULTS.notFound, status: 404 },
    { fault: FAULTS.unprocessable, status: 422 },
  ])('$fault.message: asked once, and nothing is done', async ({ fault, status }) => {
    const { server, app } = await github();
    server.fail('pulls/create', fault);
    const refused = await refusal(client(server).pulls.create(WANTED));
    expect(refused).toMatchObject({ status, data: { message: fault.message } });
    expect(server.count('pulls/create')).toBe(1);
    expect(app.pulls()).toEqual([]);
  });

  it.each([
    { name: 'too many requests', fault: FAULTS.tooManyRequests(1) },
    { name: 'the rate limit', fault: FAULTS.rateLimit(0) },
    { name: 'the secondary rate limit', fault: FAULTS.secondaryRateLimit(1) },
    { name: '500', fault: FAULTS.serverError },
    { name: '502', fault: FAULTS.badGateway },
    { name: 'a cut connection', fault: FAULTS.cut },
  ])('$name: the client asks again', async ({ fault }) => {
    const { server, app } = await github();
    server.fail('pulls/create', fault);
    expect((await client(server).pulls.create(WANTED)).data.number).toBe(1);
    expect(server.count('pulls/create')).toBe(2);
    expect(app.pulls()).toHaveLength(1);
  });

  it.each([
    { name: 'a cut connection', fault: FAULTS.cutAfterwards },
    { name: '502', fault: FAULTS.badGatewayAfterwards },
  ])('$name after the work: the client asks again, and hears that it exists', async ({ fault }) => {
    const { server, app } = await github();
    server.fail('pulls/create', fault);
    expect(await refusal(client(server).pulls.create(WANTED))).toMatchObject({
      status: 422,
      data: { errors: [{ message: 'A pull request already exists for team:fix.' }] },
    });
    expect(app.pulls()).toHaveLength(1);
  });

  it('a cut connection after a comment: the client says it twice', async () => {
    const { server, app } = await github();
    const octokit = client(server);
    await octokit.pulls.create(WANTED);
    server.fail('issues/create-comment', FAULTS.cutAfterwards);
    await octokit.issues.createComment({ ...TEAM, issue_number: 1, body: 'Frozen.' });
    expect(app.pulls()[0]!.comments).toHaveLength(2);
  });

  it('no reply: the client waits for as long as it was told to', async () => {
    const { server } = await github();
    server.fail('pulls/list', FAULTS.hang);
    const request = { signal: AbortSignal.timeout(100) };
    await expect(client(server).pulls.list({ ...TEAM, request })).rejects.toMatchObject({
      status: 500,
    });
    expect(server.requests).toMatchObject([{ operation: 'pulls/list', status: 0 }]);
  });

  it('garbage: the client takes it for a text, and for a success', async () => {
    const { server } = await github();
    server.fail('pulls/list', FAULTS.garbage);
    expect(await client(server).pulls.list(TEAM)).toMatchObject({
      ...{ status: 200, data: '{"id": 1, "numb' },
    });
  });

  it('meets the requests that were meant, so many times', async () => {
    const { server } = await github();
    const octokit = client(server);
    const target = { method: 'GET', path: /\/labels$/ };
    server.fail(target, { status: 404, message: 'Gone' }, { nth: 2, times: 2 });
    const ask = (): Promise<number> =>
      octokit.issues.listLabelsForRepo(TEAM).then(
        ({ status }) => status,
        (error: { status: number }) => error.status,
      );
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 404, 404, 200]);
    server.fail('repos/get', FAULTS.serverError, { times: Infinity });
    expect((await refusal(octokit.repos.get(TEAM))).status).toBe(500);
    expect(server.count('repos/get')).toBe(4);
    server.heal();
    expect((await octokit.repos.get(TEAM)).status).toBe(200);
  });

  it('tells what was asked, by whom', async () => {
    const { server } = await github();
    await client(server, TOKENS.workflow).pulls.create(WANTED);
    expect(server.requests).toMatchObject([
      {
        ...{ operation: 'pulls/create', method: 'POST', path: '/repos/team/app/pulls' },
        ...{ body: { head: 'fix' }, status: 201, authorization: `token ${TOKENS.workflow}` },
      },
    ]);
  });
});
