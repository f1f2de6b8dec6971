import { UsageError } from '../../errors';
import type { Chat } from '../chat';
import { ModelError } from '../model-error';
import { readAddress } from './address';
import { EndpointChat } from './ask-model';
import { discoverApi } from './discover';
import type { Endpoint } from './endpoint';
import { OllamaEndpoint } from './ollama';
import { OpenAiEndpoint } from './openai';
import { recorded, replayed } from './recording';
import type { EndpointSettings } from './settings';

const NEVER = new AbortController().signal;

/**
 * A model, ready to be asked: the server is there, has the model, and the model has the context.
 * With a recording to replay no server is asked for anything.
 *
 * @throws ModelError when the server or the model is not as needed; UsageError for settings that
 * can't be followed.
 */
export async function openChat(
  settings: EndpointSettings,
  model: string,
  signal: AbortSignal = NEVER,
): Promise<Chat> {
  const { contextTokens, record, replay } = settings;
  if (replay !== undefined) {
    if (record !== undefined) {
      throw new UsageError(
        'A run can be recorded or replayed, not both.',
        'Unset SENTRIES_RECORD or SENTRIES_REPLAY.',
      );
    }
    return replayed(replay, model, contextTokens);
  }
  const endpoint = await openEndpoint(settings, signal);
  const { contextTokens: most } = await endpoint.show(model, signal);
  if (most !== null && most < contextTokens) {
    throw new ModelError(
      'context-too-small',
      `${model} at ${endpoint.address.shown} has a context of ${String(most)} tokens, fewer than the ${String(contextTokens)} that are set.`,
      `Set a context of ${String(most)}, or use a model with a larger one.`,
    );
  }
  const chat = new EndpointChat(endpoint, model, settings);
  return record === undefined ? chat : recorded(chat, record, endpoint.apiKey);
}

/**
 * The server itself: what speaks there, its models, and fetching more.
 *
 * @throws ModelError when nothing answers, or something that is no model server.
 */
export async function openEndpoint(
  { base, api, apiKey }: Pick<EndpointSettings, 'base' | 'api' | 'apiKey'>,
  signal: AbortSignal = NEVER,
): Promise<Endpoint> {
  const address = readAddress(base);
  const key = readKey(apiKey);
  const spoken = api ?? (await discoverApi(address, key, signal));
  return spoken === 'ollama' ? new OllamaEndpoint(address, key) : new OpenAiEndpoint(address, key);
}

/** A key read from a file often brings the end of its line. */
function readKey(apiKey: string | undefined): string | undefined {
  const key = apiKey?.trim();
  if (key === undefined || key === '') return undefined;
  if (/^[!-~]+$/.test(key)) return key;
  throw new UsageError(
    'LLM_API_KEY is no key: it holds blanks, line ends or characters that no key has.',
    'Set it to the key alone.',
  );
}
