import { diffArrays } from 'diff';

/** A run of lines that two texts share, or that only one of them has. */
export interface LineRun {
  readonly kind: 'both' | 'old' | 'new';
  /** The number of lines; of `both` on either side. */
  readonly count: number;
}

/** Differences beyond this are one: a text that was exchanged has no small ones. */
const MOST_DIFFERENCES = 1_000;

/** Compares two texts line by line: removed lines come before the added ones in their place. */
export function compareLines(
  old: readonly string[],
  now: readonly string[],
  same: (one: string, other: string) => boolean = (one, other) => one === other,
): LineRun[] {
  let head = 0;
  while (head < old.length && head < now.length && same(old[head]!, now[head]!)) head += 1;
  let tail = 0;
  const shorter = Math.min(old.length, now.length) - head;
  while (tail < shorter && same(old.at(-1 - tail)!, now.at(-1 - tail)!)) tail += 1;
  const middle = diffArrays(
    old.slice(head, old.length - tail),
    now.slice(head, now.length - tail),
    {
      comparator: same,
      maxEditLength: MOST_DIFFERENCES,
    },
  );
  const runs: LineRun[] = [
    { kind: 'both', count: head },
    ...(middle?.map((part): LineRun => ({
      kind: part.added ? 'new' : part.removed ? 'old' : 'both',
      count: part.count,
    })) ?? [
      { kind: 'old', count: old.length - tail - head } as const,
      { kind: 'new', count: now.length - tail - head } as const,
    ]),
    { kind: 'both', count: tail },
  ];
  return runs.filter(({ count }) => count > 0);
}

/** The lines of a text with their line ends; what stands behind the last line end is a line too. */
export function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** White space at the beginning of a line. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/** The white space that all lines that are not blank begin with. */
export function commonIndent(lines: readonly string[]): string {
  let common: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    common ??= indent;
    while (!indent.startsWith(common)) common = common.slice(0, -1);
  }
  return common ?? '';
}

/**
 * A line of code with its white space normalised: none at the ends, none beside signs, one space between words.
 * Within string literals it stays, for there it is meant.
 */
export function normalised(line: string): string {
  return line
    .replaceAll(/^[ \t\f\r]+|[ \t\f\r]+$/g, '')
    .split(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll(/[ \t\f]+/g, ' ').replaceAll(/ (?=\W)|(?<=\W) /g, ''),
    )
    .join('');
}
