import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWith, importFrom, sourceDistribution, unpack } from './python-index';
import type { ReleasePair } from './release-pairs';

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
  const release = (version: string): string => {
    const unpacked = join(folder, `release-${version}`);
    const archive = sourceDistribution(python, join(cache, 'sdists'), pair.package, version);
    if (!existsSync(unpacked)) unpack(archive, unpacked);
    return unpacked;
  };
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

const copy = (from: string, to: string): void =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });

function empty(root: string): void {
  for (const name of readdirSync(root)) {
    if (name !== '.git') rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** Commits all files, those too that the release's own ignore list leaves out. */
function commitAll(root: string, message: string): string {
  git(root, 'add', '--all', '--force');
  git(root, 'commit', '--quiet', '--message', message);
  return git(root, 'rev-parse', 'HEAD').trim();
}

/** Settings that must not depend on the machine. */
const SETTINGS = ['user.name=Bench', 'user.email=bench@example.com', 'commit.gpgsign=false'].concat(
  'core.autocrlf=false',
);

function git(root: string, ...args: readonly string[]): string {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const { status, stdout, stderr, error } = spawnSync('git', [...settings, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
