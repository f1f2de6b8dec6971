import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureRecord } from 'sentries-core';

/** A test file's place in three trees. */
export interface Trees {
  readonly older: string;
  /** The workspace, with the patch applied. */
  readonly patched: string;
  /** The newer release, with its own tests. */
  readonly newer: string;
}

/** Where a test stands: its file, and the names that lead to it; none where a whole file failed. */
export function placeOf(id: string): { readonly file: string; readonly names: readonly string[] } {
  const [file, ...names] = id.split('[')[0]!.split('::');
  return { file: file!, names };
}

/**
 * Whether each line that a repair made stands in upstream's version of the file, white space aside, and more
 * often than before: `assert code == 2` proves nothing where other tests have always said so.
 */
export function isSameEdit({ edits }: FailureRecord, { older, patched, newer }: Trees): boolean {
  return edits.every(({ file, line, after }) => {
    if (!existsSync(join(newer, file))) return false;
    const [before, ours, theirs] = [older, patched, newer].map((tree) => linesOf(join(tree, file)));
    return resultingLines(ours!, line, after).every((text) => {
      const isNew = count(ours!, text) > count(before!, text);
      return count(theirs!, text) > (isNew ? count(before!, text) : 0);
    });
  });
}

/**
 * The whole lines that an edit ends up in. Other edits may have moved them since: the nearest place where
 * the new text begins counts.
 */
function resultingLines(lines: readonly string[], line: number, after: string): string[] {
  const texts = after.split('\n').map(normalised);
  const starts = lines.flatMap((text, at) => (text.includes(texts[0]!) ? [at] : []));
  const distance = (at: number): number => Math.abs(at - (line - 1));
  const start = starts.toSorted((a, b) => distance(a) - distance(b))[0] ?? line - 1;
  return lines.slice(start, start + texts.length);
}

const count = (lines: readonly string[], wanted: string): number =>
  lines.filter((line) => line === wanted).length;

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').map(normalised);

const normalised = (text: string): string => text.replace(/\s+/g, ' ').trim();
