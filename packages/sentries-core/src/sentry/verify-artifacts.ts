import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { PatchError, SentryError } from '../errors';
import { blobId, type FileEdit, type PatchSection } from '../patch/unified-diff';
import { recheck } from '../publish/recheck';
import { readRun, type Run } from '../publish/runs';
import type { RunRecord } from '../report/run-record';
import { findRange, type Range } from './relate';
import type { TaskRequest } from './request';

/** What a second look at the artifacts of one task shows. */
export interface Verified {
  readonly project: string;
  readonly sentry: RunRecord['sentry'];
  /** False where the patch is not to be trusted, or can't be asked any more. */
  readonly holds: boolean;
  /** What was seen, or what does not hold. */
  readonly says: string;
  /** What to do where it does not hold. */
  readonly hint: string | null;
}

/** A patch whose artifacts are whole, made from the very files that are there. */
export interface Opened {
  readonly record: RunRecord;
  /** One for each section of the patch, in their order. */
  readonly edits: readonly FileEdit[];
  readonly sections: readonly PatchSection[];
  readonly range: Range;
}

/**
 * Checks the artifacts of a task again: are they whole, were they made from the files that are there, may the
 * patch be written, and does what proved it still prove it? Offline, and no model is asked.
 *
 * @param prove Runs what proves a patch of this sentry; says what it saw, or throws.
 */
export async function verifyArtifacts<T extends TaskRequest>(
  asked: T,
  sentry: RunRecord['sentry'],
  prove: (request: T, opened: Opened) => Promise<string>,
): Promise<Verified> {
  const request = { ...asked, workspace: await realpath(asked.workspace) };
  const told = { project: request.project, sentry };
  try {
    const run = await readRun(request.workspace, request.project, sentry);
    if (!run?.patch)
      return { ...told, holds: true, says: 'there is no patch to verify', hint: null };
    const opened = await open(request, run);
    return { ...told, holds: true, says: await prove(request, opened), hint: null };
  } catch (error) {
    if (!(error instanceof SentryError)) throw error;
    return { ...told, holds: false, says: error.message, hint: error.hint };
  }
}

async function open(request: TaskRequest, { record, sections }: Run): Promise<Opened> {
  const files = new Map<string, Buffer>();
  for (const { path, before, after } of sections) {
    const bytes = await readFile(join(request.workspace, path)).catch(() => null);
    const id = bytes && blobId(bytes);
    if (id === after)
      throw new PatchError(
        `${path} has its patch already`,
        'What was applied is proven by running the tests; to verify the artifacts, take it back first.',
      );
    if (!bytes || id !== before) throw outdated(`${path} is not what the patch was made from`);
    files.set(path, bytes);
  }
  const edits = await recheck(sections, files);
  const range = await findRange({ ...request, ...(record.base && { base: record.base }) });
  const { repository, base } = range;
  const { change } = record;
  const digest =
    change && (await repository.changeDigest(base, null, change.folders, change.except));
  if (digest === null || digest !== change?.digest)
    throw outdated('the files of the project are not those that the run worked on');
  return { record, edits, sections, range };
}

const outdated = (message: string): PatchError => new PatchError(message, 'Run the task again.');

/** What a patch claims is not so. */
export const disproved = (message: string): PatchError =>
  new PatchError(message, 'Do not apply it: run the task again, and compare.');
