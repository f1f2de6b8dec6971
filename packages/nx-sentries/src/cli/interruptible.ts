/**
 * Does work that Ctrl+C ends: the first one gives the signal, so that connections close and locks are let go; a
 * second one ends the process at once.
 *
 * @param ended What the signal's reason is to be.
 */
export async function interruptible<T>(
  ended: Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = (): void => controller.abort(ended);
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}
