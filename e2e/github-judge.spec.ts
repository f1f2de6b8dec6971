import { connect } from 'node:net';
import { TOKENS } from '../tools/github/accounts';
import { Contract } from '../tools/github/contract';
import { GitHub } from '../tools/github/server';
import { bareRepository, WANTED } from './github-client';

/** Who asks wrongly, or is answered wrongly, gets a red spec, whatever a client makes of the reply. */
describe('the judge of a GitHub on loopback', () => {
  /** One request by hand, and what stopping the server says then. */
  async function verdict(
    act: (ask: typeof fetch, hosted: ReturnType<GitHub['host']>) => Promise<unknown>,
  ): Promise<string> {
    const server = await GitHub.start();
    const hosted = server.host('team/app', bareRepository());
    await act(
      (path, options) =>
        fetch(`${server.apiUrl}${path as string}`, {
          headers: { authorization: `token ${TOKENS.write}`, 'content-type': 'application/json' },
          ...options,
        }),
      hosted,
    );
    return server.stop().then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
  }

  const post = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
  const PULLS = '/repos/team/app/pulls';

  it('finds nothing wrong with a request as it should be', async () => {
    const { title, head, base } = WANTED;
    expect(await verdict((ask) => ask(PULLS, post({ title, head, base })))).toBe('nothing');
  });

  it.each([
    {
      what: 'a missing field',
      body: { title: 'x', head: 'fix' },
      says: "must have required property 'base'",
    },
    {
      what: 'a wrong type',
      body: { title: 5, head: 'fix', base: 'main' },
      says: '/requestBody/title must be string',
    },
    {
      what: 'a field of another request',
      body: { title: 'x', head: 'fix', base: 'main', labels: [] },
      says: 'has labels, which',
    },
  ])('finds $what', async ({ body, says }) => {
    expect(await verdict((ask) => ask(PULLS, post(body)))).toContain(says);
  });

  it('finds a query that GitHub would not take', async () => {
    expect(await verdict((ask) => ask(`${PULLS}?state=merged`))).toContain(
      'must be equal to one of the allowed values',
    );
  });

  it('finds what GitHub does not have', async () => {
    expect(await verdict((ask) => ask('/repos/team/app/pullrequests'))).toContain(
      'GET /repos/team/app/pullrequests: GitHub has no such operation',
    );
  });

  it('finds a broken reply', async () => {
    const broken = verdict((ask, { state }) => {
      state.addLabel('sentries').color = 7 as never;
      return ask('/repos/team/app/labels');
    });
    expect(await broken).toContain(
      'reply of issues/list-labels-for-repo, 200: /0/color must be string',
    );
  });

  it('takes no reply with a field that GitHub does not have', async () => {
    const contract = await Contract.open(['pulls/get']);
    const pull = { number: 1, head: { repo: { titel: 'x' } } };
    expect(() => contract.complete('pulls/get', 200, pull)).toThrow(
      "pulls/get.head.repo: GitHub's description has no titel",
    );
  });

  it('knows no operation that GitHub does not have', async () => {
    await expect(Contract.open(['pulls/get', 'pulls/guess'])).rejects.toThrow(
      'GitHub describes no pulls/guess',
    );
  });

  it('thinks nothing of a client that was killed in the middle of a request', async () => {
    const gone = verdict(async (_ask, { remote }) => {
      const socket = connect(Number(new URL(remote).port), '127.0.0.1');
      socket.write(
        'POST /repos/team/app/pulls HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"ti',
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(await gone).toBe('nothing');
  });
});
