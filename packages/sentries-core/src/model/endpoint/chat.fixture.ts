import type { ChatRequest } from '../chat';
import { ModelError } from '../model-error';
import { countTokens, type ScriptedServer } from './model-server.fixture';
import { startOllama } from './ollama-server.fixture';
import { startOpenAi } from './openai-server.fixture';
import type { EndpointSettings } from './settings';

export const NEVER: AbortSignal = new AbortController().signal;

export function settingsFor(
  server: { readonly base: string },
  more: Partial<EndpointSettings> = {},
): EndpointSettings {
  const timeouts = { firstToken: 5, total: 10 };
  return { base: server.base, contextTokens: 8_192, timeouts, ...more };
}

export function requestOf(prompt: string, more: Partial<ChatRequest> = {}): ChatRequest {
  const system = 'You mend tests.';
  const promptTokens = countTokens(`${system}\n${prompt}`);
  return { system, prompt, temperature: 0.2, maxTokens: 500, promptTokens, ...more };
}

/** What a person is told: the kind, then the sentences. */
export async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

/** Gives makers of servers that are stopped after each spec. */
export function servers(): {
  ollama: typeof startOllama;
  openAi: typeof startOpenAi;
  keep: (server: ScriptedServer) => ScriptedServer;
} {
  const started: ScriptedServer[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.stop()));
  });
  const keep = (server: ScriptedServer): ScriptedServer => {
    started.push(server);
    return server;
  };
  return {
    ollama: async (options) => keep(await startOllama(options)),
    openAi: async (options) => keep(await startOpenAi(options)),
    keep,
  };
}
