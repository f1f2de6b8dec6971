import type { Scope } from '../change/scope';
import type { Tier } from '../report/tiers';

export type Mode = 'report' | 'propose' | 'apply' | 'pr';
type SentryStrategy = 'auto' | 'rules' | 'model';
export type Accept = 'mechanical' | 'explained' | 'all';

/** What a run of any sentry needs to know. Nothing else is read from the environment but the interpreter's. */
export interface TaskRequest extends Scope {
  /** Absolute path of the workspace root. */
  readonly workspace: string;
  /** The project's name. */
  readonly project: string;
  /** The name of the Nx target. */
  readonly target: string;
  readonly mode: Mode;
  readonly accept: Accept;
  /** Rules, then a model for what is left where one answers; rules alone; or a model alone. */
  readonly strategy: SentryStrategy;
  /** A ref; the merge base of HEAD and `defaultBase` where it is left out. */
  readonly base?: string;
  /** A ref, which must be what is checked out; the working tree where it is left out. */
  readonly head?: string;
  readonly defaultBase: string;
  readonly maxFiles: number;
  readonly maxLines: number;
  readonly python?: string;
  /** Gets what is for people to read while the run goes on. */
  readonly log: (text: string) => void;
}

/** A task that may ask a model. */
export interface ModelTaskRequest extends TaskRequest {
  /** How often a model may try to mend one thing. */
  readonly attempts: number;
  /** The variables that settings of the model may come from, and what opens GitHub; read only where a model is needed. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Gets one line that stands for the one before it, empty at the end; left out where nobody looks on. */
  readonly progress?: (line: string) => void;
}

/** What a run of `sentry-test` needs to know. */
export interface SentryRequest extends ModelTaskRequest {
  /** Globs from the project's folder; the project's own pytest `testpaths` and the usual names where left out. */
  readonly testPaths?: readonly string[];
  readonly pytestArgs: readonly string[];
  /** Seconds for one pytest run. */
  readonly testTimeout: number;
}

/** What a run of `sentry-doc` needs to know. */
export interface DocRequest extends ModelTaskRequest {
  /** Globs from the project's folder; all its documentation where left out. */
  readonly docPaths?: readonly string[];
  /** The docstrings of its modules count as documentation. */
  readonly docstrings: boolean;
  /** Folders in which its importable code begins, beyond the usual ones; from the project's folder. */
  readonly sourceRoots: readonly string[];
  /** Passed to pytest, which runs the examples that the project has it run. */
  readonly pytestArgs: readonly string[];
  /** Seconds for one pytest run. */
  readonly testTimeout: number;
  /** The same of projects that it depends on, by their folders and from there; none for one that is left out. */
  readonly dependencyRoots?: Readonly<Record<string, readonly string[]>>;
  /** Build its documentation without a patch and with it, where it is set up for that; this runs code of the project. */
  readonly buildDocs?: boolean;
  /** Seconds for one build. */
  readonly buildTimeout?: number;
}

export const DEFAULTS = {
  mode: 'propose',
  accept: 'explained',
  strategy: 'auto',
  attempts: 3,
  maxFiles: 5,
  maxLines: 200,
  pytestArgs: [],
  testTimeout: 600,
} as const;

/** The tiers that may be proposed. */
export function acceptedTiers(accept: Accept): ReadonlySet<Tier> {
  if (accept === 'mechanical') return new Set(['mechanical']);
  if (accept === 'explained') return new Set(['mechanical', 'explained', 'generated']);
  return new Set(['mechanical', 'explained', 'unexplained', 'generated']);
}
