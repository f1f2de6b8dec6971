import { PatchError } from '../errors';
import { withGroups } from '../patch/groups';
import { blobId } from '../patch/unified-diff';
import type { FailureRecord } from '../report/run-record';
import { TIERS, type Tier } from '../report/tiers';
import { cutByTier } from './attribution';
import { commitMessage, type Trailers } from './message';
import type { PatchSet } from './patch-set';

/** One commit, before git is asked to make it. */
export interface PlannedCommit {
  readonly tier: Tier;
  /** What files hold after it, as in the work tree; paths go from the workspace root. */
  readonly files: readonly { readonly path: string; readonly after: Buffer }[];
  /** Complete but for the trailer with the commit's own tree. */
  readonly message: string;
}

/**
 * One commit for each tier that a patch set has edits of, from the strongest: so the weaker ones can be looked at,
 * and left out, by themselves. Pure.
 *
 * @param before The bytes of the files that the set changes.
 * @throws PatchError where the patches don't fit these bytes.
 */
export function planCommits(
  set: PatchSet,
  before: ReadonlyMap<string, Buffer>,
  trailers: Trailers,
): PlannedCommit[] {
  const failures = set.runs.flatMap(({ record }) => record.failures);
  const cut = set.sections.map((section) => ({
    section,
    groups: cutByTier(section, failures) ?? [],
  }));
  const parts: (Omit<PlannedCommit, 'message'> & { failures: FailureRecord[] })[] = [];
  for (const [rank, tier] of TIERS.entries()) {
    const concerned = cut.filter(({ groups }) => groups.some((group) => group.tier === tier));
    if (concerned.length === 0) continue;
    const files = concerned.map(({ section: { path }, groups }) => {
      const done = groups.filter((group) => TIERS.indexOf(group.tier) <= rank);
      const after = withGroups(before.get(path) ?? Buffer.of(), done);
      if (!after) throw unfitting(path);
      return { path, after };
    });
    const own = new Set(
      concerned
        .flatMap(({ groups }) => groups.filter((group) => group.tier === tier))
        .flatMap((group) => group.failures),
    );
    parts.push({ tier, files, failures: failures.filter((failure) => own.has(failure)) });
  }
  const commits = parts.map(({ tier, files, failures: listed }, at) => {
    const part = { number: at + 1, of: parts.length };
    return { tier, files, message: commitMessage(tier, listed, trailers, part) };
  });
  for (const { path, after } of set.sections) {
    const made = commits.flatMap(({ files }) => files).findLast((file) => file.path === path);
    if (!made || blobId(made.after) !== after) throw unfitting(path);
  }
  return commits;
}

const unfitting = (path: string): PatchError =>
  new PatchError(`the patch for ${path} does not lead to what was verified`, 'Run the task again.');
