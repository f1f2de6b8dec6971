import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for a reply. */
export interface Asked {
  readonly kind: 'plan' | 'patch';
  /** The system's text and the prompt. */
  readonly text: string;
  /** The test files that parts of the prompt are from. */
  readonly files: readonly string[];
}

/** An OpenAI-style server in the place of a model, with replies that are written here. */
export class ModelServer {
  readonly asked: Asked[] = [];
  readonly #server: Server = createServer((request, response) => {
    void this.#answer(request).then(([type, body]) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    });
  });

  /**
   * @param replyTo Takes every test for stale by default, and gives an edit that is well-formed and helps nothing. So all
   *   of our own work is done, and none of a model's.
   */
  constructor(private readonly replyTo: (asked: Asked) => string = useless) {}

  /** @returns its address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<[type: string, body: string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (request.method === 'GET') {
      return ['application/json', JSON.stringify({ object: 'list', data: [{ id: MODEL }] })];
    }
    const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as {
      messages: { content: string }[];
    };
    const text = messages.map(({ content }) => content).join('\n');
    const kind = text.startsWith('You judge') ? 'plan' : 'patch';
    const files = [...text.matchAll(/^<untrusted-data what="(?:test|helper)" from="([^"]*)">$/gm)];
    const asked: Asked = { kind, text, files: [...new Set(files.map(([, file]) => file!))] };
    this.asked.push(asked);
    const reply = this.replyTo(asked);
    const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
    const piece = (delta: object, reason: string | null): string =>
      event({ choices: [{ index: 0, delta, finish_reason: reason }] });
    // About as many pieces as a model would send, since they are what is counted.
    const pieces = (reply.match(/[^]{1,4}/g) ?? []).map((content) => piece({ content }, null));
    return ['text/event-stream', `${pieces.join('')}${piece({}, 'stop')}data: [DONE]\n\n`];
  }
}

/** The one that the server says it has. */
export const MODEL = 'scripted';

const PLAN = JSON.stringify({ verdict: 'stale-test', reason: 'measured', steps: ['Mend it.'] });

const useless = ({ kind, text }: Asked): string => (kind === 'plan' ? PLAN : uselessEdit(text));

/** A comment above the failing test. */
function uselessEdit(text: string): string {
  const block = /^<untrusted-data what="test" from="([^"]*)">\n([^]*?)\n<\/untrusted-data>$/m.exec(
    text,
  );
  const line = block?.[2]!.split('\n').find((each) => /^\s*(async )?def /.test(each)) ?? '';
  const indent = /^\s*/.exec(line)![0];
  return [
    block?.[1] ?? '',
    '```',
    '<<<<<<< SEARCH',
    line,
    '=======',
    `${indent}# Measured.`,
    line,
    '>>>>>>> REPLACE',
    '```',
  ].join('\n');
}
