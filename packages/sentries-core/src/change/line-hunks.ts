import { diffArrays } from 'diff';
import type { ChangedFile } from './changed-file';

/** Lines from `start` (counted from 1) up to, not including, `end`. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Lines of an old text, and what stands in their place in the new one; either may be none. */
export interface LineHunk {
  readonly old: LineRange;
  readonly new: LineRange;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

const cache = new WeakMap<ChangedFile, readonly LineHunk[]>();

/** The places in which a file differs from what it was; of a file that is not there, nothing is read. */
export function hunksOf(file: ChangedFile): readonly LineHunk[] {
  const known = cache.get(file) ?? lineHunks(file.old?.text ?? '', file.new?.text ?? '');
  cache.set(file, known);
  return known;
}

/** The places in which two texts differ, line by line; line ends do not count. */
export function lineHunks(old: string, now: string): LineHunk[] {
  const hunks: LineHunk[] = [];
  let [oldLine, newLine] = [1, 1];
  let removed: string[] = [];
  let added: string[] = [];
  const close = (): void => {
    if (removed.length + added.length > 0) {
      hunks.push({
        old: { start: oldLine - removed.length, end: oldLine },
        new: { start: newLine - added.length, end: newLine },
        removed,
        added,
      });
    }
    [removed, added] = [[], []];
  };
  for (const part of diffArrays(old.split(LINE_END), now.split(LINE_END))) {
    if (part.removed) {
      removed = part.value;
      oldLine += part.count;
    } else if (part.added) {
      added = part.value;
      newLine += part.count;
    } else {
      close();
      oldLine += part.count;
      newLine += part.count;
    }
  }
  close();
  return hunks;
}

const LINE_END = /\r\n|\n|\r/;
