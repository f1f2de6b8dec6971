import type { HashedFile } from './graph-view';

/** What a measured process is asked for; as JSON. */
export interface ChildRequest {
  /** The file with what Nx has made ready. */
  readonly view: string;
  /** The module of the plugin; empty where the files are only to be read. */
  readonly plugin: string;
  /** A folder from which the plugin and its Nx are found. */
  readonly from: string;
  /** Of the plugin, as in nx.json. */
  readonly options: Readonly<Record<string, unknown>>;
  /** A file that has another content than the view says. */
  readonly change?: HashedFile;
  readonly wantsEdges: boolean;
}

export type Spent = 'load' | 'createNodes' | 'createDependencies';

export interface ChildAnswer {
  /** Milliseconds. */
  readonly spent: Readonly<Record<Spent, number>>;
  /** The peak of the resident memory, less what was resident when the clock started. */
  readonly addedBytes: number;
  readonly edges: readonly (readonly [source: string, target: string])[];
}
