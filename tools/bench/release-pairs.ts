import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

/**
 * Two consecutive releases of a real package, of which the older one's tests are stale on the newer one's
 * source: each release passes its own tests, and upstream edited or removed the tests that break.
 */
export interface ReleasePair {
  /** Its name in the package index. */
  readonly package: string;
  readonly older: string;
  readonly newer: string;
  /** The folder that modules are imported from. */
  readonly sourceRoot: string;
  /** What is taken from the older release: files or folders. */
  readonly testPaths: readonly string[];
  /** What the tests need besides pytest, pinned. */
  readonly requirements: readonly string[];
  readonly pytestArgs: readonly string[];
}

/** Taken by default: a few seconds each, and of three kinds (a parametrized value, moved names, dropped errors). */
const DEFAULT_PAIRS = ['humanize 4.12.3', 'webcolors 1.12', 'schema 0.7.2'];

/** All pairs. They were chosen for being sound, not for being repairable. */
export function readPairs(): ReleasePair[] {
  const file = join(ROOT, 'tools/bench/pairs.json');
  return JSON.parse(readFileSync(file, 'utf8')) as ReleasePair[];
}

/** Which pairs a run takes; empty where `only` names a package that is not there. */
export function choosePairs(
  pairs: readonly ReleasePair[],
  { all, only }: { readonly all: boolean; readonly only: string | undefined },
): ReleasePair[] {
  if (only !== undefined) return pairs.filter((pair) => pair.package === only);
  if (all) return [...pairs];
  return pairs.filter((pair) => DEFAULT_PAIRS.includes(`${pair.package} ${pair.older}`));
}

export const nameOf = ({ package: name, older, newer }: ReleasePair): string =>
  `${name} ${older} → ${newer}`;
