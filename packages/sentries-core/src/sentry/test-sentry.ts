import { filesAtBase, type SourceFiles } from '../change/change-set';
import type { ChangedFile } from '../change/changed-file';
import type { PytestRun } from '../pytest/run';
import { loadSyntax } from '../python/syntax';
import { Bench } from '../verify/retest';
import { newCase } from './case';
import { planRound, type Workshop } from './plan-round';
import { relate, testPathsOf, type Range } from './relate';
import { repair, type Repaired } from './repair-loop';
import { acceptedTiers, type SentryRequest } from './request';
import type { Stopwatch } from './stopwatch';
import { byteCodeOf } from './sense';
import { TestFiles } from './test-files';

/** Relates the failures to the change, and proposes and proves their repair. */
export async function repairFailures(
  request: SentryRequest,
  range: Range,
  python: string,
  sensed: PytestRun,
  watch: Stopwatch,
): Promise<Repaired> {
  const { workspace, folder, maxFiles, maxLines } = request;
  await loadSyntax();
  const tests = testPathsOf(request, sensed);
  const change = await watch.time('relate', relate(range, request, tests, watch));
  const workshop: Workshop = {
    change,
    files: new TestFiles(workspace, folder, tests),
    policy: { tests, maxFiles, maxLines },
    accepted: acceptedTiers(request.accept),
    uncaused: new Set(),
    watch,
  };
  if (request.mode === 'report') {
    const cases = sensed.failures.map((failure) => newCase(failure));
    await watch.time('plan', planRound(cases, workshop));
    return { cases, patch: null, retest: null };
  }
  let bench: Bench | undefined;
  const atBase = (files: readonly ChangedFile[]): Promise<SourceFiles> =>
    filesAtBase(range.repository, range.base, files);
  let base: Promise<{ source: SourceFiles; tests: SourceFiles }> | undefined;
  try {
    const repaired = repair(workshop, {
      sensed,
      bench: () =>
        (bench ??= new Bench({
          workspace,
          scope: request,
          pytest: { python, args: request.pytestArgs, timeout: request.testTimeout },
          sensed,
          tests,
          bytecode: byteCodeOf(workspace),
        })),
      base: () =>
        (base ??= Promise.all([atBase(change.files), atBase(change.tests)]).then(
          ([source, tests]) => ({ source, tests }),
        )),
    });
    return await watch.time('repair', repaired);
  } finally {
    await bench?.remove();
  }
}
