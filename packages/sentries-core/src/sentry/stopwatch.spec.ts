import { Stopwatch } from './stopwatch';

/** Keeps the process busy. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a stopwatch', () => {
  it('adds up a phase that comes again', () => {
    const watch = new Stopwatch();
    for (let time = 0; time < 4; time += 1) watch.timeSync('propose', () => work(10));
    expect(watch.timings['propose']).toBeGreaterThanOrEqual(40);
  });

  it('counts what a phase does for another one for that one alone', async () => {
    const watch = new Stopwatch();
    const repair = async (): Promise<void> => {
      await Promise.resolve();
      watch.timeSync('propose', () => watch.timeSync('analyse', () => work(200)));
    };
    await watch.time('repair', repair());
    const { repair: around, propose, analyse } = watch.timings;
    expect(analyse).toBeGreaterThanOrEqual(200);
    expect([around! < 100, propose! < 100]).toEqual([true, true]);
  });

  it('takes the time of work that fails', () => {
    const watch = new Stopwatch();
    const fail = (): never => {
      throw new Error('no');
    };
    expect(() => watch.timeSync('propose', fail)).toThrow('no');
    expect(Object.keys(watch.timings)).toEqual(['propose']);
  });

  it('tells each time from the others on the timeline', () => {
    performance.clearMeasures();
    const watch = new Stopwatch();
    watch.timeSync('propose', () => work(5));
    watch.timeSync('propose', () => work(1));
    const [first, second] = performance.getEntriesByName('sentry propose');
    expect(first!.duration).toBeGreaterThanOrEqual(5);
    expect(second!.duration).toBeGreaterThanOrEqual(1);
  });
});
