/** Something that a manifest asks for. */
export interface Requirement {
  /** Name of the distribution, normalised as in PEP 503; undefined for a bare path (`-e ../lib`). */
  readonly distribution?: string;
  /**
   * The folder or file that it is taken from, from the manifest's folder, `/`-separated and normalised
   * (`../lib`); undefined where it comes from an index, a repository or an absolute path.
   */
  readonly path?: string;
  /** In the manifest, from 1. */
  readonly line: number;
}

/** A module that is started from outside: `acme.cli` of `acme.cli:main`. */
export interface EntryPoint {
  readonly module: string;
  readonly line: number;
}

/** What one manifest says, as plain JSON. */
export interface ManifestFacts {
  /** Name of the distribution, normalised as in PEP 503; undefined where the manifest has none. */
  readonly name?: string;
  /** All of them: for running, building, testing, for extras and for groups; one may come twice. */
  readonly requires: readonly Requirement[];
  readonly entryPoints: readonly EntryPoint[];
  /**
   * Folders, from the project's, in which importable code begins; undefined where the manifest does not
   * say.
   */
  readonly sourceRoots?: readonly string[];
  /** Where pytest looks for tests, from the project's folder; undefined where the manifest does not say. */
  readonly testpaths?: readonly string[];
  /** The manifest can't be read; then it may still have a name, and says nothing else. */
  readonly fault?: { readonly line?: number; readonly what: string };
}
