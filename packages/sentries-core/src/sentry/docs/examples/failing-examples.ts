import type { FailureFact } from '../../../pytest/facts';
import type { PytestRun } from '../../../pytest/run';
import type { Case } from '../../case';
import type { Finding } from '../finding';

/** True where a run shows that an example passes; of a file that could not be collected, one of its examples. */
export function passed({ key }: Pick<FailureFact, 'key'>, run: PytestRun): boolean {
  const failing = new Set(run.failures.map((one) => one.key));
  return [...run.started.keys()].some(
    (started) =>
      (started === key || started.startsWith(`${key}::`)) &&
      !failing.has(started) &&
      !run.skipped.has(started),
  );
}

/**
 * Of failing examples, those that passed before the change.
 *
 * @param atBase What they did on the base; null where that could not be told, and nothing is stale for sure.
 * @param changed The files that the change touched: what is named there by its line may be another example on the base.
 */
export function staleAmong(
  failing: readonly FailureFact[],
  atBase: PytestRun | null,
  changed: ReadonlySet<string>,
): FailureFact[] {
  if (!atBase) return [];
  return failing.filter(
    (one) =>
      passed(one, atBase) &&
      !(one.file !== null && changed.has(one.file) && /\bline:\d/.test(one.id)),
  );
}

/** The lines (first and last) of the example that failed, or of what failed in it. */
function linesOf({ doctest, frames, file }: FailureFact): readonly [number, number] | undefined {
  if (doctest) {
    const { line, source } = doctest;
    return line === null ? undefined : [line, line + source.trimEnd().split('\n').length - 1];
  }
  const line = frames.findLast((frame) => frame.file === file)?.line;
  return line === undefined ? undefined : [line, line];
}

/** True where an example fails on a line with a reference that leads nowhere: that is told, and is no second finding. */
export function isOfFinding(failure: FailureFact, findings: readonly Finding[]): boolean {
  const lines = linesOf(failure);
  const file = failure.doctest?.file ?? failure.file;
  return findings.some(
    ({ file: own, stale: { reference }, verdict }) =>
      verdict !== undefined &&
      own === file &&
      lines !== undefined &&
      lines[0] <= reference.line &&
      reference.line <= lines[1],
  );
}

/** Names a failing example by its place: of another output, where that stands. */
export function exampleId({ first }: Case): string {
  const { doctest, id } = first;
  const lines = linesOf(first);
  const file = doctest?.file ?? first.file;
  if (file === null || !lines) return id;
  return `${file}:${doctest && doctest.got !== null ? lines[1] + 1 : lines[0]}`;
}
