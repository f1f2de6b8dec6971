import { createHash } from 'node:crypto';
import { PatchError } from '../errors';
import type { Repository } from '../git/repository';
import type { RunRecord } from '../report/run-record';
import type { SentryName } from './identity';
import { failureKey, type CarriedRun, type Metadata } from './metadata';
import { isTested, patchSetAt, type PatchSet } from './patch-set';
import type { OpenPull } from './plan';
import { runOf, type Run } from './runs';

/** The patch that a pull request should bring to a commit. */
export interface Brought {
  /** Undefined where no patch is needed. */
  readonly set: PatchSet | undefined;
  /** Projects of the open pull request of which nobody knows whether they still need their patch. */
  readonly unknown: readonly string[];
  /** Failures whose repair was turned down. */
  readonly rejected: number;
}

/**
 * Works out what should be brought to a branch: the patches of the runs, without those that a person has turned
 * down; and of the projects that were not run now what an open pull request has, where that still holds.
 *
 * @param tip The commit that the branch under test has at the remote.
 * @throws PatchError where a patch of the runs was not made for the content of that commit.
 */
export async function broughtTo(
  repository: Repository,
  tip: string,
  sentry: SentryName,
  runs: readonly Run[],
  kept: OpenPull | undefined,
  turnedDown: ReadonlySet<string>,
): Promise<Brought> {
  const isNew = ({ record }: Run): boolean => keysOf(record).some((key) => !turnedDown.has(key));
  const patched = runs.filter(({ record }) => record.patch);
  const wanted = patched.filter(isNew);
  const settled = new Set(patched.map(({ record }) => record.project));
  for (const { record } of runs) {
    if (record.result === 'error' || record.patch) continue;
    if (await isTested(repository, tip, record)) settled.add(record.project);
  }
  const carried: Run[] = [];
  for (const one of trusted(kept)) {
    if (settled.has(one.record.project)) continue;
    const run = await carry(repository, tip, sentry, one);
    if (run) carried.push(run);
  }
  // By the commits, not by the body: that may be edited, or too short for all artifacts.
  const covered = kept?.branch?.ours ? (kept.branch.projects ?? []) : [];
  const unknown = covered.filter(
    (project) => !settled.has(project) && !carried.some(({ record }) => record.project === project),
  );
  const all = [...wanted, ...carried];
  return {
    set: all.length > 0 ? await patchSetAt(repository, tip, sentry, all) : undefined,
    unknown,
    rejected: patched.filter((run) => !isNew(run)).flatMap(({ record }) => keysOf(record)).length,
  };
}

/** Keys of the failures that a run repairs. */
export function keysOf({ project, failures }: RunRecord): string[] {
  return failures
    .filter(({ outcome }) => outcome === 'repaired')
    .map((failure) => failureKey(project, failure));
}

/** The runs that a pull request carries, where its commits vouch for them: anybody may edit a body. */
function trusted(kept: OpenPull | undefined): readonly CarriedRun[] {
  const metadata = kept?.metadata;
  if (!metadata || !kept.branch?.ours) return [];
  return kept.branch.key === metadata.key && keyOf(metadata) === metadata.key ? metadata.runs : [];
}

/** The key of a pull request's content: of its runs, and of what its metadata file takes the place of. */
export function keyOf({ runs, replaces }: Pick<Metadata, 'runs' | 'replaces'>): string {
  const hash = createHash('sha256');
  const patches = runs.map(({ record, patch }) => [record.project, patch]);
  hash.update(JSON.stringify([replaces, ...patches.sort()]));
  return hash.digest('hex');
}

async function carry(
  repository: Repository,
  tip: string,
  sentry: SentryName,
  { record, patch }: CarriedRun,
): Promise<Run | undefined> {
  try {
    const run = runOf(record, Buffer.from(patch, 'latin1'));
    await patchSetAt(repository, tip, sentry, [run]);
    return run;
  } catch (error) {
    if (error instanceof PatchError) return undefined;
    throw error;
  }
}
