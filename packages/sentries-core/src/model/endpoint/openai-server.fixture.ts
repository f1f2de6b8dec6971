import {
  countTokens,
  ScriptedServer,
  sendJson,
  type Behaviour,
  type Received,
  type Wire,
} from './model-server.fixture';

export interface OpenAiOptions {
  /** Null: it has no list. */
  readonly models?: readonly object[] | null;
  /** Requests without it are refused. */
  readonly key?: string;
  /** Parts of the request that the server does not know and refuses. */
  readonly refuses?: readonly string[];
  /** Does it send the counts of tokens? */
  readonly counts?: boolean;
  /** What comes when the script is at its end. */
  readonly otherwise?: Behaviour;
}

/** An OpenAI-style server (llama.cpp, vLLM, LM Studio) that says what the script tells it to. */
export async function startOpenAi(options: OpenAiOptions = {}): Promise<ScriptedServer> {
  const { models = [{ id: 'coder', object: 'model', max_model_len: 32_768 }], refuses = [] } =
    options;

  const refusal = ({ headers, body }: Received): [number, object] | null => {
    if (options.key !== undefined && headers.authorization !== `Bearer ${options.key}`) {
      const sent = String(headers.authorization);
      return [
        401,
        {
          error: { message: `Incorrect API key provided: ${sent}`, type: 'invalid_request_error' },
        },
      ];
    }
    const unknown = refuses.find((name) => name in body);
    if (unknown === undefined) return null;
    return [400, { error: { message: `Unsupported parameter: '${unknown}'`, param: unknown } }];
  };

  const server = new ScriptedServer(async (request, response) => {
    const route = `${request.method} ${request.path}`;
    const refused = refusal(request);
    if (refused !== null) sendJson(response, refused[1], refused[0]);
    else if (route === 'GET /v1/models' && models !== null)
      sendJson(response, { object: 'list', data: models });
    else if (route === 'POST /v1/chat/completions') {
      const messages = request.body['messages'] as { content: string }[];
      const tokens = countTokens(messages.map(({ content }) => content).join('\n'));
      const usage = options.counts !== false && 'stream_options' in request.body;
      const wire = wireOf(request.body['model'] as string, usage);
      await server.perform(wire, response, tokens, options.otherwise);
    } else
      sendJson(response, { error: { message: 'File Not Found', type: 'not_found_error' } }, 404);
  });
  return server.start();
}

function wireOf(model: string, usage: boolean): Wire {
  const event = (rest: object): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, ...rest })}\n\n`;
  const delta = (of: object, finish_reason: string | null = null): string =>
    event({ choices: [{ index: 0, delta: of, finish_reason }] });
  return {
    contentType: 'text/event-stream',
    piece: (content) => delta({ content }),
    thinking: (reasoning_content) => delta({ reasoning_content }),
    error: (message) => `data: ${JSON.stringify({ error: { message, type: 'server_error' } })}\n\n`,
    noise: (text) => `data: ${text}\n\n`,
    end: (cut, promptTokens, completionTokens) =>
      delta({}, cut ? 'length' : 'stop') +
      (usage && promptTokens !== null
        ? event({
            choices: [],
            usage: {
              prompt_tokens: promptTokens,
              completion_tokens: completionTokens,
              total_tokens: promptTokens + completionTokens,
            },
          })
        : '') +
      'data: [DONE]\n\n',
  };
}
