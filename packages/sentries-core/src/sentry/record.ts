import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { SentryError } from '../errors';
import type { Patch } from '../guard/guard';
import { artifactFolder, clearArtifacts, writeArtifacts } from '../report/artifacts';
import type { EditRecord, FailureRecord, Note, RunRecord } from '../report/run-record';
import { withoutMachine } from './portable';
import type { Range } from './relate';
import type { TaskRequest } from './request';
import type { Stopwatch } from './stopwatch';

/** What a sentry found and did, in the terms of the record. */
export interface Told {
  readonly range: Range | undefined;
  readonly watch: Stopwatch;
  readonly error?: SentryError | undefined;
  readonly failures: readonly FailureRecord[];
  /** What is no failure, and worth a look. */
  readonly notes?: readonly Note[];
  readonly patch: Patch | null;
  /** What the run worked on; null where files changed meanwhile. */
  readonly change?: RunRecord['change'];
  readonly verification: RunRecord['verification'];
  readonly model?: RunRecord['model'];
}

export interface Composed {
  readonly record: RunRecord;
  readonly patch: Buffer | null;
}

/**
 * Carries out a task: whatever `tell` makes of it is written as its artifacts, which is all that a task changes.
 *
 * @returns the record that was written.
 */
export async function carryOut<T extends TaskRequest>(
  asked: T,
  sentry: RunRecord['sentry'],
  tell: (request: T) => Promise<Composed>,
): Promise<RunRecord> {
  const request = { ...asked, workspace: await realpath(asked.workspace) };
  const folder = join(request.workspace, artifactFolder(request.project, sentry));
  await clearArtifacts(folder);
  const { record, patch } = await tell(request);
  await writeArtifacts(folder, record, patch);
  return record;
}

/** Puts the record of a run together. Pure; equal runs give equal records but for `timings`. */
export function recordOf(request: TaskRequest, sentry: RunRecord['sentry'], told: Told): Composed {
  const { range, watch, error, failures, patch, notes = [] } = told;
  const portable = (text: string): string => withoutMachine(text, request.workspace);
  const record: RunRecord = {
    version: 1,
    sentry,
    project: request.project,
    target: request.target,
    base: range?.base ?? null,
    head: range?.head ?? null,
    mode: request.mode,
    result: error ? 'error' : resultOf(failures),
    error: error ? { message: portable(error.message), hint: error.hint } : null,
    failures: failures
      .map((failure) => portableFailure(failure, portable))
      .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    ...(notes.length > 0 && { notes: [...notes] }),
    patch: patch && { files: [...patch.files], added: patch.added, removed: patch.removed },
    change: told.change ?? null,
    verification: told.verification,
    model: told.model ?? { calls: 0, promptTokens: 0, completionTokens: 0 },
    timings: watch.timings,
  };
  return { record, patch: patch?.text ?? null };
}

function resultOf(failures: readonly FailureRecord[]): RunRecord['result'] {
  if (failures.length === 0) return 'green';
  const repaired = failures.filter(({ outcome }) => outcome === 'repaired').length;
  if (repaired === failures.length) return 'repaired';
  return repaired > 0 ? 'partial' : 'unrepaired';
}

/** What a patch holds is given as it is; all else in the terms of every machine. */
function portableFailure(
  failure: FailureRecord,
  portable: (text: string) => string,
): FailureRecord {
  const shown = ({ before, after, ...edit }: EditRecord): EditRecord =>
    failure.outcome === 'repaired'
      ? { ...edit, before, after }
      : { ...edit, before: portable(before), after: portable(after) };
  return {
    ...failure,
    reason: portable(failure.reason),
    exception: { ...failure.exception, message: portable(failure.exception.message) },
    edits: failure.edits.map(shown),
  };
}
