import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { lockSlice, readLockfile, type LockedPackage, type Lockfile } from './lockfile';
import { MANIFESTS, manifestText, readManifest, type ManifestFacts } from '../manifest/manifest';

/** A project that is tested with a lockfile, and what its manifests say. */
export interface LockUser {
  /** From the workspace root. */
  readonly root: string;
  readonly manifests: readonly ManifestFacts[];
}

/**
 * The packages of a lockfile that a project uses.
 *
 * @param file The lockfile, from the workspace root.
 */
export function sliceOf(lock: Lockfile, file: string, user: LockUser): readonly LockedPackage[] {
  const name = user.manifests.find((facts) => facts.name !== undefined)?.name;
  return lockSlice(lock, {
    folder: posix.relative(dirname(file), user.root) || '.',
    ...(name !== undefined && { name }),
    requires: requiredBy(user),
  });
}

/** A line for each package that a project uses: name, version, and the digest of all that is said of it. */
export function sliceText(lock: Lockfile, file: string, user: LockUser): string {
  const packages = sliceOf(lock, file, user);
  const lines = packages.map(({ name, version, digest }) => `${name} ${version} ${digest}`);
  return [`${basename(file)} ${lock.digest}`, ...lines, ''].join('\n');
}

/**
 * A digest of what each project uses of a lockfile, by its folder. Of a lockfile that can't be read it is all
 * of it: tests then run after each change, which costs time and hides nothing.
 */
export function sliceDigests(
  file: string,
  text: string,
  users: readonly LockUser[],
): Record<string, string> {
  const lock = tryRead(file, text);
  const digests = users.map((user) => {
    const hash = createHash('sha1').update(lock ? sliceText(lock, file, user) : text);
    return [user.root, hash.digest('hex')];
  });
  return Object.fromEntries(digests) as Record<string, string>;
}

function tryRead(file: string, text: string): Lockfile | undefined {
  try {
    return readLockfile(basename(file), text);
  } catch {
    // The task that cuts the lockfile says so.
    return undefined;
  }
}

export const requiredBy = ({ manifests }: LockUser): string[] =>
  manifests.flatMap(({ requires }) => requires).flatMap(({ distribution }) => distribution ?? []);

/** A project by its manifests on the disk. */
export function lockUser(workspace: string, root: string): LockUser {
  const manifests = MANIFESTS.flatMap((name): ManifestFacts[] => {
    try {
      return [readManifest(name, manifestText(readFileSync(join(workspace, root, name))))];
    } catch {
      // Most folders have one of the three.
      return [];
    }
  });
  return { root, manifests };
}
