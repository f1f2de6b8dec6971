import type { Repository } from '../git/repository';
import { ownership } from './ownership';
import type { Forge, PullRequest } from './forge/forge';
import { IDENTITIES, isOwnName, sentryOf, type SentryName } from './identity';
import { metadataIn, type Metadata } from './metadata';
import type { Actual, KnownBranch, OpenPull } from './plan';
import type { Remote } from './remote';

/** What there is of a sentry, at the remote and at the forge. */
export interface Scene extends Actual {
  /** Keys of the failures whose repair a person has turned down for this branch. */
  readonly rejected: ReadonlySet<string>;
  /** Names of branches that a new pull request can't have. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Looks at all that there is of one sentry for one branch.
 *
 * @param opened A pull request that lists may not have yet.
 * @throws ForgeError, RemoteError
 */
export async function observe(
  repository: Repository,
  remote: Remote,
  forge: Forge,
  sentry: SentryName,
  base: string,
  now: Date,
  opened?: PullRequest,
): Promise<Scene> {
  const [tips, everyOpen, everyEnded] = await Promise.all([
    remote.branches([IDENTITIES[sentry].prefix]),
    forge.open(),
    forge.ended(),
  ]);
  const isOwn = ({ branch }: PullRequest): boolean => sentryOf(branch) === sentry;
  const isListed = everyOpen.some(({ number }) => number === opened?.number);
  const own = [...everyOpen, ...(opened && !isListed ? [opened] : [])].filter(isOwn);
  const ended = everyEnded.filter(isOwn);
  const branches = await knownBranches(repository, remote, tips);
  const open = own
    .filter((pull) => pull.base === base)
    .map((pull): OpenPull => {
      const branch = branches.get(pull.branch);
      return { pull, branch, metadata: metadataIn(pull.body) };
    });
  const taken = new Set(own.map(({ branch }) => branch));
  const free = (branch: KnownBranch): boolean => branch.ours && branch.base === base;
  const orphans: KnownBranch[] = [];
  for (const branch of branches.values()) {
    if (taken.has(branch.name)) continue;
    const pulls = free(branch) ? await forge.from(branch.name) : [];
    if (free(branch) && !pulls.some(isTurnedDown)) orphans.push(branch);
    else taken.add(branch.name);
    // Older ones are in no list.
    ended.push(...pulls.filter(({ state }) => state !== 'open'));
  }
  return {
    open,
    orphans,
    taken,
    openAnywhere: own.length,
    openedThisHour: new Set(
      [...own, ...ended]
        .filter(({ createdAt }) => now.getTime() - Date.parse(createdAt) < HOUR)
        .map(({ number }) => number),
    ).size,
    rejected: new Set(
      ended
        .filter(isTurnedDown)
        .map(({ body }) => metadataIn(body))
        .filter((one): one is Metadata => one?.base === base)
        .flatMap(({ failures }) => failures),
    ),
  };
}

const HOUR = 3_600_000;

/** Closed by a person, who may open it again. */
function isTurnedDown({ state, body }: PullRequest): boolean {
  return state === 'closed' && (metadataIn(body)?.ended ?? null) === null;
}

/** Branches of ours by their names, with what their commits prove. */
export async function knownBranches(
  repository: Repository,
  remote: Remote,
  tips: ReadonlyMap<string, string>,
): Promise<Map<string, KnownBranch>> {
  await remote.fetch([...new Set(tips.values())]);
  const known = new Map<string, KnownBranch>();
  for (const [name, tip] of tips) {
    const { ours, foreign: _, sentry: __, head: ___, ...said } = await ownership(repository, tip);
    known.set(name, { name, tip, ours: ours && isOwnName(name), ...said });
  }
  return known;
}
