import type { Reference } from '../../graph/analysis';

/** One project's need of another. */
export interface Hop {
  readonly source: string;
  readonly target: string;
  /** The lines behind it; empty where it comes from other plugins or from Nx's own configuration. */
  readonly references: readonly Reference[];
}

/** A reason for which a change affects a project. */
export type Cause =
  /** Files of the project itself, where the path is empty, or of one that it depends on. */
  | {
      readonly kind: 'files';
      readonly project: string;
      readonly files: readonly string[];
      readonly path: readonly Hop[];
    }
  /** A file that all tests below its folder read. */
  | { readonly kind: 'shared file'; readonly file: string }
  /** Packages of a lockfile that the project uses: before and after, null where there is none. */
  | {
      readonly kind: 'packages';
      readonly file: string;
      readonly packages: readonly {
        readonly name: string;
        readonly before: string | null;
        readonly after: string | null;
      }[];
    };

/** What `sentries why` says, as it prints it with `--json`. */
export interface Why {
  readonly project: string;
  /** The direct needs; left out where one dependency was asked for. */
  readonly dependencies?: readonly Hop[];
  /** The shortest way to the dependency that was asked for; null where there is none. */
  readonly dependency?: { readonly name: string; readonly path: readonly Hop[] | null };
  /** Left out where one dependency was asked for. `head` is null for the working tree. */
  readonly affected?: {
    readonly base: string;
    readonly head: string | null;
    /** None where the change does not affect the project. */
    readonly causes: readonly Cause[];
  };
  /** Why the change could not be looked at, and what to do about it. */
  readonly problem?: string;
  /** What may be missing in the graph, and why; of all projects. */
  readonly warnings: readonly string[];
}
