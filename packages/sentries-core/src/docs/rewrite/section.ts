import { LineIndex } from '../../python/text';
import { PythonSource, type Span } from '../../python/syntax';
import { docstringsIn } from '../read/docstrings';

/** Longer ones are shown around the passage alone. */
const MOST_LINES = 60;
const AROUND = 15;

/**
 * The part of a page that a passage stands in, whole lines of it: under its heading, up to the next one; of a module, the
 * docstring. {@link loadSyntax} must have been awaited.
 */
export function sectionAround(file: string, text: string, passage: Span): string {
  const lines = new LineIndex(text);
  const [first, last] = [lines.lineOf(passage.start), lines.lineOf(Math.max(0, passage.end - 1))];
  const whole = file.endsWith('.py')
    ? docstringLines(text, lines, passage)
    : headed(lines, first, last);
  const isLong = whole.last - whole.first >= MOST_LINES;
  const from = isLong ? Math.max(whole.first, first - AROUND) : whole.first;
  const to = isLong
    ? Math.min(whole.last, Math.min(last, first + MOST_LINES) + AROUND)
    : whole.last;
  return text.slice(lines.lineStart(from), lines.lineStart(to + 1));
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

function docstringLines(text: string, lines: LineIndex, { start }: Span): Lines {
  const spans = docstringsIn(new PythonSource(text)).map(({ text: own }) => ({
    start: own.sourceOf(0),
    end: own.sourceOf(Math.max(0, own.text.length - 1)) + 1,
  }));
  const around = spans.find((one) => one.start <= start && start < one.end) ?? {
    start,
    end: start,
  };
  return { first: lines.lineOf(around.start), last: lines.lineOf(around.end) };
}

function headed(lines: LineIndex, first: number, last: number): Lines {
  const starts = new Set<number>([1]);
  let fence: string | undefined;
  for (let at = 1; at <= lines.lineCount; at += 1) {
    const line = lines.line(at);
    const mark = /^[ \t>]*(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark))
      fence = fence === undefined ? mark : undefined;
    if (fence !== undefined) continue;
    if (/^#{1,6}[ \t]/.test(line)) starts.add(at);
    const isUnderlined = /^([=\-~^"'*+#`:.])\1{2,}[ \t]*$/.test(lines.line(at + 1));
    if (isUnderlined && /^\S/.test(line) && !/^([^\w\s])\1{2,}/.test(line)) starts.add(at);
  }
  const sorted = [...starts].sort((one, other) => one - other);
  const next = sorted.find((at) => at > last) ?? lines.lineCount + 1;
  return { first: sorted.findLast((at) => at <= first) ?? 1, last: next - 1 };
}
