import type { OpenAI } from 'openai' with { 'resolution-mode': 'import' };
import { UsageError } from '../../errors';
import { ModelError } from '../model-error';
import type { Address } from './address';
import { Connection, HttpFailure } from './connection';
import { control, CONTROL_BYTES } from './discover';
import type { Ask, Endpoint, ModelInfo, Piece } from './endpoint';
import { explainWords, missingModel, type Circumstances } from './explain';

type ChatParameters = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;

/** What some servers and models don't take, and the words they refuse it with. */
const OPTIONAL = {
  response_format: /response_format|json_schema|grammar/i,
  stream_options: /stream_options/i,
  max_tokens: /max_tokens|max_completion_tokens/i,
  temperature: /temperature/i,
} as const;
type Optional = keyof typeof OPTIONAL;

/** A server that speaks the OpenAI protocol: llama.cpp, vLLM, LM Studio, hosted ones. */
export class OpenAiEndpoint implements Endpoint {
  readonly api = 'openai';
  readonly alwaysCounts = false;
  /** Learned from refusals. */
  readonly #without = new Set<Optional>();

  constructor(
    readonly address: Address,
    readonly apiKey: string | undefined,
  ) {}

  async models(signal: AbortSignal): Promise<ModelInfo[]> {
    return control(this.#of(), signal, async (within) => {
      const connection = this.#connect(within, 'application/json', CONTROL_BYTES);
      try {
        const { data } = await (await this.#client(connection)).models.list();
        return data.map((model) => ({
          name: model.id,
          digest: null,
          bytes: null,
          contextTokens: contextOf(model as object),
        }));
      } catch (error) {
        throw connection.failure ?? error;
      }
    });
  }

  async show(model: string, signal: AbortSignal): Promise<ModelInfo> {
    let there: ModelInfo[];
    try {
      there = await this.models(signal);
    } catch (error) {
      // It is known to speak the protocol, by LLM_API: some gateways list no models.
      const { cause } = error as Error;
      if (!(cause instanceof HttpFailure) || ![404, 405, 501].includes(cause.status)) throw error;
      return { name: model, digest: null, bytes: null, contextTokens: null };
    }
    const info = there.find(({ name }) => name === model);
    if (info !== undefined) return info;
    throw missingModel(
      model,
      there.map(({ name }) => name),
      this.#of(model),
    );
  }

  /** No such call in this protocol; what servers add to the list of models is in `contextTokens`. */
  loadedContext(): Promise<null> {
    return Promise.resolve(null);
  }

  pull(model: string): Promise<never> {
    return Promise.reject(
      new UsageError(
        `${this.address.shown} can't be told to fetch ${model}: only Ollama can.`,
        'Load the model with the tools of that server.',
      ),
    );
  }

