import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, ChatProgress } from '../chat';
import { failureOf, NEVER, requestOf, servers, settingsFor } from './chat.fixture';
import type { ScriptedServer } from './model-server.fixture';
import { openChat } from './open';
import type { EndpointSettings } from './settings';

const start = servers();

/** The same stories, told to both protocols by their own clients. */
describe.each([
  { api: 'Ollama', open: start.ollama, model: 'coder:7b' },
  { api: 'OpenAI-style', open: start.openAi, model: 'coder' },
])('a model on an $api server', ({ open, model }) => {
  async function given(
    more: Partial<EndpointSettings> = {},
  ): Promise<{ server: ScriptedServer; chat: Chat }> {
    const server = await open();
    return { server, chat: await openChat(settingsFor(server, more), model) };
  }
  const QUICK = { timeouts: { firstToken: 0.3, total: 0.8 } };

  it('sends its reply in bits, cut anywhere, and it arrives whole', async () => {
    const { server, chat } = await given();
    const reply = 'def test_größe():\n    assert naïve("日本語 🐍") == "“ok”"\n'.repeat(5);
    server.will({ reply, thinking: 'Hm, what 🤔 is stale?' });
    const progress: ChatProgress[] = [];
    const answer = await chat.complete(requestOf('Mend it.'), NEVER, (now) => progress.push(now));
    expect(answer.text).toBe(reply);
    expect(answer.promptTokens).toBe(requestOf('Mend it.').promptTokens);
    expect(answer.completionTokens).toBeGreaterThan(20);
    expect(progress.length).toBe(progress.at(-1)!.tokens);
    expect(progress.at(-1)!.tokens).toBeGreaterThan(answer.completionTokens);
    expect(progress[0]!.firstTokenAfter).toBe(progress.at(-1)!.firstTokenAfter);
    expect(progress.at(-1)!.elapsed).toBeGreaterThan(progress[0]!.elapsed);
  });

  it('gets the temperature, the limit of the reply, and the schema', async () => {
    const { server, chat } = await given();
    server.will({ reply: '{}' });
    const schema = { type: 'object', properties: { verdict: { type: 'string' } } };
    await chat.complete(requestOf('Plan.', { schema, temperature: 0.7, maxTokens: 321 }), NEVER);
    const sent = JSON.stringify(server.asked[0]);
    for (const part of ['"temperature":0.7', ':321', JSON.stringify(schema), '"stream":true']) {
      expect(sent).toContain(part);
    }
  });

  it('leaves no connection open, after a reply or a failure', async () => {
    const { server, chat } = await given(QUICK);
    server.will({ reply: 'yes' }, { hang: 'during' });
    await chat.complete(requestOf('Mend it.'), NEVER);
    await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    for (let tries = 0; server.open > 0 && tries < 50; tries++) await sleep(10);
    expect(server.open).toBe(0);
  });

  it('is asked by one at a time; waiting does not count as its time', async () => {
    const { server, chat } = await given({ timeouts: { firstToken: 0.6, total: 0.9 } });
    const other = await openChat(settingsFor(server, QUICK), model);
    server.will(...Array.from({ length: 4 }, () => ({ reply: 'some more words', pause: 250 })));
    const all = [chat, other, chat, other].map((of) => of.complete(requestOf('Mend it.'), NEVER));
    expect(await Promise.all(all)).toHaveLength(4);
    expect(server.mostAtOnce).toBe(1);
  });

  it('says nothing: the limit to the first token ends it', async () => {
    const { server, chat } = await given(QUICK);
    server.will({ hang: 'before' });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('first-token-timeout');
    expect(failure.message).toBe(`${model} at ${server.base} sent no first token within 0.3 s.`);
    expect(failure.hint).toMatch(/smaller model/);
  });

  it('stops in the middle: the total limit ends it, and says when the last token came', async () => {
    const { server, chat } = await given(QUICK);
    server.will({ hang: 'during' });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('total-timeout');
    expect(failure.message).toMatch(/was not done within 0.8 s: 1 token came, the last 0\.\d s/);
  });

  it.each(['before', 'during'] as const)(
    'is stopped by the user while it hangs %s',
    async (hang) => {
      const { server, chat } = await given();
      server.will({ hang });
      const began = performance.now();
      const failure = await failureOf(
        chat.complete(requestOf('Mend it.'), AbortSignal.timeout(150)),
      );
      expect(failure.kind).toBe('cancelled');
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );

  it('is not asked at all when the user stopped before', async () => {
    const { server, chat } = await given();
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), AbortSignal.abort()));
    expect(failure.kind).toBe('cancelled');
    expect(server.asked).toEqual([]);
  });

  it.each(['before', 'during', 'politely'] as const)(
    'breaks off %s: no part of a reply is used',
    async (breaks) => {
      const { server, chat } = await given();
      server.will({ breaks });
      const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
      expect(failure.kind).toBe('connection-lost');
      expect(failure.message).toContain(server.base);
    },
  );

  it('ran out of tokens: a cut reply is not used', async () => {
    const { server, chat } = await given();
    server.will({ reply: 'def test_a():\n    assert', cut: true });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('reply-cut');
    expect(failure.message).toContain('within 500 tokens');
  });

  it.each([false, true])('writes 50 MB (unbroken: %s): it is cut off early', async (unbroken) => {
    const { server, chat } = await given();
    server.will({ endless: 50_000_000, unbroken });
    const began = performance.now();
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('reply-too-long');
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('read less of the prompt than was sent: its reply is not used', async () => {
    const { server, chat } = await given();
    server.will({ reply: 'yes', promptTokens: 300 }, { reply: 'yes', promptTokens: 310 });
    const failure = await failureOf(chat.complete(requestOf('long '.repeat(1_000)), NEVER));
    expect(failure.kind).toBe('prompt-cut');
    expect(failure.message).toMatch(/read 310 tokens of a prompt of some 1254 and cut the rest/);
  });

  it('counts a little less than we do: that is the error of our estimate', async () => {
    const { server, chat } = await given();
    server.will({ reply: 'yes', promptTokens: 900 });
    const request = requestOf('long '.repeat(1_000));
    expect((await chat.complete(request, NEVER)).promptTokens).toBe(900);
    expect(server.asked).toHaveLength(1);
  });

  it('is not asked what can not fit', async () => {
    const { server, chat } = await given();
    const failure = await failureOf(
      chat.complete(requestOf('Mend it.', { promptTokens: 8_000 }), NEVER),
    );
    expect(failure.kind).toBe('context-too-small');
    expect(failure.message).toContain('prompt of 8000 tokens and a reply of up to 500');
    expect(server.asked).toEqual([]);
  });

  it('fails for a moment: it is asked again', async () => {
    const { server, chat } = await given();
    server.will({ status: 500, body: 'Internal Server Error' }, { reply: 'yes' });
    expect((await chat.complete(requestOf('Mend it.'), NEVER)).text).toBe('yes');
    expect(server.asked).toHaveLength(2);
  });

  it('is busy for a moment: it is asked again when it says so', async () => {
    const { server, chat } = await given();
    const headers = { 'retry-after': '1' };
    server.will({ status: 429, headers }, { reply: 'yes' });
    const began = performance.now();
    expect((await chat.complete(requestOf('Mend it.'), NEVER)).text).toBe('yes');
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  it('wants us to wait until tomorrow: that is said at once', async () => {
    const { server, chat } = await given();
    const tomorrow = new Date(Date.now() + 86_400_000).toUTCString();
    server.will({ status: 503, headers: { 'retry-after': tomorrow } });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('busy');
    expect(failure.message).toMatch(/asks to wait 86\d\d\d s/);
  });

  it.each([
    { status: 429, kind: 'busy' },
    { status: 503, kind: 'busy' },
    { status: 500, kind: 'server-error' },
    { status: 504, kind: 'server-error' },
  ])('answers $status again and again: tried four times, then said', async ({ status, kind }) => {
    const { server, chat } = await given();
    const headers = { 'retry-after': '0' };
    const body = { error: { message: 'Upstream timed out' } };
    server.will(...Array.from({ length: 5 }, () => ({ status, headers, body })));
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain('Upstream timed out');
    expect(server.asked).toHaveLength(4);
  });

  it('has not enough memory: said, and not tried again', async () => {
    const { server, chat } = await given();
    const words = 'model requires more system memory (9.1 GiB) than is available (3.2 GiB)';
    server.will({ status: 500, body: { error: words } }, { error: 'CUDA error: out of memory' });
    for (const part of ['9.1 GiB', 'CUDA']) {
      const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
      expect(failure.kind).toBe('out-of-memory');
      expect(failure.message).toContain(part);
      expect(failure.hint).toMatch(/smaller model/);
    }
    expect(server.asked).toHaveLength(2);
  });

  it('gives up in the middle of the stream: its words are passed on', async () => {
    const { server, chat } = await given();
    server.will({ error: 'unexpected EOF\nfrom runner' });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('server-error');
    expect(failure.message).toContain('“unexpected EOF from runner”');
  });

  it('sends what is no message: the reply is not used without that part', async () => {
    const { server, chat } = await given();
    server.will({ noise: '{"message": {"content": "lo' });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('bad-protocol');
  });

  it('is replaced by a web page', async () => {
    const { server, chat } = await given();
    const headers = { 'content-type': 'text/html' };
    server.will({ status: 200, headers, body: '<html>Welcome</html>' });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('no-model-server');
    expect(failure.message).toContain('200 text/html');
  });

  it('is removed while we work', async () => {
    const { server, chat } = await given();
    server.will({
      status: 404,
      body: { error: `model '${model}' not found, try pulling it first` },
    });
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('missing-model');
  });

  it('is gone with its server', async () => {
    const { server, chat } = await given();
    await server.stop();
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('unreachable');
    expect(failure.hint).toMatch(/LLM_BASE/);
  });
});
