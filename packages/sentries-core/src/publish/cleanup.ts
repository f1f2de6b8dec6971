import type { Forge } from './forge/forge';
import { metadataIn, withMetadata } from './metadata';
import type { Remote } from './remote';
import type { BranchStatus } from './status';

/** A branch that would go, or stay, and why. */
export interface CleanupEntry {
  readonly status: BranchStatus;
  readonly goes: boolean;
  readonly why: string;
}

/**
 * What can go: only what is provably ours. Pure.
 *
 * @param maxAgeDays Open pull requests that have been there for longer go, too; none where it is left out.
 */
export function planCleanup(all: readonly BranchStatus[], maxAgeDays = Infinity): CleanupEntry[] {
  return all.map((status) => {
    const { state, ours, ageDays } = status;
    const stays = (why: string): CleanupEntry => ({ status, goes: false, why });
    const goes = (why: string): CleanupEntry => ({ status, goes: true, why });
    if (!ours) return stays('somebody else has committed to it');
    if (state === 'merged') return goes('merged');
    if (state === 'closed') return goes('closed');
    if (state === 'orphan') return goes('no pull request was made from it');
    if (ageDays > maxAgeDays) return goes(`open for ${ageDays} days`);
    return stays('open');
  });
}

/**
 * Closes and deletes what goes. A branch that somebody has pushed to since it was looked at stays, and so does its pull
 * request.
 *
 * @returns the entries as they came out.
 * @throws ForgeError, RemoteError
 */
export async function cleanUp(
  entries: readonly CleanupEntry[],
  remote: Remote,
  forge: Forge,
): Promise<CleanupEntry[]> {
  const done: CleanupEntry[] = [];
  for (const entry of entries) {
    const { status, goes, why } = entry;
    const { pull, branch, tip } = status;
    if (goes && (await remote.tip(branch)) !== tip) {
      done.push({ status, goes: false, why: 'it changed meanwhile' });
      continue;
    }
    if (goes && pull?.state === 'open') {
      const metadata = metadataIn(pull.body);
      const body = metadata ? withMetadata(pull.body, { ...metadata, ended: why }) : pull.body;
      await forge.close(pull.number, body);
    }
    if (goes) await remote.delete(branch, tip);
    done.push(entry);
  }
  return done;
}