  async *stream(ask: Ask, signal: AbortSignal): AsyncGenerator<Piece> {
    for (;;) {
      // A token is an event of some 300 bytes.
      const connection = this.#connect(
        signal,
        'text/event-stream',
        1_000_000 + ask.maxTokens * 1_000,
      );
      try {
        const client = await this.#client(connection);
        yield* this.#read(await client.chat.completions.create(this.#parameters(ask)), ask);
        return;
      } catch (error) {
        const cause = connection.failure ?? error;
        const refused = this.#refused(cause);
        if (refused === undefined) throw this.#explainStream(cause, ask.model);
        this.#without.add(refused);
      }
    }
  }

  async *#read(
    chunks: AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>,
    ask: Ask,
  ): AsyncGenerator<Piece> {
    let finish: string | null = null;
    let usage: OpenAI.CompletionUsage | null = null;
    for await (const chunk of chunks) {
      usage = chunk.usage ?? usage;
      const choice = chunk.choices[0];
      if (choice === undefined) continue;
      // Servers of models that think send this beside the protocol, under one of two names.
      const delta = choice.delta as Record<string, unknown>;
      const thinking = delta['reasoning_content'] ?? delta['reasoning'];
      if (typeof thinking === 'string' && thinking !== '')
        yield { kind: 'thinking', text: thinking };
      if (typeof delta['content'] === 'string' && delta['content'] !== '') {
        yield { kind: 'text', text: delta['content'] };
      }
      finish = choice.finish_reason ?? finish;
    }
    if (finish === null) {
      throw new ModelError(
        'connection-lost',
        `${this.address.shown} ended the reply of ${ask.model} in the middle.`,
        'Look into the log of the model server: it may have crashed or been restarted.',
      );
    }
    yield {
      kind: 'end',
      cut: finish === 'length',
      promptTokens: usage?.prompt_tokens ?? null,
      completionTokens: usage?.completion_tokens ?? null,
    };
  }

  #parameters(ask: Ask): ChatParameters {
    const has = (name: Optional): boolean => !this.#without.has(name);
    return {
      model: ask.model,
      messages: [
        { role: 'system', content: ask.system },
        { role: 'user', content: ask.prompt },
      ],
      stream: true,
      ...(has('stream_options') ? { stream_options: { include_usage: true } } : {}),
      ...(has('temperature') ? { temperature: ask.temperature } : {}),
      // Most servers know only the old name; hosted models that think know only the new one.
      ...(has('max_tokens')
        ? { max_tokens: ask.maxTokens }
        : { max_completion_tokens: ask.maxTokens }),
      ...(ask.schema !== undefined && has('response_format')
        ? {
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'reply', schema: ask.schema as Record<string, unknown> },
            },
          }
        : {}),
    };
  }

  /** The part of the request that the server does not take, if it says so and we can do without. */
  #refused(error: unknown): Optional | undefined {
    if (!(error instanceof HttpFailure) || (error.status !== 400 && error.status !== 422)) {
      return undefined;
    }
    const names = Object.keys(OPTIONAL) as Optional[];
    return names.find((name) => !this.#without.has(name) && OPTIONAL[name].test(error.body));
  }

  /** HTTP failures stay as they are: whether to ask again is not decided here. */
  #explainStream(error: unknown, model: string): unknown {
    // An event `{"error": …}` in the stream: an APIError of the client without a status.
    if (
      error instanceof Error &&
      'status' in error &&
      error.status === undefined &&
      'error' in error
    ) {
      const { error: inner } = error as { error?: unknown };
      if (typeof inner === 'object' && inner !== null) {
        const { message } = inner as { message?: unknown };
        return explainWords(
          typeof message === 'string' ? message : error.message,
          this.#of(model),
          error,
        );
      }
    }
    return error;
  }

  #connect(signal: AbortSignal, type: string, maxBytes: number): Connection {
    return new Connection({
      address: this.address,
      apiKey: this.apiKey,
      signal,
      accept: [type],
      maxBytes,
    });
  }

  async #client(connection: Connection): Promise<OpenAI> {
    const { OpenAI } = await import('openai');
    return new OpenAI({
      baseURL: this.address.versioned,
      // The connection sends the key; the client insists on one.
      apiKey: 'none',
      // Retries and limits are ours: they are the same for both protocols.
      maxRetries: 0,
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
      fetch: connection.fetch,
    });
  }

  #of(model?: string): Circumstances {
    return {
      address: this.address,
      api: 'openai',
      apiKey: this.apiKey,
      ...(model === undefined ? {} : { model }),
    };
  }
}

/** vLLM and llama.cpp add the context to their list of models, each under its own name. */
function contextOf(model: object): number | null {
  const { max_model_len: longest, meta } = model as {
    max_model_len?: unknown;
    meta?: { n_ctx?: unknown; n_ctx_train?: unknown } | null;
  };
  for (const value of [longest, meta?.n_ctx, meta?.n_ctx_train]) {
    if (typeof value === 'number' && value > 0) return value;
  }
  return null;
}
