import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PatchError, UsageError } from '../errors';
import { htmlReport } from './html';
import { markdownReport } from './markdown';
import type { RunRecord } from './run-record';

/**
 * Where the artifacts of a project are, from the workspace root.
 *
 * @throws UsageError for a name that leads elsewhere.
 */
export function artifactFolder(project: string, sentry: RunRecord['sentry']): string {
  if (project.split(/[\\/]/).includes('..')) {
    throw new UsageError(`a project can't be called ${project}`, 'Give it a name without "..".');
  }
  return `.sentries/${project}/${sentry}`;
}

/** Removes what an earlier run left, so that nothing stale is ever taken for a result. */
export async function clearArtifacts(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

export async function writeArtifacts(
  folder: string,
  record: RunRecord,
  patch: Buffer | null,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (patch) await writeFile(join(folder, 'changes.patch'), patch);
  await writeFile(join(folder, 'report.md'), markdownReport(record));
  await writeFile(join(folder, 'report.html'), await htmlReport(record, patch));
  // Last: where it stands, the others are complete.
  await writeFile(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Reads the artifacts of a run; undefined where there are none.
 *
 * @throws PatchError where they are damaged.
 */
export async function readArtifacts(
  folder: string,
): Promise<{ record: RunRecord; patch: Buffer | null } | undefined> {
  const text = await readFile(join(folder, 'run.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const damaged = (cause?: unknown): PatchError =>
    new PatchError(`the artifacts in ${folder} are damaged`, 'Run the task again.', cause);
  // The schema's library is slow to load, and a task only writes.
  const { runRecord } = await import('./run-record.js');
  let record: RunRecord;
  try {
    record = runRecord.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(error);
  }
  const patch = await readFile(join(folder, 'changes.patch')).catch(() => null);
  if (record.patch && !patch) throw damaged();
  return { record, patch: record.patch && patch };
}
