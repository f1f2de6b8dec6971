import { spawn, spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BareRepository } from './bare-repository';

/** What someone may do; `unknown` are credentials that nobody has. */
export type Rights = 'write' | 'read' | 'unknown';

/** One request as it came in. */
export interface GitRequest {
  readonly method: string;
  readonly path: string;
  /** The header as it was sent. */
  readonly authorization: string | undefined;
  /** The password of basic authentication. */
  readonly token: string | undefined;
  readonly push: boolean;
  status: number;
}

/**
 * Serves a bare repository over smart HTTP with git's own `http-backend`: 401 without credentials or with wrong ones, 403 for a
 * push without the right to.
 *
 * @param path What comes after the repository's own address, with its query, as in `/info/refs?service=git-upload-pack`.
 * @param rightsOf What the one with this token may do; nobody is asked for one where `undefined` may read.
 */
export async function serveGit(
  repository: BareRepository,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  rightsOf: (token: string | undefined) => Rights,
): Promise<GitRequest> {
  const [name, query = ''] = path.split('?') as [string, string?];
  const { authorization } = request.headers;
  const token = passwordOf(authorization);
  const push = `${name}?${query}`.includes('git-receive-pack');
  const seen: GitRequest = {
    method: request.method!,
    path: request.url!,
    ...{ authorization, token, push, status: 200 },
  };
  const rights = rightsOf(token);
  const refuse = (status: number, text: string, headers: Record<string, string> = {}): void => {
    seen.status = status;
    request.resume();
    response
      .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
      .end(text);
  };
  if (rights === 'unknown' || (push && token === undefined))
    refuse(401, 'Authentication failed.\n', { 'www-authenticate': 'Basic realm="GitHub"' });
  else if (push && rights === 'read') refuse(403, 'Write access to repository not granted.\n');
  else seen.status = await backend(repository, name, query, request, response);
  return seen;
}

function passwordOf(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic (.*)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString();
  return decoded.slice(decoded.indexOf(':') + 1);
}

/** @returns the status; 0 where the backend died in the middle, and the connection was cut. */
function backend(
  repository: BareRepository,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const { headers } = request;
  execPath ??= spawnSync('git', ['--exec-path'], { encoding: 'utf8' }).stdout.trim();
  const child = spawn(join(execPath, 'git-http-backend'), {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: repository.path,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      // Who is named may push.
      REMOTE_USER: 'someone',
      REMOTE_ADDR: '127.0.0.1',
      CONTENT_TYPE: headers['content-type'],
      CONTENT_LENGTH: headers['content-length'],
      HTTP_CONTENT_ENCODING: headers['content-encoding'],
      GIT_PROTOCOL: headers['git-protocol'] as string | undefined,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // It may be done before it has read all.
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  // Who goes away in the middle of a push never ends it.
  request.on('close', () => request.complete || child.kill());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      if (code !== 0 || end < 0) {
        response.destroy();
        resolve(0);
        return;
      }
      let status = 200;
      for (const line of output.subarray(0, end).toString().split('\r\n')) {
        const [name, value] = line.split(/: */, 2) as [string, string];
        if (name === 'Status') status = parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.writeHead(status).end(output.subarray(end + 4));
      resolve(status);
    });
  });
}

let execPath: string | undefined;

/**
 * Repositories over smart HTTP on loopback, without anything of a forge.
 *
 * `const server = await GitHttpServer.start()`; `server.add('team/app', repository, { secret: 'write' })` gives the address of
 * the remote; `server.seen` has every request, so that a spec can say where a token went, and where it did not.
 */
export class GitHttpServer {
  readonly seen: GitRequest[] = [];
  readonly #repositories = new Map<string, Hosted>();
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<GitHttpServer> {
    const server = new GitHttpServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * @param tokens Token → what it may do. Who has none may read unless the repository is `hidden`.
   * @returns the address of the remote.
   */
  add(
    name: string,
    repository: BareRepository,
    tokens: Readonly<Record<string, Rights>> = {},
    { hidden = false } = {},
  ): string {
    this.#repositories.set(name, { repository, tokens, hidden });
    return `${this.url}/${name}.git`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name, path] = /^\/(.+?)\.git(\/.*)$/.exec(request.url!) ?? [];
    const hosted = this.#repositories.get(name ?? '');
    if (hosted === undefined || path === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { repository, tokens, hidden } = hosted;
    const rightsOf = (token: string | undefined): Rights =>
      token === undefined ? (hidden ? 'unknown' : 'read') : (tokens[token] ?? 'unknown');
    this.seen.push(await serveGit(repository, path, request, response, rightsOf));
  }
}

interface Hosted {
  readonly repository: BareRepository;
  readonly tokens: Readonly<Record<string, Rights>>;
  readonly hidden: boolean;
}
