import type { ChatProgress } from '../chat';
import { ModelError } from '../model-error';
import type { Address } from './address';
import type { EndpointSettings } from './settings';

/**
 * The clocks of one request. The signal ends with the caller's signal or with a limit, and its
 * reason is the ModelError to throw.
 */
export class TimeLimits {
  readonly #controller = new AbortController();
  readonly #start = performance.now();
  readonly #total: NodeJS.Timeout;
  #first: NodeJS.Timeout | undefined;
  #firstTokenAfter: number | null = null;
  #last: number | null = null;
  #tokens = 0;

  constructor(
    private readonly timeouts: EndpointSettings['timeouts'],
    private readonly address: Address,
    private readonly model: string,
    private readonly caller: AbortSignal,
  ) {
    caller.addEventListener('abort', this.#cancel);
    if (caller.aborted) this.#cancel();
    this.#total = setTimeout(() => {
      this.#controller.abort(this.#totalPassed());
    }, timeouts.total * 1000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds until the total limit. */
  get left(): number {
    return this.timeouts.total * 1000 - (performance.now() - this.#start);
  }

  /** A request goes out: its first token has the whole limit. */
  sent(): void {
    clearTimeout(this.#first);
    this.#first = setTimeout(() => {
      this.#controller.abort(
        new ModelError(
          'first-token-timeout',
          `${this.model} at ${this.address.shown} sent no first token within ${seconds(this.timeouts.firstToken)}.`,
          'The model may still be loading, or the machine be too slow for it: try again, raise the limit, or use a smaller model.',
        ),
      );
    }, this.timeouts.firstToken * 1000);
  }

  token(): ChatProgress {
    clearTimeout(this.#first);
    this.#last = performance.now() - this.#start;
    this.#firstTokenAfter ??= this.#last;
    this.#tokens += 1;
    return { tokens: this.#tokens, firstTokenAfter: this.#firstTokenAfter, elapsed: this.#last };
  }

  /** Waiting to ask again is no waiting for a token. */
  pause(): void {
    clearTimeout(this.#first);
  }

  stop(): void {
    clearTimeout(this.#first);
    clearTimeout(this.#total);
    this.caller.removeEventListener('abort', this.#cancel);
    // Whatever is still open closes.
    this.#controller.abort();
  }

  #totalPassed(): ModelError {
    const silent = performance.now() - this.#start - (this.#last ?? 0);
    const so =
      this.#last === null
        ? 'no token came'
        : `${String(this.#tokens)} ${this.#tokens === 1 ? 'token' : 'tokens'} came, the last ${seconds(silent / 1000)} before the end`;
    return new ModelError(
      'total-timeout',
      `${this.model} at ${this.address.shown} was not done within ${seconds(this.timeouts.total)}: ${so}.`,
      silent > 10_000
        ? 'The server stopped in the middle: look into its log, and start it anew.'
        : 'Raise the limit, or use a faster or smaller model.',
    );
  }

  readonly #cancel = (): void => {
    this.#controller.abort(cancelled(this.caller));
  };
}

/** Why a signal ended a request: a limit of ours is its own reason, everything else is the caller's wish. */
export function cancelled(signal: AbortSignal): ModelError {
  if (signal.reason instanceof ModelError) return signal.reason;
  return new ModelError(
    'cancelled',
    'The request to the model was cancelled.',
    'Run it again when you want its answer.',
    signal.reason,
  );
}

function seconds(value: number): string {
  return `${String(Math.round(value * 10) / 10)} s`;
}
