import { TextDecoder } from 'node:util';
import type { Ollama } from 'ollama' with { 'resolution-mode': 'import' };
import { ModelError } from '../model-error';
import type { Address } from './address';
import { Connection } from './connection';
import { control, CONTROL_BYTES } from './discover';
import type { Ask, Endpoint, ModelInfo, Piece, PullProgress } from './endpoint';
import { explainWords, missingModel, type Circumstances } from './explain';

type Fetch = typeof globalThis.fetch;

const JSON_TYPES = ['application/json', 'application/x-ndjson'];
/** Loading a model takes longer than most replies, and the planner's and the patcher's take turns. */
const KEEP_ALIVE = '10m';

/** A server that speaks Ollama's own protocol. */
export class OllamaEndpoint implements Endpoint {
  readonly api = 'ollama';
  readonly alwaysCounts = true;

  constructor(
    readonly address: Address,
    readonly apiKey: string | undefined,
  ) {}

  async models(signal: AbortSignal): Promise<ModelInfo[]> {
    return this.#control({}, signal, async (client) =>
      (await client.list()).models.map(({ name, digest, size }) => ({
        name,
        digest,
        bytes: size,
        contextTokens: null,
      })),
    );
  }

  async show(model: string, signal: AbortSignal): Promise<ModelInfo> {
    const there = await this.models(signal);
    const info = there.find(({ name }) => name === tagged(model));
    if (info === undefined) {
      throw missingModel(
        model,
        there.map(({ name }) => name),
        this.#of(model),
      );
    }
    const contextTokens = await this.#control({ model }, signal, async (client) => {
      // Servers of early 2024 don't send it.
      const facts = ((await client.show({ model })).model_info ?? {}) as unknown as Facts;
      const key = Object.keys(facts).find((name) => name.endsWith('.context_length'));
      const value = key === undefined ? null : facts[key];
      return typeof value === 'number' ? value : null;
    });
    return { ...info, contextTokens };
  }

  async loadedContext(model: string, signal: AbortSignal): Promise<number | null> {
    const loaded = await this.#control(
      { model },
      signal,
      async (client) => (await client.ps()).models,
    );
    const found = loaded.find(({ name }) => name === tagged(model));
    // Servers older than mid 2025 do not tell, nor does the client's type.
    const value = (found as { context_length?: unknown } | undefined)?.context_length;
    return typeof value === 'number' && value > 0 ? value : null;
  }

  async pull(
    model: string,
    signal: AbortSignal,
    onProgress?: (progress: PullProgress) => void,
  ): Promise<void> {
    // Hours, for a large model: only the caller ends it.
    const connection = this.#connect(signal, Infinity);
    try {
      const client = await this.#streaming(connection);
      for await (const { status, completed, total } of await client.pull({ model, stream: true })) {
        onProgress?.({ status, completed: completed ?? null, total: total ?? null });
      }
    } catch (error) {
      signal.throwIfAborted();
      throw this.#explainStream(connection.failure ?? error, this.#of(model));
    }
  }

  async *stream(ask: Ask, signal: AbortSignal): AsyncGenerator<Piece> {
    // A token is a line of some 150 bytes.
    const connection = this.#connect(signal, 1_000_000 + ask.maxTokens * 1_000);
    try {
      const client = await this.#streaming(connection);
      const request = {
        model: ask.model,
        messages: [
          { role: 'system', content: ask.system },
          { role: 'user', content: ask.prompt },
        ],
        stream: true as const,
        keep_alive: KEEP_ALIVE,
        options: {
          num_ctx: ask.contextTokens,
          num_predict: ask.maxTokens,
          temperature: ask.temperature,
        },
        ...(ask.schema === undefined ? {} : { format: ask.schema }),
        // Servers since late 2025 then refuse what they would otherwise cut without a word, and
        // end a reply that would push the prompt out. The client's type does not know them yet.
        truncate: false,
        shift: false,
      };
      for await (const part of await client.chat(request)) {
        const { thinking, content } = part.message;
        if (thinking) yield { kind: 'thinking', text: thinking };
        if (content !== '') yield { kind: 'text', text: content };
        if (part.done) {
          // Absent on servers of early 2024 when the prompt was in their cache.
          const { prompt_eval_count: prompt, eval_count: completion } = part as Partial<
            typeof part
          >;
          yield {
            kind: 'end',
            cut: part.done_reason === 'length',
            promptTokens: prompt ?? null,
            completionTokens: completion ?? null,
          };
        }
      }
    } catch (error) {
      throw this.#explainStream(connection.failure ?? error, this.#of(ask.model));
    }
  }

  /** HTTP failures stay as they are: whether to ask again is not decided here. */
  #explainStream(error: unknown, of: Circumstances): unknown {
    if (!(error instanceof Error) || error.constructor !== Error || 'code' in error) return error;
    if (error.message.startsWith('Did not receive done')) {
      return new ModelError(
        'connection-lost',
        `${of.address.shown} ended the reply of ${String(of.model)} in the middle.`,
        'Look into the log of the model server: it may have crashed or been restarted.',
        error,
      );
    }
    // A line `{"error": …}` in the stream: the client throws it as a bare Error.
    return explainWords(error.message, of, error);
  }

  async #control<T>(
    { model }: { model?: string },
    signal: AbortSignal,
    work: (client: Ollama) => Promise<T>,
  ): Promise<T> {
    return control(this.#of(model), signal, async (within) => {
      const connection = this.#connect(within, CONTROL_BYTES);
      try {
        return await work(await this.#client(connection));
      } catch (error) {
        throw connection.failure ?? error;
      }
    });
  }

  #connect(signal: AbortSignal, maxBytes: number): Connection {
    return new Connection({
      address: this.address,
      apiKey: this.apiKey,
      signal,
      accept: JSON_TYPES,
      maxBytes,
    });
  }

  async #streaming(connection: Connection): Promise<Ollama> {
    return this.#client(connection, async (input, init) => {
      const response = await connection.fetch(input, init);
      return new Response(response.body!.pipeThrough(wholeLines()), response);
    });
  }

  async #client(connection: Connection, fetch: Fetch = connection.fetch): Promise<Ollama> {
    const { Ollama } = await import('ollama');
    return new Ollama({ host: this.address.root, fetch });
  }

  #of(model?: string): Circumstances {
    return {
      address: this.address,
      api: 'ollama',
      apiKey: this.apiKey,
      ...(model === undefined ? {} : { model }),
    };
  }
}

/** The client's type says that it is a Map, but it is what JSON gives. */
type Facts = Readonly<Record<string, unknown>>;

/** `llama3.1` means `llama3.1:latest`. */
function tagged(model: string): string {
  return /:[^/]*$/.test(model) ? model : `${model}:latest`;
}

/**
 * The client prints a line that is no JSON and goes on without it, so a reply could miss a part.
 * This ends the reply instead, and drops blank lines, which mean nothing.
 */
function wholeLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = '';
  const pass = (
    lines: readonly string[],
    controller: TransformStreamDefaultController<Uint8Array>,
  ): void => {
    for (const line of lines) {
      if (line.trim() === '') continue;
      JSON.parse(line);
      controller.enqueue(encoder.encode(`${line}\n`));
    }
  };
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop()!;
      pass(lines, controller);
    },
    flush(controller) {
      pass([rest + decoder.decode()], controller);
    },
  });
}
