import {
  Agent as HttpAgent,
  type AgentOptions,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { ModelError } from '../model-error';
import type { Address } from './address';

/** A status other than 2xx, with the beginning of the body. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
  /** What the server asks us to wait, in milliseconds. */
  readonly retryAfter: number | null;

  constructor(status: number, body: string, headers: Headers) {
    super(`HTTP ${String(status)}`);
    this.status = status;
    this.body = body;
    this.location = headers.get('location');
    this.retryAfter = waitOf(headers.get('retry-after'));
  }
}

/** The answer is of another kind than was asked for: a web page, as a rule. */
export class WrongContent extends Error {}

export interface ConnectionOptions {
  readonly address: Address;
  readonly apiKey?: string | undefined;
  /** Ends the request, whatever state it is in. */
  readonly signal: AbortSignal;
  /** The kinds of content that are understood. */
  readonly accept: readonly string[];
  /** No answer can need more; what goes on longer is cut off. */
  readonly maxBytes: number;
}

/** Errors are read up to here. */
const ERROR_BYTES = 64 * 1024;

/**
 * One request, as a `fetch` for the client libraries. It is our own because the built-in one gives
 * up after five minutes without a token, and because no client then sends more than it must: our
 * key and the content, no headers out of the environment.
 */
export class Connection {
  /** What went wrong here. Clients wrap it, and drop it in places, so it is kept. */
  failure: unknown = null;
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Both clients pass the address and the body as texts. */
  readonly fetch = async (input: unknown, init?: RequestInit): Promise<Response> => {
    try {
      return await this.#send(
        new URL(input as string),
        init?.method ?? 'GET',
        init?.body as string,
      );
    } catch (error) {
      this.failure = error;
      throw error;
    }
  };

  async #send(url: URL, method: string, body?: string): Promise<Response> {
    const { accept, maxBytes } = this.#options;
    const message = await this.#answer(url, method, body);
    const headers = new Headers();
    for (const [name, value] of Object.entries(message.headers)) {
      if (value !== undefined) headers.set(name, String(value));
    }
    const status = message.statusCode!;
    if (status < 200 || status > 299) {
      throw new HttpFailure(status, await beginning(message), headers);
    }
    const type = (headers.get('content-type') ?? 'no content type').split(';')[0]!.trim();
    if (!accept.includes(type)) {
      message.destroy();
      throw new WrongContent(`${String(status)} ${type}`);
    }
    const bounded = Readable.from(this.#bounded(message, maxBytes), { objectMode: false });
    return new Response(Readable.toWeb(bounded) as ReadableStream<Uint8Array>, { status, headers });
  }

  #answer(url: URL, method: string, body?: string): Promise<IncomingMessage> {
    const { address, apiKey, signal, accept } = this.#options;
    const secure = url.protocol === 'https:';
    // Node 22.21 and 24.5 know `proxyEnv`; those before it never ask a proxy. A new agent for each
    // request keeps no socket open that would hold the process.
    const options: AgentOptions & { proxyEnv?: NodeJS.ProcessEnv } = address.loopback
      ? {}
      : { proxyEnv: process.env };
    const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
    const headers = {
      accept: accept.join(', '),
      'user-agent': 'nx-sentries',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    };
    return new Promise((resolve, reject) => {
      const send = secure ? httpsRequest : httpRequest;
      send(url, { method, headers, agent, signal })
        .on('response', resolve)
        .on('error', reject)
        .end(body);
    });
  }

  async *#bounded(message: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
    let bytes = 0;
    try {
      for await (const chunk of message as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          throw new ModelError(
            'reply-too-long',
            `${this.#options.address.shown} sent more than ${String(maxBytes)} bytes for one reply; the rest was not read.`,
            'The model repeats itself or ignores the limit on its reply: try another model.',
          );
        }
        yield chunk;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    } finally {
      message.destroy();
    }
  }
}

async function beginning(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > ERROR_BYTES) break;
    }
  } catch {
    // The status says enough.
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, ERROR_BYTES);
}

/** `retry-after`: seconds, or a date. */
function waitOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
