import type { PatchSection } from './unified-diff';

/** Adjacent lines that a patch takes away, and what it puts in their place; either may be none. */
export interface LineGroup {
  /** The line of the old file, from 1, that is the first to go, or before which lines are put. */
  readonly line: number;
  /** Lines with their ends, a character a byte. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Which hunk of the section it is in, from 0. */
  readonly hunk: number;
}

/** The line, from 1, on which an offset of a text is to a patch: a lone `\r` ends none there, as it does in Python. */
export function patchLine(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Cuts a section of a patch at its groups of changed lines, from the top. */
export function groupsOf({ hunks: { hunks } }: PatchSection): LineGroup[] {
  const groups: LineGroup[] = [];
  for (const [index, { oldStart, lines }] of hunks.entries()) {
    let line = oldStart;
    let group: { line: number; removed: string[]; added: string[]; hunk: number } | undefined;
    for (const [at, text] of lines.entries()) {
      if (text.startsWith('\\')) continue;
      if (text.startsWith(' ')) group = undefined;
      else {
        if (!group) groups.push((group = { line, removed: [], added: [], hunk: index }));
        const whole = text.slice(1) + (lines[at + 1]?.startsWith('\\') ? '' : '\n');
        (text.startsWith('-') ? group.removed : group.added).push(whole);
      }
      if (!text.startsWith('+')) line += 1;
    }
  }
  return groups;
}

/**
 * A content with some groups of a section of its patch put in.
 *
 * @returns undefined where other lines stand there than the groups take away.
 */
export function withGroups(before: Buffer, groups: readonly LineGroup[]): Buffer | undefined {
  const old = before.toString('latin1').split(/(?<=\n)/);
  // In parts: a page may have more lines than a call takes arguments.
  const made: string[][] = [];
  let at = 0;
  for (const { line, removed, added } of groups.toSorted((a, b) => a.line - b.line)) {
    made.push(old.slice(at, line - 1), [...added]);
    at = line - 1 + removed.length;
    if (old.slice(line - 1, at).join('') !== removed.join('')) return undefined;
  }
  made.push(old.slice(at));
  return Buffer.from(made.flat().join(''), 'latin1');
}
