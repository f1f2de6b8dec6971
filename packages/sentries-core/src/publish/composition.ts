import type { Settings } from '../config/settings';
import type { Repository } from '../git/repository';
import { blobId } from '../patch/unified-diff';
import { faceOf } from './body';
import { planCommits, type PlannedCommit } from './commits';
import type { Face } from './forge/forge';
import type { SentryName } from './identity';
import type { Metadata } from './metadata';
import { bytesAt, type PatchSet } from './patch-set';
import type { Run } from './runs';
import { keyOf, keysOf } from './wanted';

/** All that a pull request for a patch set consists of. */
export interface Composition {
  readonly metadata: Metadata;
  readonly face: Face;
  readonly isGenerated: boolean;
  /** The commits, one a tier. Reads the files to be changed. */
  readonly commits: () => Promise<PlannedCommit[]>;
}

/**
 * @param branch The branch that brings the patch.
 * @param base The branch that it is for.
 * @param beside Runs without a patch of ours, for the reader to know of.
 */
export async function compositionOf(
  repository: Repository,
  set: PatchSet,
  sentry: SentryName,
  branch: string,
  base: string,
  beside: readonly Run[],
  { metadataFile }: Settings['publish'],
): Promise<Composition> {
  const runs = set.runs.map(({ record, patch }) => ({
    // What was measured is of one run on one machine.
    record: { ...record, timings: {} },
    patch: patch!.toString('latin1'),
  }));
  const replaces = metadataFile === false ? '' : await blobAt(repository, set.head, metadataFile);
  const key = keyOf({ runs, replaces });
  const failures = set.runs.flatMap(({ record }) => keysOf(record)).sort();
  const metadata: Metadata = {
    version: 1,
    sentry,
    branch,
    base,
    head: set.head,
    key,
    replaces,
    failures,
    ended: null,
    runs,
  };
  const records = [...set.runs, ...beside].map(({ record }) => record);
  return {
    metadata,
    face: faceOf({ metadata, records }),
    isGenerated: set.runs.some(({ record }) => hasGenerated(record.failures)),
    commits: async () => {
      const projects = runs.map(({ record }) => record.project);
      const trailers = { sentry, base, head: set.head, key, projects };
      const paths = set.sections.map(({ path }) => path);
      const commits = planCommits(set, await bytesAt(repository, set.head, paths), trailers);
      return metadataFile === false ? commits : withFile(commits, metadataFile, metadata);
    },
  };
}

const hasGenerated = (failures: Run['record']['failures']): boolean =>
  failures.some(({ outcome, tier }) => outcome === 'repaired' && tier === 'generated');

async function blobAt(repository: Repository, commit: string, path: string): Promise<string> {
  return repository.read(commit, path).then(blobId, () => '');
}

/** The last commit also tells, in a file, where the branch comes from. */
function withFile(
  commits: readonly PlannedCommit[],
  path: string,
  { runs, failures, ended: _, replaces: __, ...said }: Metadata,
): PlannedCommit[] {
  const projects = runs.map(({ record }) => record.project);
  const text = `${JSON.stringify({ ...said, projects, repaired: failures.length }, null, 2)}\n`;
  const last = commits.at(-1)!;
  const files = [...last.files, { path, after: Buffer.from(text) }];
  return [...commits.slice(0, -1), { ...last, files }];
}
