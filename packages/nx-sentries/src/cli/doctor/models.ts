import {
  endpointSettings,
  openChat,
  openEndpoint,
  SentryError,
  type Chat,
  type ChatProgress,
  type Endpoint,
  type EndpointSettings,
  type Settings,
} from 'sentries-core';
import { detail } from '../models/text';
import { VARIABLE, type Use } from '../models/used-as';
import { failed, type Check } from './check';
import { formatsCheck, planCheck, type FormatTrial } from './trials';

export interface ModelChecksOptions {
  readonly settings: Settings;
  readonly signal: AbortSignal;
  /** Told while a model writes. */
  readonly onProgress: (phase: string, progress: ChatProgress) => void;
  readonly onTrials: (trials: readonly FormatTrial[]) => void;
}

/** Is there a server, does it have the models, and do they do what is asked of them? */
export async function* modelChecks(options: ModelChecksOptions): AsyncGenerator<Check> {
  const { settings, signal, onProgress, onTrials } = options;
  const { SENTRIES_REPLAY: replay } = process.env;
  if (replay)
    yield {
      id: 'recording',
      status: 'warning',
      seen: `runs take their answers from the recording ${replay}, and ask no server`,
      hint: 'Unset SENTRIES_REPLAY to ask the server below.',
    };
  // What is tried here is the server: nothing is replayed, and nothing recorded.
  const asked = endpointSettings(settings.model);
  let endpoint: Endpoint;
  try {
    endpoint = await openEndpoint(asked, signal);
    // With LLM_API set, nothing was asked yet.
    if (asked.api !== undefined) await endpoint.models(signal).catch(tolerateNoList);
  } catch (error) {
    yield failedUnless(signal, 'server', error);
    return;
  }
  const how = asked.api === undefined ? 'found by asking' : 'as LLM_API or model.api says';
  const name = endpoint.api === 'ollama' ? 'Ollama' : 'OpenAI-style';
  yield { id: 'server', status: 'ok', seen: `${endpoint.address.shown}: ${name}, ${how}` };
  if (endpoint.api === 'openai') yield* protocolCheck(asked, signal);

  for (const use of ['plan', 'patch'] as const) {
    const chat = yield* chatCheck(use, endpoint, asked, options);
    const id = use === 'plan' ? 'plan-reply' : 'edit-formats';
    if (chat === null) {
      yield { id, status: 'skipped', seen: `not tried, because there is no ${use} model` };
      continue;
    }
    const probe = {
      replyTokens: settings.model.replyTokens,
      signal,
      onProgress: (progress: ChatProgress) => onProgress(`asking ${chat.model}`, progress),
    };
    try {
      yield use === 'plan'
        ? await planCheck(chat, probe)
        : await formatsCheck(chat, settings.model.format, probe, onTrials);
      // One model for both is loaded once.
      if (use === 'plan' || settings.model.plan !== chat.model)
        yield* contextCheck(chat, endpoint, signal);
    } catch (error) {
      yield failedUnless(signal, id, error);
    }
  }
}

/** Ollama speaks the OpenAI protocol too, but takes the size of the context in its own alone. */
async function* protocolCheck(
  { base, apiKey }: EndpointSettings,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  const spoken = await openEndpoint({ base, ...(apiKey !== undefined && { apiKey }) }, signal).then(
    ({ api }) => api,
    () => null,
  );
  signal.throwIfAborted();
  if (spoken !== 'ollama') return;
  yield {
    id: 'protocol',
    status: 'warning',
    seen: "this is an Ollama asked over the OpenAI protocol, which can't set the context: Ollama takes its own, and cuts longer prompts (such replies are not used)",
    hint: 'Unset LLM_API (model.api), or set it to ollama.',
  };
}

/** @returns null where it can't be asked; that has been said then. */
async function* chatCheck(
  use: Use,
  endpoint: Endpoint,
  asked: EndpointSettings,
  { settings, signal }: ModelChecksOptions,
): AsyncGenerator<Check, Chat | null> {
  const id = `${use}-model` as const;
  const model = settings.model[use];
  try {
    const info = await endpoint.show(model, signal);
    const chat = await openChat(asked, model, signal);
    const facts = detail(info);
    const seen = `${info.name} (${VARIABLE[use]})${facts === '' ? '' : `: ${facts}`}`;
    yield { id, status: 'ok', seen };
    return chat;
  } catch (error) {
    yield failedUnless(signal, id, error);
    return null;
  }
}

/** A server may load a model with less than was asked for, and tells only afterwards. */
async function* contextCheck(
  { model, contextTokens }: Chat,
  endpoint: Endpoint,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  const loaded = await endpoint.loadedContext(model, signal);
  if (loaded === null || loaded >= contextTokens) return;
  yield failed('context', {
    message: `the server has loaded ${model} with a context of ${String(loaded)} tokens, fewer than the ${String(contextTokens)} that are set`,
    hint: `Start the server with a larger context, or set model.contextTokens to ${String(loaded)} in sentries.config.json.`,
  });
}

/** Some gateways list no models; that they are there is then seen when one is asked. */
function tolerateNoList(error: unknown): void {
  const status = ((error as Error).cause as { status?: number } | undefined)?.status;
  if (status === undefined || ![404, 405, 501].includes(status)) throw error;
}

function failedUnless(signal: AbortSignal, id: Check['id'], error: unknown): Check {
  signal.throwIfAborted();
  if (error instanceof SentryError) return failed(id, error);
  throw error;
}
