import fc from 'fast-check';
import type { Chat } from '../chat';
import { ModelError } from '../model-error';
import { NEVER, requestOf, servers, settingsFor } from './chat.fixture';
import { ScriptedServer } from './model-server.fixture';
import { OllamaEndpoint } from './ollama';
import { OpenAiEndpoint } from './openai';
import { readAddress } from './address';
import { EndpointChat } from './ask-model';

const start = servers();

const LINES = [
  '{"message":{"role":"assistant","content":"ok"},"done":false}\n',
  '{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":9}\n',
  '{"message":null,"done":true}\n',
  '{"done":true}\n',
  '{"error":"no"}\n',
  '{"error":{"message":7}}\n',
  'data: {"choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":null}]}\n\n',
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9}}\n\n',
  'data: {"choices":[{"finish_reason":"stop"}]}\n\n',
  'data: {"choices":null}\n\n',
  'data: {"error":null}\n\n',
  'data: {"error":{"message":"no"}}\n\n',
  'data: [DONE]\n\n',
  'data: null\n\n',
  'event: error\n',
  ': ping\n\n',
  'null\n',
  '[]\n',
  '\n',
  '\r\n',
  '\ufeff',
];

/** What a server may send: lines of both protocols, in any order, cut and mixed with other bytes. */
const noiseWith = (own: readonly string[]): fc.Arbitrary<[Buffer, number, boolean]> =>
  fc
    .array(
      fc.oneof(fc.constantFrom(...own), fc.string({ unit: 'binary' }), fc.constantFrom(...LINES)),
      {
        maxLength: 6,
      },
    )
    .chain((lines) => {
      const bytes = Buffer.from(lines.join(''), 'utf8');
      return fc.tuple(fc.constant(bytes), fc.nat(bytes.length), fc.boolean());
    });

it.each([
  { api: 'Ollama', own: LINES.slice(0, 2), type: 'application/x-ndjson', Endpoint: OllamaEndpoint },
  {
    api: 'OpenAI-style',
    own: LINES.slice(6, 8),
    type: 'text/event-stream',
    Endpoint: OpenAiEndpoint,
  },
])('whatever an $api server sends is a reply or a ModelError', async ({ own, type, Endpoint }) => {
  let send: [Buffer, number, boolean];
  const server = start.keep(
    await new ScriptedServer((_request, response) => {
      const [bytes, cut, breaks] = send;
      response.writeHead(200, { 'content-type': type });
      response.write(bytes.subarray(0, cut), () => {
        if (breaks) response.destroy();
        else response.end(bytes.subarray(cut));
      });
    }).start(),
  );
  const endpoint = new Endpoint(readAddress(server.base), undefined);
  const chat: Chat = new EndpointChat(endpoint, 'coder', settingsFor(server));
  let replies = 0;
  await fc.assert(
    fc.asyncProperty(noiseWith(own), async (sent) => {
      send = sent;
      try {
        const { text } = await chat.complete(requestOf('Mend it.'), NEVER);
        expect(typeof text).toBe('string');
        replies += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(ModelError);
        expect((error as ModelError).hint).not.toBe('');
      }
    }),
    { numRuns: 400 },
  );
  // Some of it was in order: otherwise this would show little.
  expect(replies).toBeGreaterThan(5);
});
