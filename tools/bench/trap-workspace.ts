import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unpackedRelease } from './pair-workspace';
import { environmentWith, importFrom } from './python-index';
import { readPairs, type ReleasePair } from './release-pairs';
import { commitAll, git } from './repair-git';

/** The packages of the pairs whose tests take a few seconds at most. */
const QUICK: readonly string[] = [
  'cachetools',
  'click',
  'humanize',
  'itsdangerous',
  'jinja2',
  'markdown',
  'marshmallow',
  'mistune',
  'pathspec',
  'schema',
  'tabulate',
  'webcolors',
];

/** A release in which bugs are seeded. */
export interface TrapRelease {
  readonly package: string;
  readonly version: string;
  readonly pair: ReleasePair;
}

/** The newest release that the pairs have of each quick package. */
export function trapReleases(): TrapRelease[] {
  const pairs = readPairs();
  return QUICK.map((name) => {
    const pair = pairs.findLast((one) => one.package === name);
    if (!pair) throw new Error(`there is no pair of ${name}`);
    return { package: name, version: pair.newer, pair };
  });
}

/** A repository with one commit, of a release with its own tests. */
export interface TrapWorkspace extends TrapRelease {
  readonly root: string;
  readonly python: string;
  readonly base: string;
  readonly log: string;
}

/** @param cache The folder of the benchmark. */
export function trapWorkspace(release: TrapRelease, cache: string): TrapWorkspace {
  const { package: name, version, pair } = release;
  const folder = join(cache, 'traps', `${name}-${version}`);
  mkdirSync(folder, { recursive: true });
  const python = environmentWith(join(folder, 'venv'), pair.requirements);
  const published = unpackedRelease(python, cache, { folder, name, version });
  const root = join(folder, 'workspace');
  rmSync(root, { recursive: true, force: true });
  cpSync(published, root, { recursive: true, verbatimSymlinks: true });
  importFrom(python, join(root, pair.sourceRoot));
  git(root, 'init', '--quiet', '--initial-branch=main');
  const base = commitAll(root, `Release ${version}`);
  return { ...release, root, python, base, log: join(folder, 'pytest.log') };
}
