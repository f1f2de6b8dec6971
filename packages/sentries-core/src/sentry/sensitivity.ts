import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangeSet, SourceFiles } from '../change/change-set';
import { lineHunks } from '../change/line-hunks';
import type { FileEdit } from '../patch/unified-diff';
import type { FailureFact } from '../pytest/facts';
import { PythonSource } from '../python/syntax';
import { decodeSource, encodeSource } from '../python/text';
import { planMutants } from '../verify/mutants';
import type { Targets } from '../verify/retest';
import type { Case } from './case';
import type { Workshop } from './plan-round';
import type { ProvingGround } from './repair-loop';

const MAX_MUTANTS = 8;

const NOTHING_RUN =
  'there is no old source on which the test could fail, and no line of the source is known that it executes, so nothing shows what it would notice';
const NOTHING_NOTICED =
  'there is no old source on which the test could fail, and with the edit it notices no mistake put into the lines that it executes';

/**
 * Asks repaired tests whether they would notice a mistake, where there is no old source to ask: nothing of the
 * source changed (only tests did, or `accept` lets a value be written that no change explains), or all of it is
 * new. Small mistakes are put into the changed lines that a test executes, or else into any that it executes, one
 * at a time. One that it notices is enough; and it must notice by its assertion, not since nothing works any more.
 *
 * What reads no source of the project (data files, another process) can't be asked: it is refused.
 *
 * @returns test (by key) → why nothing shows that it would notice a mistake.
 */
export async function unnoticingTests(
  cases: readonly Case[],
  { change, policy }: Workshop,
  ground: ProvingGround,
  edits: readonly FileEdit[],
  targets: Targets,
): Promise<Map<string, string>> {
  const bench = ground.bench();
  const { lines } = await bench.glance(edits, targets, ground.folders);
  const waiting = new Map(cases.map((one) => [one, NOTHING_RUN]));
  for (const one of cases) {
    if (!waiting.has(one)) continue;
    const executed = [...lines.tests].filter(([key]) => isOf(one, key)).map(([, files]) => files);
    const sources = executed
      .flatMap((of) => [...of])
      .filter(([path]) => !policy.tests.isTest(path));
    const mutants = await mutantsOn(sources, change, ground.workspace);
    if (mutants.length > 0) waiting.set(one, NOTHING_NOTICED);
    for (const mutant of spread(mutants, MAX_MUTANTS)) {
      const run = await bench.glanceOn(mutant, edits, targets);
      const noticed = run?.failures.filter(isAssertion) ?? [];
      for (const other of waiting.keys())
        if (noticed.some(({ key }) => isOf(other, key))) waiting.delete(other);
      if (!waiting.has(one)) break;
    }
  }
  return new Map([...waiting].map(([{ first }, reason]) => [first.key, reason]));
}

/** True for the test of a case, and for any of the file or the tests that it stands for. */
const isOf = ({ first: { key, when } }: Case, test: string): boolean =>
  when === 'conftest' || test === key || test.startsWith(`${key}::`);

const isAssertion = ({ exception: { type } }: FailureFact): boolean =>
  type === 'builtins.AssertionError' || type === 'builtins.Failed';

/** The sources with a mistake each: on changed lines where any of them can have one, else on all. */
async function mutantsOn(
  executed: readonly (readonly [string, ReadonlySet<number>])[],
  change: ChangeSet,
  workspace: string,
): Promise<SourceFiles[]> {
  const [onChanged, onAll]: [SourceFiles[], SourceFiles[]] = [[], []];
  for (const path of new Set(executed.map(([file]) => file))) {
    const bytes = await readFile(join(workspace, ...path.split('/'))).catch(() => null);
    // What the tests themselves wrote into the copy.
    if (!bytes) continue;
    const { text, encoding } = decodeSource(bytes);
    const lines = new Set(executed.flatMap(([file, own]) => (file === path ? [...own] : [])));
    const changed = changedLines(change, path);
    for (const { span, after, line } of planMutants(new PythonSource(text), lines)) {
      const made = text.slice(0, span.start) + after + text.slice(span.end);
      const source = new Map([[path, encodeSource(made, encoding)]]);
      onAll.push(source);
      if (changed.has(line)) onChanged.push(source);
    }
  }
  return onChanged.length > 0 ? onChanged : onAll;
}

function changedLines(change: ChangeSet, path: string): Set<number> {
  const file = change.files.find((one) => one.path === path);
  const hunks = file?.new ? lineHunks(file.old?.text ?? '', file.new.text) : [];
  return new Set(
    hunks.flatMap(({ new: { start, end } }) =>
      Array.from({ length: end - start }, (_, at) => start + at),
    ),
  );
}

/** As many as asked for, spread evenly over all, the first among them. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, all.length / count);
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}
