import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { applyOperations, type Operation } from '../patch/operation';
import { PythonSource } from '../python/syntax';
import { patchLine } from '../patch/groups';
import { decodeSource, encodeSource, type SourceText } from '../python/text';
import type { TestPaths } from '../guard/allowlist';
import type { EditedFile } from '../guard/guard';
import type { FileEdit } from '../patch/unified-diff';
import { FormEdits } from './form-edits';
import { offsetBefore } from './offset-before';

/**
 * The test files of a project, as they are and as the edits made so far leave them. Edits live here, in
 * memory, until they are proven.
 */
export class TestFiles {
  readonly #originals = new Map<string, SourceText>();
  #edited = new Map<string, PythonSource>();
  #forms = new Map<string, FormEdits>();
  #rounds = new Map<string, readonly (readonly Operation[])[]>();
  #settled: readonly Operation[] = [];

  constructor(
    private readonly workspace: string,
    private readonly folder: string,
    private readonly tests: TestPaths,
  ) {}

  /** Reads the files that may be edited; the others stay unknown. */
  async load(paths: Iterable<string>): Promise<void> {
    for (const path of new Set(paths)) {
      if (this.#originals.has(path) || !this.tests.isEditable(path)) continue;
      const file = join(this.workspace, ...path.split('/'));
      const real = await realpath(file).catch(() => undefined);
      // A link may lead anywhere: only what truly lies in the project is a file of the project.
      const project = await realpath(join(this.workspace, this.folder));
      if (!real?.startsWith(project + sep)) continue;
      this.#originals.set(path, decodeSource(await readFile(real)));
    }
  }

  /** Makes the trees of all files, as far as that is not done: every failure needs some of them. */
  parse(): void {
    for (const path of this.#originals.keys()) this.get(path)!.parse();
  }

  /** A test file with the edits made so far. */
  get(path: string): PythonSource | undefined {
    const edited = this.#edited.get(path);
    if (edited) return edited;
    const original = this.#originals.get(path);
    if (!original) return undefined;
    const source = new PythonSource(original.text, path);
    this.#edited.set(path, source);
    return source;
  }

  /** The line of the file as it was, to a patch, on which something began that stands at an offset of the file as it is. */
  originalLine(path: string, offset: number): number {
    const before = offsetBefore(this.#rounds.get(path) ?? [], offset);
    return patchLine(this.#originals.get(path)!.text, before);
  }

  /** All files as they were and as they would be with more operations. */
  with(operations: readonly Operation[]): EditedFile[] {
    return [...this.#originals].map(([path, before]) => {
      const own = operations.filter(({ file }) => file === path);
      return { path, before, after: applyOperations(this.get(path)!.text, own) };
    });
  }

  /**
   * Makes operations part of the files.
   *
   * @param isForm Says of an operation whether it changes the form of a test alone, and no value.
   */
  edit(operations: readonly Operation[], isForm: (operation: Operation) => boolean): void {
    for (const path of new Set(operations.map(({ file }) => file))) {
      const forms = this.#forms.get(path) ?? new FormEdits();
      const own = operations.filter(({ file }) => file === path);
      forms.follow(own, isForm);
      this.#rounds.set(path, [...(this.#rounds.get(path) ?? []), own]);
      this.#forms.set(path, forms);
    }
    for (const { path, after } of this.with(operations)) {
      if (after !== this.get(path)!.text) this.#edited.set(path, new PythonSource(after, path));
    }
  }

  /** Makes operations part of the files that stay when all others are forgotten; they change no value. */
  settle(operations: readonly Operation[]): void {
    this.#settled = operations;
    this.edit(operations, () => true);
  }

  /** The edited files with their new values and in their old form, as far as the two can be told apart. */
  values(): FileEdit[] {
    return [...this.#forms].map(([path, forms]) => {
      const { text, encoding } = this.#originals.get(path)!;
      const edited = this.get(path)!.text;
      const after = encodeSource(forms.without(edited) ?? edited, encoding);
      return { path, before: encodeSource(text, encoding), after };
    });
  }

  /** Remembers the edits so far, and gives a way back to them. */
  remember(): () => void {
    const edited = new Map(this.#edited);
    const forms = new Map([...this.#forms].map(([path, own]) => [path, own.copy()]));
    const rounds = new Map(this.#rounds);
    return () => {
      this.#edited = edited;
      this.#forms = forms;
      this.#rounds = rounds;
    };
  }

  /** Forgets all edits but the settled ones. */
  reset(): void {
    this.#edited = new Map();
    this.#forms = new Map();
    this.#rounds = new Map();
    this.edit(this.#settled, () => true);
  }
}
