import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWith, importFrom, sourceDistribution, unpack } from './python-index';
import type { ReleasePair } from './release-pairs';
import { commitAll, git } from './repair-git';

/** A repository in which the change from one release to the next has left the tests behind. */
export interface PairWorkspace {
  readonly root: string;
  readonly python: string;
  /** The commit of the older release. */
  readonly base: string;
  /** Where the releases are as they were published. */
  readonly releases: { readonly older: string; readonly newer: string };
  /** Where the logs of a run go. */
  readonly folder: string;
}

/**
 * Makes the workspace of a pair afresh, from what is downloaded: `main` is the older release; `change` is the
 * newer one with the older one's tests.
 *
 * @param cache The folder of the benchmark; nothing is written outside of it.
 */
export function pairWorkspace(pair: ReleasePair, cache: string): PairWorkspace {
  const folder = join(cache, `${pair.package}-${pair.older}-${pair.newer}`);
  mkdirSync(folder, { recursive: true });
  const python = environmentWith(join(folder, 'venv'), pair.requirements);
  const release = (version: string): string =>
    unpackedRelease(python, cache, { folder, name: pair.package, version });
  const [older, newer] = [release(pair.older), release(pair.newer)];
  const root = join(folder, 'workspace');
  importFrom(python, join(root, pair.sourceRoot));
  rmSync(root, { recursive: true, force: true });
  copy(older, root);
  git(root, 'init', '--quiet', '--initial-branch=main');
  const base = commitAll(root, `Release ${pair.older}`);
  git(root, 'checkout', '--quiet', '-b', 'change');
  empty(root);
  copy(newer, root);
  for (const path of pair.testPaths) {
    rmSync(join(root, path), { recursive: true, force: true });
    copy(join(older, path), join(root, path));
  }
  commitAll(root, `Release ${pair.newer}, with the tests of ${pair.older}`);
  return { root, python, base, releases: { older, newer }, folder };
}

/** A release as it was published, in a folder of its own. */
export function unpackedRelease(
  python: string,
  cache: string,
  { folder, name, version }: { folder: string; name: string; version: string },
): string {
  const unpacked = join(folder, `release-${version}`);
  const archive = sourceDistribution(python, join(cache, 'sdists'), name, version);
  if (!existsSync(unpacked)) unpack(archive, unpacked);
  return unpacked;
}

export const copy = (from: string, to: string): void =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });

function empty(root: string): void {
  for (const name of readdirSync(root)) {
    if (name !== '.git') rmSync(join(root, name), { recursive: true, force: true });
  }
}
