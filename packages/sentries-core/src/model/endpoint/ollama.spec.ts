import { failureOf, NEVER, requestOf, servers, settingsFor } from './chat.fixture';
import type { PullProgress } from './endpoint';
import { openChat, openEndpoint } from './open';

const start = servers();
/** Some 1,000 tokens, as the server counts. */
const LONG = 'assert total == 3 '.repeat(222);

describe('Ollama', () => {
  it('is always told the context, and to keep the model', async () => {
    const server = await start.ollama();
    server.will({ reply: 'yes' });
    const chat = await openChat(settingsFor(server), 'coder:7b');
    await chat.complete(requestOf('Mend it.'), NEVER);
    expect(server.asked[0]).toMatchObject({
      options: { num_ctx: 8_192, num_predict: 500, temperature: 0.2 },
      keep_alive: '10m',
      truncate: false,
      shift: false,
    });
  });

  it('refuses what does not fit, though our count says it does', async () => {
    const server = await start.ollama({ loads: 512 });
    server.will({ reply: 'yes' });
    const chat = await openChat(settingsFor(server), 'coder:7b');
    const failure = await failureOf(chat.complete(requestOf(LONG), NEVER));
    expect(failure.kind).toBe('context-too-small');
    expect(failure.message).toContain('the input length exceeds the context length');
  });

  it('that is older cuts without a word: found by its count', async () => {
    const server = await start.ollama({ loads: 512, age: 'old' });
    server.will({ reply: 'yes' }, { reply: 'yes' });
    const chat = await openChat(settingsFor(server), 'coder:7b');
    const failure = await failureOf(chat.complete(requestOf(LONG), NEVER));
    expect(failure.kind).toBe('prompt-cut');
    expect(failure.message).toMatch(/read 258 tokens of a prompt of some 1003/);
  });

  it('that filled its context to the brim has cut', async () => {
    const server = await start.ollama({ loads: 1_024 });
    server.will({ reply: 'yes', promptTokens: 1_024 });
    const chat = await openChat(settingsFor(server), 'coder:7b');
    const failure = await failureOf(chat.complete(requestOf(LONG), NEVER));
    expect(failure.kind).toBe('prompt-cut');
    expect(failure.message).toContain('its context for coder:7b is 1024');
  });

  it('that does not count what is in its cache is asked past the cache, once', async () => {
    const server = await start.ollama({ age: 'ancient', otherwise: { reply: 'yes' } });
    const chat = await openChat(settingsFor(server), 'coder:7b');
    const request = requestOf(LONG);
    for (const asked of [1, 3, 4]) {
      const reply = await chat.complete(request, NEVER);
      expect(reply.promptTokens).toBeGreaterThanOrEqual(request.promptTokens);
      expect(reply.promptTokens).toBeLessThan(request.promptTokens + 15);
      expect(server.asked).toHaveLength(asked);
    }
  });

  it('that never counts is not trusted', async () => {
    const server = await start.ollama({ otherwise: { reply: 'yes', promptTokens: null } });
    const chat = await openChat(settingsFor(server), 'coder:7b');
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('prompt-cut');
    expect(failure.hint).toBe('Update the model server.');
  });

  it('without the model says how to get it, and what it has', async () => {
    const server = await start.ollama();
    const failure = await failureOf(openChat(settingsFor(server), 'qwen:7b'));
    expect(failure.kind).toBe('missing-model');
    expect(failure.message).toBe(
      `${server.base} has no model qwen:7b. It has coder:7b, planner:latest.`,
    );
    expect(failure.hint).toContain('`ollama pull qwen:7b` or `npx sentries models pull`');
  });

  it('knows a model without its tag', async () => {
    const server = await start.ollama({ otherwise: { reply: 'yes' } });
    const chat = await openChat(settingsFor(server), 'planner');
    expect((await chat.complete(requestOf('Mend it.'), NEVER)).text).toBe('yes');
  });

  it('has a model that is too small for the context', async () => {
    const server = await start.ollama({ models: { 'tiny:1b': 2_048 } });
    const failure = await failureOf(openChat(settingsFor(server), 'tiny:1b'));
    expect(failure.kind).toBe('context-too-small');
    expect(failure.message).toContain('a context of 2048 tokens, fewer than the 8192 that are set');
  });

  it('lists, shows and fetches models', async () => {
    const server = await start.ollama({ models: { 'coder:7b': 32_768 } });
    const endpoint = await openEndpoint(settingsFor(server));
    const coder = { name: 'coder:7b', digest: '42182419e950', bytes: 4_700_000_000 };
    expect(await endpoint.models(NEVER)).toEqual([{ ...coder, contextTokens: null }]);
    expect(await endpoint.show('coder:7b', NEVER)).toEqual({ ...coder, contextTokens: 32_768 });
    const progress: PullProgress[] = [];
    await endpoint.pull('qwen:7b', NEVER, (now) => progress.push(now));
    expect(progress).toContainEqual({ status: 'pulling 1a2b3c', completed: 600, total: 1_000 });
    expect(progress.at(-1)).toEqual({ status: 'success', completed: null, total: null });
    expect(await endpoint.show('qwen:7b', NEVER)).toMatchObject({ contextTokens: 8_192 });
    const failure = await failureOf(endpoint.pull('no-such:7b', NEVER));
    expect(failure.message).toContain('“pull model manifest: file does not exist”');
  });
});
