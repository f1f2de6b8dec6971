import { createServer as createSocketServer } from 'node:net';
import { once } from 'node:events';
import { UsageError } from '../../errors';
import { failureOf, NEVER, requestOf, servers, settingsFor } from './chat.fixture';
import { ScriptedServer, sendJson, type Handler } from './model-server.fixture';
import { openChat, openEndpoint } from './open';

const start = servers();
const serve = async (handler: Handler): Promise<ScriptedServer> =>
  start.keep(await new ScriptedServer(handler).start());

describe('what speaks at LLM_BASE', () => {
  it.each(['', '/', '/v1', '/v1/'])('an Ollama is known by asking, at …%s', async (end) => {
    const server = await start.ollama({ otherwise: { reply: 'yes' } });
    const chat = await openChat(settingsFor({ base: server.base + end }), 'coder:7b');
    await chat.complete(requestOf('Mend it.'), NEVER);
    expect(server.received.at(-2)!.path).toBe('/api/chat');
  });

  it.each(['', '/', '/v1', '/v1/'])('an OpenAI-style server too, at …%s', async (end) => {
    const server = await start.openAi({ otherwise: { reply: 'yes' } });
    const chat = await openChat(settingsFor({ base: server.base + end }), 'coder');
    await chat.complete(requestOf('Mend it.'), NEVER);
    expect(server.received.at(-1)!.path).toBe('/v1/chat/completions');
  });

  it('is not asked when LLM_API says it', async () => {
    const server = await start.openAi();
    await openChat(settingsFor(server, { api: 'openai' }), 'coder');
    expect(server.received.map(({ path }) => path)).toEqual(['/v1/models']);
  });

  it('is another than LLM_API says', async () => {
    const server = await start.openAi();
    const failure = await failureOf(openChat(settingsFor(server, { api: 'ollama' }), 'coder'));
    expect(failure.kind).toBe('no-model-server');
    expect(failure.hint).toContain('LLM_API');
  });

  it('is nothing', async () => {
    const server = await serve(() => undefined);
    await server.stop();
    const failure = await failureOf(openEndpoint(settingsFor(server)));
    expect(failure.kind).toBe('unreachable');
    expect(failure.message).toBe(`Nothing answers at ${server.base} (ECONNREFUSED).`);
    expect(failure.hint).toContain('ollama serve');
  });

  it.each([
    { what: 'a web page for everything', status: 200, type: 'text/html', seen: '200 text/html' },
    { what: 'a web page with 404', status: 404, type: 'text/html', seen: 'HTTP 404' },
    { what: 'a web page with 500', status: 500, type: 'text/html', seen: 'HTTP 500' },
    { what: 'other JSON', status: 200, type: 'application/json', seen: 'other JSON', body: '[1]' },
    {
      what: 'JSON errors with 200',
      status: 200,
      type: 'application/json',
      seen: 'other JSON',
      body: '{"error":"Unexpected endpoint"}',
    },
    {
      what: 'broken JSON',
      status: 200,
      type: 'application/json',
      seen: 'broken JSON',
      body: '{"ver',
    },
  ])('is something else: $what', async ({ status, type, seen, body = '<html></html>' }) => {
    const server = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    const failure = await failureOf(openEndpoint(settingsFor(server)));
    expect(failure.kind).toBe('no-model-server');
    expect(failure.message).toContain(`answered /api/version with ${seen}`);
  });

  it('speaks no HTTP', async () => {
    const server = createSocketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const failure = await failureOf(openEndpoint({ base: `http://127.0.0.1:${String(port)}` }));
    expect(failure.kind).toBe('no-model-server');
    server.close();
  });

  it('sends us elsewhere: the key does not follow', async () => {
    const other = await start.openAi();
    const server = await serve((request, response) => {
      response.writeHead(307, { location: other.base + request.path }).end();
    });
    const failure = await failureOf(
      openChat(settingsFor(server, { api: 'openai', apiKey: 'sk-1' }), 'coder'),
    );
    expect(failure.kind).toBe('no-model-server');
    expect(failure.message).toContain(`to ${other.base}/v1/models`);
    expect(other.received).toEqual([]);
  });

  it('is still loading', async () => {
    const server = await serve((_request, response) => {
      sendJson(response, { error: { message: 'Loading model', code: 503 } }, 503);
    });
    const failure = await failureOf(openEndpoint(settingsFor(server)));
    expect(failure.kind).toBe('busy');
    expect(failure.message).toContain('Loading model');
  });

  it('is asked on this machine, whatever proxy the environment names', async () => {
    const before = { ...process.env };
    const proxy = await serve((_request, response) => {
      response.writeHead(502).end();
    });
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) process.env[name] = proxy.base;
    process.env['NODE_USE_ENV_PROXY'] = '1';
    try {
      const server = await start.ollama({ otherwise: { reply: 'yes' } });
      const chat = await openChat(settingsFor(server), 'coder:7b');
      expect((await chat.complete(requestOf('Mend it.'), NEVER)).text).toBe('yes');
      expect(proxy.received).toEqual([]);
    } finally {
      process.env = before;
    }
  });

  it('is not this machine, and a proxy is in the way: that is said', async () => {
    const before = { ...process.env };
    process.env['HTTP_PROXY'] = 'http://me:hunter2@127.0.0.1:1';
    try {
      const failure = await failureOf(openEndpoint({ base: 'http://llm.invalid:11434' }));
      expect(failure.kind).toBe('unreachable');
      expect(failure.message).toContain('the proxy http://127.0.0.1:1 ');
      expect(failure.message).toContain('NO_PROXY');
    } finally {
      process.env = before;
    }
  });

  it('can not be read as an address', async () => {
    await expect(openEndpoint({ base: 'not a url' })).rejects.toThrow(UsageError);
  });
});
