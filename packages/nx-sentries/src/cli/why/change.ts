import { Repository } from 'sentries-core';
import type { OpenWorkspace } from './workspace';

/** The ends of a change, as refs; what is left out is taken from the environment and nx.json. */
export interface ChangeRange {
  readonly base?: string;
  readonly head?: string;
}

/** A change by its files. */
export interface Change {
  readonly repository: Repository;
  /** A commit. */
  readonly base: string;
  /** A commit, or null for the working tree. */
  readonly head: string | null;
  /** From the workspace root; a renamed file under both its names. */
  readonly files: readonly string[];
}

/**
 * The change that `nx affected` would look at.
 *
 * @throws RepositoryError for a ref that is not there, and where there is no repository.
 */
export async function findChange(
  { root, defaultBase }: OpenWorkspace,
  { base, head }: ChangeRange,
): Promise<Change> {
  const repository = await Repository.open(root);
  const to = head ?? process.env['NX_HEAD'];
  const start = base ?? process.env['NX_BASE'] ?? defaultBase;
  const from = await repository.mergeBase(start, to);
  const commit = to ? await repository.commit(to) : null;
  const entries = await repository.changes(from, commit, ['.']);
  const files = entries.flatMap(({ path, oldPath }) => [path, oldPath]);
  return { repository, base: from, head: commit, files: [...new Set(files)].sort() };
}
