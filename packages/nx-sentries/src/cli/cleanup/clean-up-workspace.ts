import { createInterface } from 'node:readline/promises';
import {
  cleanUp,
  leftovers,
  openPublishing,
  planCleanup,
  status,
  sweepLeftovers,
  UsageError,
  type CleanupEntry,
} from 'sentries-core';
import { currentWorkspace } from '../current-settings';
import { cleanupText } from './text';

export interface CleanupRequest {
  readonly isDry: boolean;
  readonly isForced: boolean;
  readonly maxAgeDays?: number;
}

export interface Cleaned {
  readonly entries: readonly CleanupEntry[];
  /** Folders that killed runs left on this machine. */
  readonly folders: readonly string[];
  readonly deleted: boolean;
}

/**
 * Works out what can go, asks on a terminal, and deletes it.
 *
 * @throws UsageError where nobody can be asked and nothing says to go ahead.
 */
export async function cleanUpWorkspace(request: CleanupRequest): Promise<Cleaned> {
  const { repository, remote, forge } = await openPublishing(currentWorkspace(), process.env);
  const all = await status(repository, remote, forge);
  const entries = planCleanup(all, request.maxAgeDays);
  const folders = await leftovers();
  const planned: Cleaned = { entries, folders, deleted: false };
  const isEmpty = !entries.some(({ goes }) => goes) && folders.length === 0;
  if (request.isDry || isEmpty) return planned;
  if (!request.isForced && !(await isAgreed(planned))) return planned;
  const done = await cleanUp(entries, remote, forge);
  await sweepLeftovers();
  return { entries: done, folders, deleted: true };
}

async function isAgreed(planned: Cleaned): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(
      'there is no terminal to ask on whether to delete',
      'Look at it with --dry-run, and delete it with --force.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${cleanupText(planned)}\nDelete it? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
