import type { Span } from '../../python/syntax';

/** A run of an excerpt's text: from `at` on, it is the source's from `source` on. */
interface Run {
  readonly at: number;
  readonly source: number;
}

/**
 * A text that was cut out of a file, with what stood before its lines left out (indents, quote marks,
 * prompts): each place in it leads back to its place in the file. Offsets are UTF-16 code units.
 */
export class Excerpt {
  private constructor(
    readonly text: string,
    private readonly runs: readonly Run[],
  ) {}

  /** A whole file's text. */
  static whole(text: string): Excerpt {
    return new Excerpt(text, [{ at: 0, source: 0 }]);
  }

  /** Pieces of this text put together, one after the other. */
  pick(spans: readonly Span[]): Excerpt {
    const runs: Run[] = [];
    let text = '';
    for (const { start, end } of spans) {
      runs.push({ at: text.length, source: this.sourceOf(start) });
      for (const { at, source } of this.runsIn(start, end))
        runs.push({ at: text.length + at - start, source });
      text += this.text.slice(start, end);
    }
    return new Excerpt(text, runs.length > 0 ? runs : [{ at: 0, source: 0 }]);
  }

  /** A part of this text without the indent that its lines have in common; a first line that is cut already stays. */
  dedented({ start, end }: Span): Excerpt {
    const lines = lineSpans(this.text, start, end);
    const isCut = !/^[ \t]*$/.test(this.text.slice(lineStart(this.text, start), start));
    const indented = lines.slice(isCut ? 1 : 0);
    const indents = indented
      .filter((line) => !this.isBlank(line))
      .map((line) => this.columnOf(line));
    const cut = indents.length > 0 ? Math.min(...indents) : 0;
    return this.pick([
      ...(isCut ? lines.slice(0, 1) : []),
      ...indented.map((line) => {
        const from = lineStart(this.text, line.start) + cut;
        // A line that is shorter than the indent keeps its end.
        const last =
          line.start + this.text.slice(line.start, line.end).replace(/\r?\n$/, '').length;
        return { start: Math.min(Math.max(line.start, from), last), end: line.end };
      }),
    ]);
  }

  /** Where a place of this text is in the file. */
  sourceOf(offset: number): number {
    const { at, source } = this.runs[this.runAt(offset)]!;
    return source + offset - at;
  }

  /** A span of this text in the file; undefined where something that was left out stands within. */
  spanOf({ start, end }: Span): Span | undefined {
    const from = this.sourceOf(start);
    // The end belongs to what stands before it: the next run may begin there.
    const to = start === end ? from : this.sourceOf(end - 1) + 1;
    return to - from === end - start ? { start: from, end: to } : undefined;
  }

  /** The last run that begins at an offset or before it. */
  private runAt(offset: number): number {
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.runs[middle]!.at <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private runsIn(start: number, end: number): Run[] {
    const found: Run[] = [];
    for (let index = this.runAt(start) + 1; index < this.runs.length; index += 1) {
      const run = this.runs[index]!;
      if (run.at >= end) break;
      found.push(run);
    }
    return found;
  }

  private isBlank({ start, end }: Span): boolean {
    return this.text.slice(start, end).trim() === '';
  }

  /** How far a line's first word is from its beginning. */
  private columnOf({ start, end }: Span): number {
    const from = lineStart(this.text, start);
    return /^[ \t]*/.exec(this.text.slice(from, end))![0].length;
  }
}

/** The lines of a part of a text, with their line ends. */
export function lineSpans(text: string, start = 0, end = text.length): Span[] {
  const lines: Span[] = [];
  for (let at = start; at < end;) {
    const feed = text.indexOf('\n', at);
    const next = feed < 0 || feed >= end ? end : feed + 1;
    lines.push({ start: at, end: next });
    at = next;
  }
  return lines;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/**
 * The same text for parsers that know `\n` alone: line ends and tabs keep their places, and lines that no person
 * wrote are blanked, since some parsers take a time that grows with their square.
 */
export function plainLines(text: string): string {
  const plain = text
    .replace(/^\uFEFF/, ' ')
    .replace(/\r\n/g, ' \n')
    .replace(/\r/g, '\n');
  return plain.replace(LONG_LINE, (line) => ' '.repeat(line.length));
}

/** Anchored: else each character of each line would be tried as the first one. */
const LONG_LINE = /^[^\n]{4000,}/gm;
