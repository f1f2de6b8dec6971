/** Takes the time of the phases of a run. */
export class Stopwatch {
  readonly #timings: Record<string, number> = {};

  async time<T>(phase: string, work: Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work;
    } finally {
      this.#timings[phase] = (this.#timings[phase] ?? 0) + Math.round(performance.now() - start);
    }
  }

  /** Phase → milliseconds. */
  get timings(): Record<string, number> {
    return { ...this.#timings };
  }
}
