import type { Scope } from '../change/scope';
import type { Tier } from '../report/run-record';

export type Mode = 'report' | 'propose' | 'apply';
export type Accept = 'mechanical' | 'explained' | 'all';

/** All that one run of a sentry needs to know. Nothing is read from the environment but the interpreter's. */
export interface SentryRequest extends Scope {
  /** Absolute path of the workspace root. */
  readonly workspace: string;
  /** The project's name. */
  readonly project: string;
  /** The name of the Nx target. */
  readonly target: string;
  readonly mode: Mode;
  readonly accept: Accept;
  /** A ref; the merge base of HEAD and `defaultBase` where it is left out. */
  readonly base?: string;
  /** A ref, which must be what is checked out; the working tree where it is left out. */
  readonly head?: string;
  readonly defaultBase: string;
  /** Globs from the project's folder; the project's own pytest `testpaths` and the usual names where left out. */
  readonly testPaths?: readonly string[];
  readonly maxFiles: number;
  readonly maxLines: number;
  readonly pytestArgs: readonly string[];
  readonly python?: string;
  /** Seconds for one pytest run. */
  readonly testTimeout: number;
  /** Gets what is for people to read while the run goes on. */
  readonly log: (text: string) => void;
}

export const DEFAULTS = {
  mode: 'propose',
  accept: 'explained',
  maxFiles: 5,
  maxLines: 200,
  testTimeout: 600,
} as const;

/** The tiers that may be proposed. */
export function acceptedTiers(accept: Accept): ReadonlySet<Tier> {
  if (accept === 'mechanical') return new Set(['mechanical']);
  if (accept === 'explained') return new Set(['mechanical', 'explained']);
  return new Set(['mechanical', 'explained', 'unexplained', 'generated']);
}
