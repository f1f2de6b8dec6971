import { createHash } from 'node:crypto';
import { PatchError } from '../errors';
import type { Repository } from '../git/repository';
import { composed, sharedGroups } from '../patch/compose';
import { blobId, byPath, readPatch, unifiedDiff, type PatchSection } from '../patch/unified-diff';
import type { RunRecord } from '../report/run-record';
import { recheck } from './recheck';
import type { Run } from './runs';

/** All that a sentry would change, over all projects of a run. */
export interface PatchSet {
  readonly sentry: RunRecord['sentry'];
  /** The commit with the very content that was tested. */
  readonly head: string;
  /** By project; those without a patch too. */
  readonly runs: readonly Run[];
  /** What the patches change, each file once, by path. */
  readonly sections: readonly PatchSection[];
  /** Tells this set from any other: SHA-256 over the paths and the contents before and after. */
  readonly key: string;
}

/**
 * Puts the patches of a run together, as changes of a commit.
 *
 * @throws PatchError where a patch was not made on the very content of the commit or may not be written, or where
 *   two patches differ on the same lines.
 * @throws RepositoryError for a base that is not here.
 */
export async function patchSetAt(
  repository: Repository,
  commit: string,
  sentry: RunRecord['sentry'],
  runs: readonly Run[],
): Promise<PatchSet> {
  const own = runs
    .filter(({ record }) => record.sentry === sentry)
    .toSorted((a, b) => (a.record.project < b.record.project ? -1 : 1));
  const files = byPath(own.flatMap((run) => run.sections));
  for (const [path, sections] of files) if (!sharedGroups(sections)) throw contradicting(path);
  for (const { record } of own.filter(({ patch }) => patch))
    await checkTested(repository, commit, record);
  const before = await bytesAt(repository, commit, [...files.keys()]);
  const sections = [...files].map(([path, some]) => joined(some, before.get(path)!, commit));
  await recheck(sections, before);
  const key = createHash('sha256');
  for (const { path, before, after } of sections) key.update(`${path}\0${before}\0${after}\0`);
  return { sentry, head: commit, runs: own, sections, key: key.digest('hex') };
}

/**
 * The bytes of files at a commit, as they would be checked out here.
 *
 * @throws PatchError for what is no regular file there, or is kept elsewhere.
 */
export async function bytesAt(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, Buffer>> {
  const modes = await repository.modes(commit, paths);
  const elsewhere = await repository.inLargeStorage(paths);
  const found = new Map<string, Buffer>();
  for (const path of paths) {
    if (!modes.get(path)?.startsWith('100'))
      throw new PatchError(
        `${path} is not a regular file at ${short(commit)}`,
        'Run the task again on this commit.',
      );
    if (elsewhere.has(path))
      throw new PatchError(
        `${path} is kept in Git LFS, to which nothing is published`,
        'Apply the patch (npx sentries apply) and commit it yourself.',
      );
    found.set(path, await repository.checkedOut(commit, path));
  }
  return found;
}

/** The patches of one file as one. */
function joined(some: readonly PatchSection[], before: Buffer, commit: string): PatchSection {
  const [only, ...others] = some as readonly [PatchSection, ...PatchSection[]];
  const { path } = only;
  if (some.some((section) => blobId(before) !== section.before))
    throw new PatchError(
      `${path} has other bytes at ${short(commit)} than the patch was made from`,
      'Its line ends may differ from what git would check out: `git add --renormalize` shows it.',
    );
  // What a patch alone leads to is asked later, as of a made one.
  if (others.length === 0) return only;
  const after = composed(before, some, sharedGroups(some) ?? []);
  const [made] = after ? (readPatch(unifiedDiff([{ path, before, after }]).text) ?? []) : [];
  if (made) return made;
  throw new PatchError(
    `the patch for ${path} does not lead to what was verified`,
    'Run the task again.',
  );
}

const contradicting = (path: string): PatchError =>
  new PatchError(
    `${path}: two patches change it in different ways`,
    'Apply one of them, commit, and run the tasks again.',
  );

/**
 * Tells whether a run worked on the very content that a commit has. One question for all: another commit,
 * uncommitted changes, a head that moved on.
 *
 * @throws RepositoryError for a base that is not here.
 */
export async function isTested(
  repository: Repository,
  commit: string,
  { base, head, change }: RunRecord,
): Promise<boolean> {
  if (!base || !change) return head === commit;
  const { folders, except, digest } = change;
  const start = await repository.commit(base);
  return (await repository.changeDigest(start, commit, folders, except)) === digest;
}

async function checkTested(
  repository: Repository,
  commit: string,
  record: RunRecord,
): Promise<void> {
  const { project, base, change } = record;
  if (!base || !change)
    throw new PatchError(
      `the patch of ${project} can't be published: files changed while its task ran`,
      'Run the task again.',
    );
  if (await isTested(repository, commit, record)) return;
  const { folders, except } = change;
  const here = await repository.changes(commit, null, folders);
  const inside = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder}/`);
  const dirty = here
    .map(({ path }) => path)
    .filter((path) => !except.some((one) => inside(path, one)));
  const named = [...dirty.slice(0, SHOWN), ...(dirty.length > SHOWN ? ['…'] : [])].join(', ');
  throw new PatchError(
    `the patch of ${project} was made on other files than those of ${short(commit)}` +
      (dirty.length > 0 ? `; not committed here: ${named}` : ''),
    dirty.length > 0
      ? 'Commit them, and run the task again: a pull request can only rest on commits.'
      : 'Run the task again on this commit.',
  );
}

const SHOWN = 5;
const short = (commit: string): string => commit.slice(0, 12);
