import { ModelError } from '../model-error';
import type { Address } from './address';
import { Connection, HttpFailure, WrongContent } from './connection';
import { explain, proxyNote, type Circumstances } from './explain';
import type { ModelApi } from './settings';
import { cancelled } from './time-limits';

/** Seconds for questions that need no model. */
const CONTROL_SECONDS = 15;
/** No list of models is longer. */
export const CONTROL_BYTES = 16 * 1024 * 1024;

/**
 * Which protocol a server speaks, found by asking. Ollama speaks both, and is asked first, because
 * only its native one takes the size of the context.
 *
 * @throws ModelError when nothing answers, or something that is no model server.
 */
export async function discoverApi(
  address: Address,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<ModelApi> {
  const of: Circumstances = { address, apiKey };
  const version = await ask(`${address.root}/api/version`, of, signal);
  if (typeof version.json?.['version'] === 'string') return 'ollama';
  const models = await ask(`${address.versioned}/models`, of, signal);
  if (Array.isArray(models.json?.['data'])) return 'openai';
  for (const { failure } of [models, version]) {
    // A gate or a loading server, before which can't be seen what it is.
    if (failure && [401, 403, 407, 429, 502, 503, 504].includes(failure.status)) {
      throw explain(failure, of);
    }
  }
  throw new ModelError(
    'no-model-server',
    `${address.shown} is no model server: it answered /api/version with ${version.seen} and /v1/models with ${models.seen}.${proxyNote(of)}`,
    'Set LLM_BASE to the address of an Ollama or OpenAI-style server, and LLM_API if it lists no models.',
  );
}

interface Answer {
  readonly json?: Readonly<Record<string, unknown>>;
  readonly failure?: HttpFailure;
  /** The answer, for people. */
  readonly seen: string;
}

async function ask(url: string, of: Circumstances, signal: AbortSignal): Promise<Answer> {
  return control(of, signal, async (within) => {
    const { fetch } = new Connection({
      ...of,
      signal: within,
      accept: ['application/json'],
      maxBytes: CONTROL_BYTES,
    });
    try {
      const json = await (await fetch(url)).json();
      const isObject = typeof json === 'object' && json !== null;
      return { seen: 'other JSON', ...(isObject ? { json: { ...json } } : {}) };
    } catch (failure) {
      if (failure instanceof HttpFailure) return { failure, seen: failure.message };
      if (failure instanceof WrongContent) return { seen: failure.message };
      if ((failure as Error).name === 'SyntaxError') return { seen: 'broken JSON' };
      throw failure;
    }
  });
}

/** Asks what needs no model, within the time for such questions; whatever goes wrong is a ModelError. */
export async function control<T>(
  of: Circumstances,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
  }, CONTROL_SECONDS * 1000);
  try {
    return await work(AbortSignal.any([signal, limit.signal]));
  } catch (error) {
    if (signal.aborted) throw cancelled(signal);
    if (limit.signal.aborted) {
      throw new ModelError(
        'unreachable',
        `${of.address.shown} takes connections, but did not answer within ${String(CONTROL_SECONDS)} s.${proxyNote(of)}`,
        'Look whether the server hangs, and start it anew.',
        error,
      );
    }
    throw explain(error, of);
  } finally {
    clearTimeout(timer);
  }
}
