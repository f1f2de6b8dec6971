import type { EditableText } from '../../repair/strategy';
import { normalised } from './lines';

const MOST_LINES = 24;
const MOST_CHARACTERS = 1_600;
const MOST_LINE = 240;

/** How many lines of the wanted text are compared. */
const COMPARED = 16;

/** Less than this share of words in common is no likeness. */
const LEAST = 0.3;

/** The real text of the place of a file that is most like `find`; undefined where nothing is. */
export function nearestText(source: EditableText, find: string): string | undefined {
  const wanted = find
    .split('\n')
    .map(words)
    .filter((line) => line.size > 0)
    .slice(0, COMPARED);
  if (wanted.length === 0) return undefined;
  const lines = Array.from({ length: source.lines.lineCount }, (_, at) =>
    source.lines.line(at + 1),
  );
  const filled = lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [{ at, words: words(line) }],
  );
  let best = { score: 0, first: 0, last: 0 };
  for (let first = 0; first < filled.length; first += 1) {
    let score = 0;
    const window = filled.slice(first, first + wanted.length);
    window.forEach((line, at) => (score += likeness(line.words, wanted[at]!)));
    if (score > best.score) best = { score, first: window[0]!.at, last: window.at(-1)!.at };
  }
  if (best.score / wanted.length < LEAST) return undefined;
  return shown(lines.slice(Math.max(0, best.first - 1), best.last + 2));
}

/** Lines as they are, bounded in number and length. */
function shown(lines: readonly string[]): string {
  let text = '';
  for (const line of lines.slice(0, MOST_LINES)) {
    if (text.length + line.length > MOST_CHARACTERS) break;
    text += `${line.slice(0, MOST_LINE)}\n`;
  }
  return text;
}

function words(line: string): Set<string> {
  return new Set(normalised(line.slice(0, 400)).match(/\w+|[^\w\s]/g) ?? []);
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  return both / Math.max(1, one.size + other.size - both);
}
