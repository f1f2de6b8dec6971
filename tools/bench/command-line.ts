import { BenchError } from './python-index';

/** What the command line of a benchmark says. */
export function optionsOf<T>(usage: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BenchError((error as Error).message, usage);
  }
}

/** @throws RangeError for what is no positive whole number. */
export function numberOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`${text} is no positive number`);
  return Number(text);
}

/** Runs a benchmark. What it misses outside of itself is told with what to do about it. */
export function run(main: () => void | Promise<void>): void {
  Promise.resolve()
    .then(main)
    .catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error;
      console.error(`bench: ${error.message}\nbench: → ${error.hint}`);
      process.exitCode = 1;
    });
}
