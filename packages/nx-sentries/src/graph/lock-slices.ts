import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { lockSlice, type LockedPackage, type Lockfile } from './lockfile';
import { MANIFESTS, readManifest, type ManifestFacts } from './manifest';

/**
 * The packages of a lockfile that the project in a folder uses.
 *
 * @param file The lockfile, from the workspace root.
 * @param root The project's folder, from the workspace root.
 */
export function sliceOf(
  lock: Lockfile,
  file: string,
  workspace: string,
  root: string,
): readonly LockedPackage[] {
  const manifests = MANIFESTS.flatMap((name) => manifestIn(join(workspace, root), name));
  const name = manifests.find((facts) => facts.name !== undefined)?.name;
  return lockSlice(lock, {
    folder: posix.relative(dirname(file), root) || '.',
    ...(name !== undefined && { name }),
    requires: manifests
      .flatMap(({ requires }) => requires)
      .flatMap(({ distribution }) => distribution ?? []),
  });
}

function manifestIn(folder: string, name: string): ManifestFacts[] {
  try {
    return [readManifest(name, readFileSync(join(folder, name), 'utf8'))];
  } catch {
    // Most folders have one of the three.
    return [];
  }
}
