import { ModelError } from '../model-error';
import { asksProxies, proxyFor, type Address } from './address';
import { HttpFailure, WrongContent } from './connection';
import type { ModelApi } from './settings';

/** What is known of the request that failed. */
export interface Circumstances {
  readonly address: Address;
  readonly apiKey?: string | undefined;
  readonly api?: ModelApi;
  /** Absent where no model was asked for anything. */
  readonly model?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const START = 'Start the server (`ollama serve`), or set LLM_BASE to where it is.';
const OTHER_PLACE = 'Set LLM_BASE to the address of an Ollama or OpenAI-style server.';
const MEMORY =
  /out of memory|more (system|gpu) memory|insufficient memory|failed to allocate|\boom\b/i;
const CONTEXT =
  /exceed_context_size|context_length_exceeded|context (length|size|window)|maximum context|input length/i;

/** Whatever went wrong on the way to a reply, as what happened, where, and what to do next. */
export function explain(error: unknown, of: Circumstances): ModelError {
  if (error instanceof ModelError) return error;
  if (error instanceof HttpFailure) return explainStatus(error, of);
  if (error instanceof WrongContent) {
    return new ModelError(
      'no-model-server',
      `${of.address.shown} answered with ${error.message}, which is no model's reply.${proxyNote(of)}`,
      OTHER_PLACE,
      error,
    );
  }
  return explainConnection(error, of);
}

/** May the same request get an answer a little later? */
export function mayPass(error: unknown): error is HttpFailure {
  return (
    error instanceof HttpFailure &&
    (error.status === 429 || error.status >= 500) &&
    !MEMORY.test(error.body) &&
    !CONTEXT.test(error.body)
  );
}

/** An error that a server sent in place of a reply, or in the middle of one. */
export function explainWords(words: string, of: Circumstances, cause?: unknown): ModelError {
  const { shown } = of.address;
  const said = quoted(words, of);
  const model = of.model ?? 'the model';
  if (MEMORY.test(words)) {
    return new ModelError(
      'out-of-memory',
      `${shown} has not enough memory for ${model}: ${said}.`,
      'Use a smaller model (MODEL_PLAN, MODEL_PATCH) or a smaller context, or free memory on that machine.',
      cause,
    );
  }
  if (CONTEXT.test(words)) {
    return new ModelError(
      'context-too-small',
      `The context that ${shown} gives ${model} does not hold the prompt: ${said}.`,
      'Start the server with a larger context, or set a smaller context for the sentries.',
      cause,
    );
  }
  return new ModelError(
    'server-error',
    `${shown} failed while asked for ${model}: ${said}.`,
    'Look into the log of the model server.',
    cause,
  );
}

function explainStatus(failure: HttpFailure, of: Circumstances): ModelError {
  const { shown } = of.address;
  const { status } = failure;
  const words = wordsOf(failure.body);
  const said =
    words === '' ? `HTTP ${String(status)}` : `HTTP ${String(status)}, ${quoted(words, of)}`;
  if (status === 401 || status === 403) {
    const without = of.apiKey === undefined;
    return new ModelError(
      'denied',
      `${shown} ${without ? 'wants a key' : 'refused the key'}: ${said}.${proxyNote(of)}`,
      without ? 'Set LLM_API_KEY.' : 'Check LLM_API_KEY, and that it may use this model.',
      failure,
    );
  }
  if (status === 407) {
    return new ModelError(
      'no-model-server',
      `A proxy stands before ${shown}, and wants to know who asks.${proxyNote(of)}`,
      'Add the host to NO_PROXY, or the user to the address of the proxy.',
      failure,
    );
  }
  if (status >= 300 && status < 400) {
    return new ModelError(
      'no-model-server',
      `${shown} sends us elsewhere (${said}${failure.location === null ? '' : `, to ${failure.location}`}).`,
      'Set LLM_BASE to the final address: a key is not sent on to another place.',
      failure,
    );
  }
  if (status === 404 && of.model !== undefined && /model/i.test(words)) {
    return missingModel(of.model, null, of, failure);
  }
  if (status === 404 || status === 405) {
    return new ModelError(
      'no-model-server',
      `${shown} does not know what a model server should (${said}).${proxyNote(of)}`,
      `${OTHER_PLACE} If LLM_API is set, check it too.`,
      failure,
    );
  }
  if (mayPass(failure) && (status === 429 || status === 503)) {
    return new ModelError(
      'busy',
      `${shown} is busy: ${said}.`,
      'Wait until it is done with others, or raise its limits.',
      failure,
    );
  }
  return explainWords(words === '' ? said : words, of, failure);
}

function explainConnection(error: unknown, of: Circumstances): ModelError {
  const { shown } = of.address;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code)) {
    return new ModelError(
      'unreachable',
      `Nothing answers at ${shown} (${code}).${proxyNote(of)}`,
      START,
      error,
    );
  }
  if (/CERT|TLS|SSL/.test(code) || code === 'EPROTO') {
    return new ModelError(
      'unreachable',
      `No secure connection to ${shown} (${code}).${proxyNote(of)}`,
      'Check https or http in LLM_BASE; name a certificate of your own in NODE_EXTRA_CA_CERTS.',
      error,
    );
  }
  if (code.startsWith('HPE_')) {
    return new ModelError(
      'no-model-server',
      `${shown} does not speak HTTP (${code}).`,
      OTHER_PLACE,
      error,
    );
  }
  if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/.test(code)) {
    return new ModelError(
      'connection-lost',
      `${shown} closed the connection before the reply was complete.${proxyNote(of)}`,
      'Look into the log of the model server: it may have crashed or been restarted.',
      error,
    );
  }
  return new ModelError(
    'bad-protocol',
    `${shown} sent what is no reply: ${quoted(message === '' ? 'no reason given' : message, of)}.`,
    'Check LLM_API and the version of the model server.',
    error,
  );
}

