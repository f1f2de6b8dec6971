/**
 * Takes the time of the phases of a run. What a phase does for another one counts for that one alone: what
 * all failures share is not the time of the first one that needed it.
 *
 * Each phase is an entry of the process's performance timeline as well, once for each time it was taken.
 */
export class Stopwatch {
  readonly #timings = new Map<string, number>();
  /** Milliseconds of all phases that were taken in one go. */
  #inner = 0;

  async time<T>(phase: string, work: Promise<T>): Promise<T> {
    const end = this.#begin(phase);
    try {
      return await work;
    } finally {
      end();
    }
  }

  /** The same of work that does not wait for anything; only such a phase may lie within another one. */
  timeSync<T>(phase: string, work: () => T): T {
    const end = this.#begin(phase);
    try {
      return work();
    } finally {
      this.#inner += end();
    }
  }

  /** Phase → milliseconds. */
  get timings(): Record<string, number> {
    return Object.fromEntries([...this.#timings].map(([phase, ms]) => [phase, Math.round(ms)]));
  }

  #begin(phase: string): () => number {
    const [start, inner] = [performance.now(), this.#inner];
    return () => {
      const duration = performance.now() - start - (this.#inner - inner);
      this.#timings.set(phase, (this.#timings.get(phase) ?? 0) + duration);
      performance.measure(`sentry ${phase}`, { start, duration });
      return duration;
    };
  }
}
