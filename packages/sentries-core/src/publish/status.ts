import type { Repository } from '../git/repository';
import type { Forge, PullRequest } from './forge/forge';
import { IDENTITIES, sentryOf, type SentryName } from './identity';
import { knownBranches } from './observe';
import type { KnownBranch } from './plan';
import type { Remote } from './remote';

/** A branch of ours at the remote, with what became of it. */
export interface BranchStatus {
  readonly branch: string;
  readonly sentry: SentryName;
  readonly tip: string;
  /** The branch it was made for; null where its commits do not say. */
  readonly base: string | null;
  /** Days since its newest commit. */
  readonly ageDays: number;
  /**
   * `frozen`: open, and somebody else has committed to it. `orphan`: no pull request was ever made from it.
   * `foreign`: the same, but not all on it is ours.
   */
  readonly state: 'open' | 'frozen' | 'merged' | 'closed' | 'orphan' | 'foreign';
  /** True where every commit on it is provably ours. */
  readonly ours: boolean;
  readonly pull: PullRequest | null;
}

/**
 * All branches of the sentries at the remote, the oldest first.
 *
 * @throws ForgeError, RemoteError
 */
export async function status(
  repository: Repository,
  remote: Remote,
  forge: Forge,
  now = new Date(),
): Promise<BranchStatus[]> {
  const prefixes = Object.values(IDENTITIES).map(({ prefix }) => prefix);
  const tips = await remote.branches(prefixes);
  const [branches, open] = await Promise.all([
    knownBranches(repository, remote, tips),
    forge.open(),
  ]);
  const found: BranchStatus[] = [];
  for (const known of branches.values()) {
    const pull = open.find(({ branch }) => branch === known.name) ?? (await lastFrom(forge, known));
    const age = now.getTime() - (await repository.commitTime(known.tip)).getTime();
    found.push({
      branch: known.name,
      sentry: sentryOf(known.name)!,
      tip: known.tip,
      base: known.base ?? pull?.base ?? null,
      ageDays: Math.max(0, Math.floor(age / DAY)),
      state: stateOf(known, pull),
      ours: known.ours,
      pull: pull ?? null,
    });
  }
  return found.toSorted((a, b) => b.ageDays - a.ageDays || (a.branch < b.branch ? -1 : 1));
}

const DAY = 86_400_000;

async function lastFrom(forge: Forge, { name }: KnownBranch): Promise<PullRequest | undefined> {
  return (await forge.from(name)).toSorted((a, b) => b.number - a.number)[0];
}

function stateOf({ ours }: KnownBranch, pull: PullRequest | undefined): BranchStatus['state'] {
  if (!pull) return ours ? 'orphan' : 'foreign';
  if (pull.state === 'open') return ours ? 'open' : 'frozen';
  return pull.state;
}
