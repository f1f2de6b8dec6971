import { relative, sep } from 'node:path';
import { z } from 'zod';

/* The records of `python/sentries_look.py`, one JSON object a process. Files are absolute paths. */

const linesOfFiles = z.record(z.string(), z.array(z.int()));
const record = z.object({
  tests: z.record(z.string(), linesOfFiles),
  imported: linesOfFiles,
});

/** File (from the root of the run) → its executed lines, from 1. */
export type FileLines = ReadonlyMap<string, ReadonlySet<number>>;

/** Lines that a run executed, of the files that it was asked about. */
export interface ExecutedLines {
  /** Test (by key) → what ran in it; the line where a function begins stands for entering it. */
  readonly tests: ReadonlyMap<string, FileLines>;
  /** What ran outside of all tests: as modules were imported. */
  readonly imported: FileLines;
}

/**
 * Puts the records of all processes of a run together.
 *
 * @param texts The text of each process's file.
 * @param root The folder from which files are named.
 * @throws ZodError for a record that is not ours.
 */
export function readLines(texts: readonly string[], root: string): ExecutedLines {
  const tests = new Map<string, Map<string, Set<number>>>();
  const imported = new Map<string, Set<number>>();
  for (const text of texts) {
    const read = record.parse(JSON.parse(text));
    add(imported, read.imported, root);
    for (const [key, files] of Object.entries(read.tests)) {
      const own = tests.get(key) ?? new Map<string, Set<number>>();
      tests.set(key, own);
      add(own, files, root);
    }
  }
  return { tests, imported };
}

function add(
  to: Map<string, Set<number>>,
  files: z.infer<typeof linesOfFiles>,
  root: string,
): void {
  for (const [file, lines] of Object.entries(files)) {
    const path = relative(root, file).split(sep).join('/');
    to.set(path, new Set([...(to.get(path) ?? []), ...lines]));
  }
}
