import { EnvironmentError, SentryError } from '../../errors';
import type { TaskRequest } from '../request';

/**
 * Says, once, that there is no model: that is no error, and what the rules say stays.
 *
 * @returns the reason for what rules were not asked about; undefined where they were.
 * @throws the error where it is a defect of ours.
 */
export function withoutModel(
  error: unknown,
  { strategy, log }: Pick<TaskRequest, 'strategy' | 'log'>,
): string | undefined {
  if (!(error instanceof SentryError)) throw error;
  const consequence = strategy === 'auto' ? 'rules alone' : 'nothing is repaired';
  log(`[nx-sentries] no model, ${consequence}: ${error.message} ${error.hint}\n`);
  return strategy === 'model' ? `no model: ${error.message}` : undefined;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends the request that is under way when the process is told to end. The run ends then with an error, so that its copies are
 * removed and its record says so; told again, the process ends at once.
 */
export class Cancelling {
  readonly #controller = new AbortController();
  readonly #onSignal = (): void => this.#controller.abort();

  constructor() {
    for (const name of SIGNALS) process.once(name, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @throws EnvironmentError where the process was told to end. */
  check(cause?: unknown): void {
    if (!this.signal.aborted) return;
    throw new EnvironmentError(
      'the run was interrupted while a model was asked',
      'Run the task again.',
      cause,
    );
  }

  end(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }
}
