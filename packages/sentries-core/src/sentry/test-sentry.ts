import { filesAtBase, type SourceFiles } from '../change/change-set';
import type { ChangedFile } from '../change/changed-file';
import { foldersOf } from '../change/scope';
import type { PytestRun } from '../pytest/run';
import { loadSyntax } from '../python/syntax';
import { removedSubject } from '../repair/rules/removed-subject';
import { Bench } from '../verify/retest';
import type { generate } from './generate/generate';
import { newCase, type Case } from './case';
import type { Ending } from './compose';
import { planRound, type Workshop } from './plan-round';
import { relate, testPathsOf, type Range } from './relate';
import { repair, type ProvingGround, type Repaired } from './repair-loop';
import { acceptedTiers, type SentryRequest } from './request';
import { lookAgain } from './second-look';
import type { Stopwatch } from './stopwatch';
import { byteCodeOf } from './sense';
import { TestFiles } from './test-files';
import { testedContent } from './tested';

/** Relates the failures to the change, and proposes and proves their repair. */
export async function repairFailures(
  request: SentryRequest,
  range: Range,
  python: string,
  sensed: PytestRun,
  watch: Stopwatch,
): Promise<Repaired & Pick<Ending, 'change'>> {
  const { workspace, folder, maxFiles, maxLines } = request;
  await loadSyntax();
  const tests = testPathsOf(request, sensed);
  const tested = await watch.time('relate', testedContent(range, request));
  const change = await watch.time('relate', relate(range, request, tests, watch));
  const workshop: Workshop = {
    change,
    files: new TestFiles(workspace, folder, tests),
    policy: { tests, maxFiles, maxLines },
    accepted: acceptedTiers(request.accept),
    uncaused: new Set(),
    watch,
    // This one proposes nothing: it knows what no model may be asked to mend.
    ...(request.strategy === 'model' && { strategies: [removedSubject] }),
  };
  let bench: Bench | undefined;
  const atBase = (files: readonly ChangedFile[]): Promise<SourceFiles> =>
    filesAtBase(range.repository, range.base, files);
  const ground: ProvingGround = {
    workspace,
    folders: foldersOf(request),
    sensed,
    bench: () =>
      (bench ??= new Bench({
        workspace,
        scope: request,
        pytest: { python, args: request.pytestArgs, timeout: request.testTimeout },
        sensed,
        tests,
        traced: change.files.flatMap(({ path, new: now }) => (now ? [path] : [])),
        bytecode: byteCodeOf(workspace),
      })),
    lookAgain: (cases) => lookAgain(cases, change, workspace, () => ground.bench()),
    base: memo(async () => ({
      source: await atBase(change.files),
      tests: await atBase(change.tests),
    })),
  };
  try {
    const cases = sensed.failures.map((failure) => newCase(failure));
    await watch.time('look', ground.lookAgain(cases));
    if (request.mode === 'report') {
      await watch.time('plan', planRound(cases, workshop));
      return { cases, patch: null, retest: null };
    }
    const settled = await watch.time('repair', repair(cases, workshop, ground));
    const repaired =
      request.strategy === 'rules' || !settled.cases.some(isUnrepaired)
        ? settled
        : await generated(settled, request, workshop, ground);
    return { ...repaired, change: await tested() };
  } finally {
    await bench?.remove();
  }
}

/** Nothing of it is loaded where no model is needed. */
async function generated(...given: Parameters<typeof generate>): Promise<Repaired> {
  const { generate } = await import('./generate/generate.js');
  return generate(...given);
}

const isUnrepaired = ({ verdict }: Case): boolean => verdict?.outcome === 'unrepaired';

function memo<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
