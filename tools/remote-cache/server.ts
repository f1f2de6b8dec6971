import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in, and what it got. */
export interface CacheRequest {
  readonly method: string;
  readonly hash: string;
  readonly status: number;
}

/** Tokens and what they may do. */
export const CACHE_TOKENS = { write: 'cache-write', read: 'cache-read' } as const;

const ROUTE = /^\/v1\/cache\/([0-9a-z_-]+)$/i;

/**
 * A server on loopback that speaks Nx's protocol for self-hosted remote caches, as strictly as Nx documents it
 * (https://nx.dev/docs/guides/tasks--caching/self-hosted-caching): `PUT` and `GET` of `/v1/cache/{hash}`, a tar archive as
 * octet-stream, a bearer token, `Content-Length`; nothing is ever overwritten. All is kept in memory.
 */
export class RemoteCache {
  readonly requests: CacheRequest[] = [];
  readonly #entries = new Map<string, Buffer>();
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<RemoteCache> {
    const cache = new RemoteCache();
    await new Promise<void>((resolve) => cache.#server.listen(0, '127.0.0.1', resolve));
    return cache;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What has Nx use it. */
  env(token: string = CACHE_TOKENS.write): NodeJS.ProcessEnv {
    return {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: this.url,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
    };
  }

  /** How many requests of a method got a status. */
  count(method: string, status: number): number {
    return this.requests.filter((one) => one.method === method && one.status === status).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const hash = ROUTE.exec(request.url ?? '')?.[1];
    const { status, content } = this.#reply(request, hash, body);
    this.requests.push({ method: request.method ?? '', hash: hash ?? '', status });
    const isArchive = typeof content !== 'string';
    response.writeHead(status, {
      'Content-Type': isArchive ? 'application/octet-stream' : 'text/plain',
      'Content-Length': Buffer.byteLength(content),
    });
    response.end(content);
  }

  #reply(
    { method, headers }: IncomingMessage,
    hash: string | undefined,
    body: Buffer,
  ): { status: number; content: Buffer | string } {
    if (hash === undefined) return { status: 404, content: 'There is nothing here' };
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (!Object.values<string | undefined>(CACHE_TOKENS).includes(token))
      return { status: 401, content: 'The token is missing, or not known' };
    const entry = this.#entries.get(hash);
    if (method === 'GET')
      return entry === undefined
        ? { status: 404, content: 'The record was not found' }
        : { status: 200, content: entry };
    if (method !== 'PUT') return { status: 405, content: 'Only GET and PUT' };
    if (token !== CACHE_TOKENS.write) return { status: 403, content: 'The token may only read' };
    if (headers['content-length'] === undefined)
      return { status: 411, content: 'Content-Length is missing' };
    if (headers['content-type'] !== 'application/octet-stream')
      return { status: 415, content: 'Not an octet-stream' };
    if (entry !== undefined) return { status: 409, content: 'The record is there already' };
    this.#entries.set(hash, body);
    return { status: 200, content: '' };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
