import {
  countTokens,
  ScriptedServer,
  sendJson,
  type Behaviour,
  type Received,
  type Wire,
} from './model-server.fixture';

export interface OllamaOptions {
  /** Name → context length. */
  readonly models?: Readonly<Record<string, number>>;
  /** The context that models are loaded with, whatever is asked for. */
  readonly loads?: number;
  /** `new` refuses what does not fit, if asked to; `old` cuts it; `ancient` does not count what is in its cache either. */
  readonly age?: 'new' | 'old' | 'ancient';
  /** What comes when the script is at its end. */
  readonly otherwise?: Behaviour;
}

/** An Ollama that says what the script tells it to, over its real protocol. */
export async function startOllama(options: OllamaOptions = {}): Promise<ScriptedServer> {
  const { models = { 'coder:7b': 32_768, 'planner:latest': 8_192 }, age = 'new' } = options;
  const pulled = new Map(Object.entries(models));
  const loaded = new Map<string, number>();
  let lastPrompt = '';

  const chat = async (
    { body }: Received,
    response: Parameters<ConstructorParameters<typeof ScriptedServer>[0]>[1],
  ): Promise<void> => {
    const model = body['model'] as string;
    if (!pulled.has(model) && !pulled.has(`${model}:latest`)) {
      sendJson(response, { error: `model '${model}' not found` }, 404);
      return;
    }
    const messages = body['messages'] as { content: string }[];
    const prompt = messages.map(({ content }) => content).join('\n');
    const asked = (body['options'] as { num_ctx?: number } | undefined)?.num_ctx ?? 4_096;
    const context = Math.min(asked, options.loads ?? Infinity);
    loaded.set(model, context);
    let tokens: number | null = countTokens(prompt);
    if (tokens > context) {
      if (age === 'new' && body['truncate'] === false) {
        const error = 'the input length exceeds the context length';
        sendJson(response, { error }, 400);
        return;
      }
      tokens = Math.floor(context / 2) + 2;
    } else if (age === 'ancient') {
      tokens -= countTokens(prompt.slice(0, commonPrefix(prompt, lastPrompt)));
      if (tokens <= 0) tokens = null;
    }
    lastPrompt = prompt;
    await server.perform(wireOf(model), response, tokens, options.otherwise);
  };

  const server = new ScriptedServer(async (request, response) => {
    const route = `${request.method} ${request.path}`;
    // Some of the client's calls still use the former name.
    const model = (request.body['model'] ?? request.body['name']) as string;
    if (route === 'GET /') response.end('Ollama is running');
    else if (route === 'GET /api/version') sendJson(response, { version: '0.34.0' });
    else if (route === 'GET /api/tags') {
      sendJson(response, { models: [...pulled.keys()].map(described) });
    } else if (route === 'GET /api/ps') {
      const running = [...loaded].map(([name, context_length]) => ({
        ...described(name),
        ...(age === 'new' ? { context_length } : {}),
      }));
      sendJson(response, { models: running });
    } else if (route === 'POST /api/show') {
      const context = pulled.get(model) ?? pulled.get(`${model}:latest`);
      if (context === undefined) sendJson(response, { error: `model '${model}' not found` }, 404);
      else {
        sendJson(response, {
          details: { family: 'qwen2', parameter_size: '7.6B', quantization_level: 'Q4_K_M' },
          model_info: { 'general.architecture': 'qwen2', 'qwen2.context_length': context },
          capabilities: ['completion'],
        });
      }
    } else if (route === 'POST /api/pull') {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const lines: object[] = [{ status: 'pulling manifest' }];
      if (model.startsWith('no-such')) {
        lines.push({ error: 'pull model manifest: file does not exist' });
      } else {
        for (const completed of [0, 600, 1_000]) {
          lines.push({
            status: 'pulling 1a2b3c',
            digest: 'sha256:1a2b3c',
            total: 1_000,
            completed,
          });
        }
        lines.push({ status: 'verifying sha256 digest' }, { status: 'success' });
        pulled.set(model, 8_192);
      }
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    } else if (route === 'POST /api/chat') await chat(request, response);
    else {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('404 page not found');
    }
  });
  return server.start();
}

function described(name: string): object {
  return {
    name,
    model: name,
    modified_at: '2026-01-01T00:00:00Z',
    size: 4_700_000_000,
    digest: '42182419e950',
    details: { family: 'qwen2', parameter_size: '7.6B', quantization_level: 'Q4_K_M' },
  };
}

function wireOf(model: string): Wire {
  const line = (rest: object): string =>
    `${JSON.stringify({ model, created_at: '2026-01-01T00:00:00Z', ...rest })}\n`;
  return {
    contentType: 'application/x-ndjson',
    piece: (content) => line({ message: { role: 'assistant', content }, done: false }),
    thinking: (thinking) =>
      line({ message: { role: 'assistant', content: '', thinking }, done: false }),
    error: (error) => `${JSON.stringify({ error })}\n`,
    noise: (text) => `${text}\n`,
    end: (cut, promptTokens, completionTokens) =>
      line({
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: cut ? 'length' : 'stop',
        total_duration: 5_000_000,
        ...(promptTokens === null ? {} : { prompt_eval_count: promptTokens }),
        eval_count: completionTokens,
      }),
  };
}

function commonPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
