import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How a scripted server meets one request for a reply. */
export type Behaviour =
  | {
      readonly reply: string;
      readonly thinking?: string;
      /** Did the tokens run out? */
      readonly cut?: boolean;
      /** In place of the server's own count; null leaves it out. */
      readonly promptTokens?: number | null;
      /** Milliseconds between the first token and the rest. */
      readonly pause?: number;
    }
  | {
      readonly status: number;
      readonly body?: string | object;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Nothing comes any more, before the reply or after its first words. */
  | { readonly hang: 'before' | 'during' }
  /** The connection breaks, or the stream ends as if all were well. */
  | { readonly breaks: 'before' | 'during' | 'politely' }
  /** A reply of so many bytes, in messages or without the end of one. */
  | { readonly endless: number; readonly unbroken?: boolean }
  /** The server gives up after the first words, and says so in the stream. */
  | { readonly error: string }
  /** Something in the stream that is no message of the protocol. */
  | { readonly noise: string };

/** A protocol: how what a server says is written down. */
export interface Wire {
  readonly contentType: string;
  piece(text: string): string;
  thinking(text: string): string;
  error(message: string): string;
  noise(text: string): string;
  end(cut: boolean, promptTokens: number | null, completionTokens: number): string;
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

export type Handler = (request: Received, response: ServerResponse) => void | Promise<void>;

/** A server on loopback over real HTTP. */
export class ScriptedServer {
  base = '';
  readonly received: Received[] = [];
  /** The most requests for a reply that were at work at once. */
  mostAtOnce = 0;
  #atOnce = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #script: Behaviour[] = [];

  constructor(handler: Handler) {
    this.#server = createServer((request, response) => {
      this.#take(request)
        .then((received) => handler(received, response))
        .catch((error: unknown) => {
          if (!response.headersSent) response.writeHead(500);
          response.end(String(error));
        });
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Connections that clients hold open. */
  get open(): number {
    return this.#sockets.size;
  }

  /** What comes next, a behaviour for each request. */
  will(...behaviours: Behaviour[]): this {
    this.#script.push(...behaviours);
    return this;
  }

  /** The bodies of the requests for a reply. */
  get asked(): readonly Received['body'][] {
    return this.received.filter(({ path }) => path.includes('chat')).map(({ body }) => body);
  }

  /** Meets a request for a reply as the script says. */
  async perform(
    wire: Wire,
    response: ServerResponse,
    promptTokens: number | null,
    fallback: Behaviour = { status: 500, body: { error: 'the script is at its end' } },
  ): Promise<void> {
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    response.on('close', () => (this.#atOnce -= 1));
    await perform(this.#script.shift() ?? fallback, wire, response, promptTokens);
  }

  async #take(request: IncomingMessage): Promise<Received> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const received = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
    this.received.push(received);
    return received;
  }
}

export function sendJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** One token for four characters: coarse, but a count. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

async function perform(
  behaviour: Behaviour,
  wire: Wire,
  response: ServerResponse,
  counted: number | null,
): Promise<void> {
  if ('status' in behaviour) {
    const { status, body = '', headers = {} } = behaviour;
    const isText = typeof body === 'string';
    const type = isText ? 'text/plain' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(isText ? body : JSON.stringify(body));
    return;
  }
  if ('hang' in behaviour && behaviour.hang === 'before') return;
  if ('breaks' in behaviour && behaviour.breaks === 'before') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(200, { 'content-type': wire.contentType });
  if ('reply' in behaviour) {
    const { reply, thinking = '', cut = false, pause = 0, promptTokens = counted } = behaviour;
    const pieces = reply.match(/.{1,5}/gsu) ?? [];
    const said = [
      ...(thinking.match(/.{1,5}/gsu) ?? []).map((text) => wire.thinking(text)),
      ...pieces.map((text) => wire.piece(text)),
      wire.end(cut, promptTokens, pieces.length),
    ];
    await writeInBits(response, said.shift()!);
    await new Promise((resolve) => setTimeout(resolve, pause));
    await writeInBits(response, said.join(''));
    response.end();
    return;
  }
  if ('endless' in behaviour) {
    const more = 'x'.repeat(4_000);
    const message = behaviour.unbroken === true ? more : wire.piece(more);
    await writeEndlessly(response, message, behaviour.endless);
    return;
  }
  await writeInBits(response, wire.piece('Here is '));
  if ('error' in behaviour) response.end(wire.error(behaviour.error));
  else if ('noise' in behaviour)
    response.end(wire.noise(behaviour.noise) + wire.end(false, counted, 1));
  else if ('breaks' in behaviour) {
    if (behaviour.breaks === 'politely') response.end();
    else response.socket?.destroy();
  }
}

/** A few bytes at a time, wherever that cuts: in the middle of a character, a line, a message. */
async function writeInBits(response: ServerResponse, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length && !response.destroyed; at += 7) {
    response.write(bytes.subarray(at, at + 7));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function writeEndlessly(
  response: ServerResponse,
  message: string,
  size: number,
): Promise<void> {
  const closed = once(response, 'close');
  for (let sent = 0; sent < size && !response.destroyed; sent += message.length) {
    if (!response.write(message)) await Promise.race([closed, once(response, 'drain')]);
  }
  response.end();
}