/** @param there The models that the server has; null where it did not say. */
export function missingModel(
  model: string,
  there: readonly string[] | null,
  of: Circumstances,
  cause?: unknown,
): ModelError {
  const has =
    there === null
      ? ''
      : there.length === 0
        ? ' It has none.'
        : ` It has ${there.slice(0, 8).join(', ')}${there.length > 8 ? ', …' : ''}.`;
  const hint =
    of.api === 'ollama'
      ? `Run \`ollama pull ${model}\` or \`npx sentries models pull\`, or name another model in MODEL_PLAN and MODEL_PATCH.`
      : 'Load the model on the server, or name one of its models in MODEL_PLAN and MODEL_PATCH.';
  return new ModelError(
    'missing-model',
    `${of.address.shown} has no model ${model}.${has}`,
    hint,
    cause,
  );
}

export function proxyNote(of: Circumstances): string {
  const proxy = proxyFor(of.address, of.env ?? process.env);
  if (proxy === null) return '';
  const unasked = asksProxies(process.version)
    ? ''
    : `, which Node ${process.version} does not ask: 22.21, 24.5 and later ones do`;
  return ` The environment names the proxy ${proxy} for this address${unasked}; if the server is in your own network, add its host to NO_PROXY.`;
}

/** The error inside a JSON body, in the forms servers use; otherwise the first line of a text, not of a page. */
function wordsOf(body: string): string {
  try {
    const { error, message, detail } = JSON.parse(body) as Record<string, unknown>;
    const inner =
      typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
    const type = typeof inner['type'] === 'string' ? ` (${inner['type']})` : '';
    if (typeof inner['message'] === 'string') return inner['message'] + type;
    return [error, message, detail].find((part) => typeof part === 'string') ?? '';
  } catch {
    return body.trimStart().startsWith('<') ? '' : (body.trim().split('\n')[0] ?? '');
  }
}

/** Words of a server: bounded, on one line, and without the key, which some repeat. */
function quoted(words: string, of: Circumstances): string {
  const line = withoutKey(words, of.apiKey).replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return `“${line.length > 300 ? `${line.slice(0, 300)}…` : line}”`;
}

/**
 * Text that came from a server, without the key. Shorter ones are no secrets but fillers, such as
 * `ollama` and `lm-studio`, which can be words of the code.
 */
export function withoutKey(text: string, key: string | undefined): string {
  return key === undefined || key.length < 12 ? text : text.replaceAll(key, '***');
}
