import { filesAtBase, type SourceFiles } from '../change/change-set';
import type { FailureFact } from '../pytest/facts';
import type { PytestRun } from '../pytest/run';
import type { FailureRecord, RunRecord } from '../report/run-record';
import { Bench, type Targets } from '../verify/retest';
import { harmedTests, passes } from './judge';
import { interpreterOf } from './project';
import { relate, testPathsOf } from './relate';
import type { SentryRequest } from './request';
import { brokenRun, byteCodeOf, sense } from './sense';
import { Stopwatch } from './stopwatch';
import { disproved, type Opened } from './verify-artifacts';

/**
 * Runs what proved a patch of `sentry-test` once more, with nothing but the patch: no rule and no model is asked.
 *
 * @returns what was seen, in one sentence.
 * @throws PatchError where the tests do not bear the patch out.
 * @throws EnvironmentError where the tests can't be run.
 */
export async function verifyTests(
  request: SentryRequest,
  { record, edits, range }: Opened,
): Promise<string> {
  const python = await interpreterOf(request);
  const sensed = await sense(request, python, new AbortController().signal);
  const broken = brokenRun(sensed, request);
  if (broken) throw broken;
  const tests = testPathsOf(request, sensed);
  const change = await relate(range, request, tests, new Stopwatch());
  const old = await filesAtBase(range.repository, range.base, change.files);
  const repaired = record.failures
    .filter(({ outcome }) => outcome === 'repaired')
    .map((one) => testOf(one, sensed));
  const unexpected = sensed.failures.find(
    ({ id }) => !record.failures.some((one) => one.id === id),
  );
  if (unexpected) throw disproved(`${unexpected.id} fails, of which the run says nothing`);
  const bench = new Bench({
    workspace: request.workspace,
    scope: request,
    pytest: { python, args: request.pytestArgs, timeout: request.testTimeout },
    sensed,
    tests,
    traced: [],
    bytecode: byteCodeOf(request.workspace),
  });
  try {
    const nothing: SourceFiles = new Map();
    const sources = { old, base: nothing, uncaused: old, sufficient: nothing, values: [] };
    const retest = await bench.retest(edits, targetsOf(repaired), sources);
    for (const one of repaired) {
      if (!passes({ first: one }, retest.full)) throw disproved(`${one.id} does not pass with it`);
      if (!passes({ first: one }, retest.again))
        throw disproved(`${one.id} does not pass alone, or with another hash seed`);
    }
    const known = new Set(sensed.failures.map(({ key }) => key));
    const [harmed] = harmedTests(known, sensed, retest.full);
    if (harmed !== undefined) throw disproved(`with it ${harmed} does not pass any more`);
    const failing = retest.old
      ? repaired.filter((first) => !passes({ first }, retest.old!)).length
      : 0;
    const told = failOnOldSource(record);
    if (retest.old && failing < told)
      throw disproved(
        `${failing} of its tests fail on the source of the base; ${told} did when it was made`,
      );
    return `${retest.full.started.size} tests ran with the patch; ${repaired.length} repaired ones passed twice, ${failing} of them fail on the old source`;
  } finally {
    await bench.remove();
  }
}

const failOnOldSource = ({ verification }: RunRecord): number =>
  verification && 'failOnOldSource' in verification ? verification.failOnOldSource : 0;

type Test = Pick<FailureFact, 'id' | 'key' | 'when' | 'file'>;

/** A test of the record; one that only the patch brings to light is known by its id alone. */
function testOf({ id, place }: FailureRecord, sensed: PytestRun): Test {
  const seen = sensed.failures.find((failure) => failure.id === id);
  return seen ?? { id, key: id, when: 'call', file: place?.file ?? null };
}

function targetsOf(tests: readonly Test[]): Targets {
  if (tests.some(({ when }) => when === 'conftest')) return null;
  const files = new Set(tests.flatMap(({ file }) => file ?? []));
  return { keys: tests.map(({ key }) => key), files: [...files].sort() };
}
