import { SentryError } from '../errors';
import type { PytestRun } from '../pytest/run';
import type { RunRecord } from '../report/run-record';
import { compose, type Ending } from './compose';
import { interpreterOf } from './project';
import { carryOut } from './record';
import type { Range } from './relate';
import type { SentryRequest } from './request';
import { brokenRun, sense } from './sense';
import { Stopwatch } from './stopwatch';

/*
 * Imported here is only what it takes to start pytest. The rest is loaded while it runs, and what repairs
 * only where a test fails: a green run must cost hardly more than pytest itself.
 */

/**
 * The pipeline: sense, relate, propose, guard, verify, record. It changes nothing but the artifacts.
 *
 * @returns the record that was written. Errors of the user's side end in a record with the result `error`;
 *   only a defect of ours is thrown.
 */
export function runSentry(asked: SentryRequest): Promise<RunRecord> {
  return carryOut(asked, 'sentry-test', async (request) => compose(request, await run(request)));
}

async function run(request: SentryRequest): Promise<Ending> {
  const watch = new Stopwatch();
  const abort = new AbortController();
  let range: Range | undefined;
  let sensing: Promise<PytestRun> | undefined;
  let sensed: PytestRun | undefined;
  try {
    const python = await interpreterOf(request);
    sensing = watch.time('sense', sense(request, python, abort.signal));
    // Its failure is heard below, once git has answered.
    sensing.catch(() => undefined);
    const [{ findRange }, { testedContent }, { sweepLeftovers }] = await Promise.all([
      import('./relate.js'),
      import('./tested.js'),
      import('../verify/isolated-copy.js'),
    ]);
    await sweepLeftovers();
    const found = await watch.time('range', findRange(request).catch(unlessGreen(request)));
    if (!(found instanceof SentryError)) range = found;
    // A green run has to name its content only where that may close a pull request.
    const tested =
      range && request.mode === 'pr'
        ? await watch.time('range', testedContent(range, request))
        : undefined;
    sensed = await sensing;
    const broken = brokenRun(sensed, request);
    if (broken) throw broken;
    if (sensed.failures.length === 0)
      return { range, watch, sensed, change: (await tested?.()) ?? null };
    if (found instanceof SentryError) throw found;
    const { repairFailures } = await import('./test-sentry.js');
    return {
      range,
      watch,
      sensed,
      ...(await repairFailures(request, found, python, sensed, watch)),
    };
  } catch (error) {
    abort.abort();
    await sensing?.catch(() => undefined);
    if (!(error instanceof SentryError)) throw error;
    return { range, watch, sensed, error };
  }
}

/**
 * Without failures nobody asks what changed: then a default base that is not there is no error. A base or
 * head that was asked for must be there all the same.
 */
function unlessGreen({ base, head }: SentryRequest): (error: unknown) => SentryError {
  return (error) => {
    if (error instanceof SentryError && base === undefined && head === undefined) return error;
    throw error;
  };
}
