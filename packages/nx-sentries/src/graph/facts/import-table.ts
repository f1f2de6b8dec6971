import type { ModuleReference, ReferenceKind, ScannedFile } from 'sentries-core/imports';

const KINDS: readonly ReferenceKind[] = ['import', 'call', 'plugin', 'string'];

/** A reference takes two numbers: the module's id, and its line with kind and flags in the low bits. */
const STRIDE = 2;
const WEAK = 1;
const IGNORED = 2;
const KIND_SHIFT = 2;
const LINE_SHIFT = 4;

/** Why a file is not Python text. */
export type Fault = NonNullable<ScannedFile['fault']>;

/** References of some files in the form in which they are kept on disk. */
export interface ImportBlock {
  readonly keys: readonly string[];
  /** For each key, where its references end in `numbers`. */
  readonly ends: ArrayLike<number>;
  readonly numbers: ArrayLike<number>;
  /** What the ids in `numbers` stand for. */
  readonly modules: readonly string[];
  readonly faults: Readonly<Record<string, Fault>>;
}

/** Where the references of one file are. */
export interface FileImports {
  readonly numbers: ArrayLike<number>;
  /** Added to the ids in `numbers`. */
  readonly base: number;
  readonly start: number;
  readonly end: number;
  readonly fault: Fault | undefined;
  /** The number of the graph that asked for it last. */
  usedBy: number;
}

/**
 * What files import, by a key of their content. References are numbers and a module's name is told once, so
 * that those of tens of thousands of files are read back from disk in milliseconds.
 */
export class ImportTable {
  /** Names of modules by id. A name that came in two blocks has two ids. */
  readonly modules: string[] = [];
  readonly #files = new Map<string, FileImports>();
  readonly #added = { numbers: [] as number[], ids: new Map<string, number>() };

  get(key: string): FileImports | undefined {
    return this.#files.get(key);
  }

  add(key: string, { references, fault }: ScannedFile): FileImports {
    const { numbers, ids } = this.#added;
    const start = numbers.length;
    for (const { module, line, kind, weak, ignored } of references) {
      const flags = (weak ? WEAK : 0) | (ignored ? IGNORED : 0);
      numbers.push(
        intern(module, ids, this.modules),
        (line << LINE_SHIFT) | (KINDS.indexOf(kind) << KIND_SHIFT) | flags,
      );
    }
    const end = numbers.length;
    const added = { numbers, base: 0, start, end, fault: fault ?? undefined, usedBy: 0 };
    this.#files.set(key, added);
    return added;
  }

  forget(key: string): void {
    this.#files.delete(key);
  }

  /** The keys of the files that a graph asked for. */
  usedBy(graph: number): string[] {
    return [...this.#files].filter(([, { usedBy }]) => usedBy === graph).map(([key]) => key);
  }

  /** Calls back with the module's id and a handle for {@link reference}, for each one that counts. */
  forEach(file: FileImports, visit: (module: number, handle: number) => void): void {
    const { numbers, base, start, end } = file;
    for (let at = start; at < end; at += STRIDE) {
      const handle = numbers[at + 1]!;
      if ((handle & IGNORED) === 0) visit(base + numbers[at]!, handle);
    }
  }

  /** What the two numbers of {@link forEach} stand for. */
  reference(module: number, handle: number): ModuleReference {
    return {
      module: this.modules[module]!,
      line: handle >> LINE_SHIFT,
      kind: KINDS[(handle >> KIND_SHIFT) & 3]!,
      weak: (handle & WEAK) !== 0,
      ignored: (handle & IGNORED) !== 0,
    };
  }

  /** Takes in what {@link block} gave. */
  load(block: ImportBlock): void {
    const base = this.modules.length;
    for (const module of block.modules) this.modules.push(module);
    const faults = new Map(Object.entries(block.faults));
    let start = 0;
    for (const [index, key] of block.keys.entries()) {
      const end = block.ends[index]!;
      const { numbers } = block;
      this.#files.set(key, { numbers, base, start, end, fault: faults.get(key), usedBy: 0 });
      start = end;
    }
  }

  /** The references of some files in a form that can be kept. */
  block(keys: readonly string[]): ImportBlock {
    const modules: string[] = [];
    const ids = new Map<string, number>();
    const numbers: number[] = [];
    const ends: number[] = [];
    const faults: Record<string, Fault> = {};
    for (const key of keys) {
      const { numbers: from, base, start, end, fault } = this.#files.get(key)!;
      for (let at = start; at < end; at += STRIDE)
        numbers.push(intern(this.modules[base + from[at]!]!, ids, modules), from[at + 1]!);
      ends.push(numbers.length);
      if (fault) faults[key] = fault;
    }
    return { keys, ends, numbers, modules, faults };
  }
}

function intern(name: string, ids: Map<string, number>, names: string[]): number {
  let id = ids.get(name);
  if (id === undefined) {
    id = names.length;
    ids.set(name, id);
    names.push(name);
  }
  return id;
}
