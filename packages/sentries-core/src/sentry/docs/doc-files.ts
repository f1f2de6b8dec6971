import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditedFile } from '../../guard/guard';
import { applyOperations, type Operation } from '../../patch/operation';
import { decodeSource, type SourceText } from '../../python/text';

/** Files of documentation as they are. Edits are never made in them: they are asked for. */
export class DocFiles {
  readonly #texts = new Map<string, SourceText>();

  /** @param workspace Its root, which is free of links. */
  constructor(private readonly workspace: string) {}

  /**
   * Reads a file, by its path from the workspace root. A link is none: it is read where it leads to.
   *
   * @returns true where it is one.
   */
  async load(file: string): Promise<boolean> {
    const place = join(this.workspace, ...file.split('/'));
    const real = await realpath(place).catch(() => undefined);
    if (real !== place) return false;
    this.#texts.set(file, decodeSource(await readFile(real)));
    return true;
  }

  /** The text of a file, by its path from the workspace root. */
  text(file: string): string {
    return this.#texts.get(file)?.text ?? '';
  }

  /** Files as operations would leave them, by their paths from the workspace root. */
  with(operations: readonly Operation[]): EditedFile[] {
    return [...new Set(operations.map(({ file }) => file))].flatMap((path): EditedFile[] => {
      const before = this.#texts.get(path);
      if (!before) return [];
      const own = operations.filter(({ file }) => file === path);
      return [{ path, before, after: applyOperations(before.text, own) }];
    });
  }
}
