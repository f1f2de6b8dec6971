import { UsageError } from '../../errors';
import { failureOf, NEVER, requestOf, servers, settingsFor } from './chat.fixture';
import { openChat, openEndpoint } from './open';

const start = servers();

describe('an OpenAI-style server', () => {
  it('gets the key, and nothing out of the environment', async () => {
    process.env['OPENAI_ORG_ID'] = 'org-private';
    process.env['OPENAI_CUSTOM_HEADERS'] = 'x-private: yes';
    try {
      const server = await start.openAi({ key: 'sk-1' });
      server.will({ reply: 'yes' });
      const chat = await openChat(settingsFor(server, { apiKey: 'sk-1' }), 'coder');
      await chat.complete(requestOf('Mend it.'), NEVER);
      for (const { headers } of server.received.slice(1)) {
        expect(headers.authorization).toBe('Bearer sk-1');
        expect(JSON.stringify(headers)).not.toMatch(/private|stainless/);
      }
    } finally {
      delete process.env['OPENAI_ORG_ID'];
      delete process.env['OPENAI_CUSTOM_HEADERS'];
    }
  });

  it('wants a key, or refuses it: said without repeating it', async () => {
    const server = await start.openAi({ key: 'sk-1' });
    const without = await failureOf(openChat(settingsFor(server), 'coder'));
    expect(without).toMatchObject({ kind: 'denied', hint: 'Set LLM_API_KEY.' });
    const wrong = await failureOf(
      openChat(settingsFor(server, { apiKey: 'sk-wrong-wrong' }), 'coder'),
    );
    expect(wrong.kind).toBe('denied');
    expect(wrong.message).toContain(
      'refused the key: HTTP 401, “Incorrect API key provided: Bearer ***',
    );
  });

  it('may do without the schema, counts, a temperature, and the old name of the limit', async () => {
    const refuses = ['response_format', 'stream_options', 'temperature', 'max_tokens'];
    const server = await start.openAi({ refuses, otherwise: { reply: 'yes' } });
    const chat = await openChat(settingsFor(server), 'coder');
    const request = requestOf('Mend it.', { schema: { type: 'object' } });
    const reply = await chat.complete(request, NEVER);
    expect(reply).toEqual({ text: 'yes', promptTokens: request.promptTokens, completionTokens: 1 });
    expect(server.asked).toHaveLength(5);
    expect(server.asked[4]).toMatchObject({ max_completion_tokens: 500 });
    await chat.complete(request, NEVER);
    expect(server.asked).toHaveLength(6);
  });

  it('that refuses for another reason is not asked again', async () => {
    const server = await start.openAi();
    server.will({ status: 400, body: { error: { message: 'template error' } } });
    const chat = await openChat(settingsFor(server), 'coder');
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure).toMatchObject({ kind: 'server-error' });
    expect(failure.message).toContain('template error');
  });

  it('whose context is too small says so in its own words', async () => {
    const server = await start.openAi();
    const message = 'the request exceeds the available context size';
    server.will({
      status: 400,
      body: { error: { code: 400, message, type: 'exceed_context_size_error' } },
    });
    const chat = await openChat(settingsFor(server), 'coder');
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), NEVER));
    expect(failure.kind).toBe('context-too-small');
    expect(failure.message).toContain(message);
  });

  it.each([
    { server: 'vLLM', row: { max_model_len: 4_096 } },
    { server: 'llama.cpp', row: { meta: { n_ctx_train: 4_096 } } },
  ])('tells the context in its list: $server', async ({ row }) => {
    const server = await start.openAi({ models: [{ id: 'coder', ...row }] });
    const endpoint = await openEndpoint(settingsFor(server));
    const info = { name: 'coder', digest: null, bytes: null, contextTokens: 4_096 };
    expect(await endpoint.models(NEVER)).toEqual([info]);
    const failure = await failureOf(openChat(settingsFor(server), 'coder'));
    expect(failure.kind).toBe('context-too-small');
  });

  it('that lists no models is used when LLM_API names the protocol', async () => {
    const server = await start.openAi({ models: null, otherwise: { reply: 'yes' } });
    expect((await failureOf(openChat(settingsFor(server), 'coder'))).hint).toContain('LLM_API');
    const chat = await openChat(settingsFor(server, { api: 'openai' }), 'coder');
    expect((await chat.complete(requestOf('Mend it.'), NEVER)).text).toBe('yes');
  });

  it('gets a key that was read from a file with its line end; no other text is a key', async () => {
    const server = await start.openAi({ key: 'sk-1' });
    const chat = await openChat(settingsFor(server, { apiKey: ' sk-1\n' }), 'coder');
    expect(chat.model).toBe('coder');
    await expect(openChat(settingsFor(server, { apiKey: 'sk-1\nsk-2' }), 'coder')).rejects.toThrow(
      'LLM_API_KEY is no key',
    );
  });

  it('without the model says what it has', async () => {
    const server = await start.openAi();
    const failure = await failureOf(openChat(settingsFor(server), 'coder:7b'));
    expect(failure.kind).toBe('missing-model');
    expect(failure.message).toContain('has no model coder:7b. It has coder.');
    expect(failure.hint).not.toContain('ollama');
  });

  it("can't be told to fetch a model", async () => {
    const server = await start.openAi();
    const endpoint = await openEndpoint(settingsFor(server));
    await expect(endpoint.pull('coder', NEVER)).rejects.toThrow(UsageError);
  });
});
