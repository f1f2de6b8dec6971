import type { Span } from '../../python/syntax';
import type { EditableText } from '../../repair/strategy';
import { isElidingLine } from './elision';
import { compareLines, indentOf, normalised } from './lines';
import { nearestText } from './nearest';
import { Refused } from './refusal';
import { indentMap, refuseMovedStrings } from './reindent';

/** The text at `span` becomes `after`. */
export interface Replacement {
  readonly span: Span;
  readonly after: string;
}

/** What a reply wants to be replaced, and by what, with `\n` for line ends. */
export interface Wanted {
  readonly find: string;
  readonly replace: string;
}

const MOST_PLACES = 5;

/**
 * The only place of a text, exactly; undefined where it is not there.
 *
 * @throws Refused where it is there more than once.
 */
export function locateExactly(
  path: string,
  source: EditableText,
  wanted: Wanted,
): Replacement | undefined {
  const { text } = source;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const find = wanted.find.replaceAll('\n', end);
  const places: number[] = [];
  // Places that overlap count: each would do.
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1)) {
    places.push(at);
    if (places.length > MOST_PLACES) break;
  }
  if (places.length > 1)
    refuseAmbiguous(
      path,
      places.map((at) => source.lines.lineOf(at)),
    );
  const [start] = places;
  if (start === undefined) return undefined;
  const span = { start, end: start + find.length };
  if (splitsWord(text, span.start) || splitsWord(text, span.end)) return undefined;
  return wholeLines(source, span, wanted, end);
}

/** `x == 2` is not what stands in `x == 25`. */
function splitsWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}_]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
}

/**
 * What stands alone on its lines is replaced line by line: so a line end too many or too few in the reply neither
 * joins lines nor leaves an empty one.
 */
function wholeLines(
  { text, lines }: EditableText,
  span: Span,
  wanted: Wanted,
  end: string,
): Replacement {
  const first = lines.lineOf(span.start);
  const before = text.slice(lines.lineStart(first), span.start);
  const after = indented(wanted, before).replaceAll('\n', end);
  const found = text.slice(span.start, span.end);
  const endsLine = found.endsWith(end);
  const rest = endsLine
    ? ''
    : lines.line(lines.lineOf(span.end)).slice(span.end - lines.lineStart(lines.lineOf(span.end)));
  if (before.trim() !== '' || rest.trim() !== '') return { span, after };
  if (wanted.replace.trim() === '') {
    const last = lines.lineOf(endsLine ? span.end - end.length : span.end);
    return { span: { start: lines.lineStart(first), end: lines.lineStart(last + 1) }, after: '' };
  }
  const isOver = after.endsWith(end);
  if (endsLine && !isOver) return { span, after: after + end };
  return { span, after: !endsLine && isOver ? after.replace(/(?:\r?\n)+$/, '') : after };
}

/**
 * The new text for a line that the model shows without its indentation (`before`): the lines below the first one get
 * it too, where the model left it out there as well.
 */
function indented({ find, replace }: Wanted, before: string): string {
  const [head = '', ...rest] = replace.split('\n');
  if (before === '' || before.trim() !== '' || find.trimEnd().includes('\n')) return replace;
  if (/^[ \t]/.test(find) || /^[ \t]/.test(head)) return replace;
  const filled = rest.filter((line) => line.trim() !== '');
  const hasIt = filled.every((line) => line.startsWith(before));
  const isDeeper = !head.trimEnd().endsWith(':') || (filled[0] ?? '').startsWith(`${before} `);
  if (hasIt && isDeeper) return replace;
  refuseMovedStrings(
    replace,
    rest.map((_, at) => at + 1),
  );
  return [head, ...rest.map((line) => (line.trim() === '' ? line : before + line))].join('\n');
}

/**
 * The only place whose lines are those of the text but for white space. What the model left as it was stays as the
 * file has it; only lines that differ between `find` and `replace` change, and they get the file's indentation.
 *
 * @throws Refused where there are several places, or where the indentation of a new line is not clear.
 */
export function locateLines(
  path: string,
  source: EditableText,
  wanted: Wanted,
): Replacement | undefined {
  const find = wanted.find.split('\n');
  const filled = find.flatMap((line, at) => (line.trim() === '' ? [] : [at]));
  const there = normalisedLines(source);
  const keys = filled.map((at) => normalised(find[at]!));
  if (keys.length === 0 || keys.length > there.length) return undefined;
  const places: number[] = [];
  for (let at = 0; at + keys.length <= there.length; at += 1) {
    if (keys.every((key, by) => key === there[at + by]!.key)) places.push(at);
  }
  if (places.length > 1)
    refuseAmbiguous(
      path,
      places.map((at) => there[at]!.line),
    );
  const [place] = places;
  if (place === undefined) return undefined;
  const lineOf = new Map(filled.map((at, by) => [at, there[place + by]!.line]));
  const first = lineOf.get(filled[0]!)!;
  const last = lineOf.get(filled.at(-1)!)!;
  return {
    span: { start: source.lines.lineStart(first), end: source.lines.lineStart(last + 1) },
    after: rewritten(
      source,
      find.slice(filled[0], filled.at(-1)! + 1),
      trimmed(wanted.replace),
      (at) => lineOf.get(at + filled[0]!),
      last,
    ),
  };
}

/** The file's lines with the changes that lead from `find` to `replace`. */
function rewritten(
  { text, lines }: EditableText,
  find: readonly string[],
  replace: readonly string[],
  lineOf: (at: number) => number | undefined,
  lastLine: number,
): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const whole = (from: number, to: number): string =>
    text.slice(lines.lineStart(from), lines.lineStart(to));
  const pairs = find.flatMap((line, at) => {
    const there = lineOf(at);
    return there === undefined ? [] : [[indentOf(line), indentOf(lines.line(there))] as const];
  });
  // A first line that lost its indentation tells nothing of the others.
  const [head, second] = pairs;
  const isCut =
    head?.[0] === '' &&
    head[1] !== '' &&
    second !== undefined &&
    pairs.slice(1).every(([from, to]) => from === to);
  const indent = indentMap(isCut ? pairs.slice(1) : pairs);
  // Each line of `find` stands for its line of the file and the blank ones below it.
  const next = (at: number): number => {
    for (let below = at + 1; below < find.length; below += 1) {
      const line = lineOf(below);
      if (line !== undefined) return line;
    }
    return lastLine + 1;
  };
  let result = '';
  let [old, now] = [0, 0];
  for (const { kind, count } of compareLines(
    find,
    replace,
    (one, other) => one.trimEnd() === other.trimEnd(),
  )) {
    for (let step = 0; step < count; step += 1) {
      if (kind === 'new') {
        const line = replace[now]!;
        const from = indentOf(line);
        const to = isCut && now === 0 ? head[1] : line.trim() === '' ? from : indent(from);
        if (to !== from) refuseMovedStrings(replace.join('\n'), [now]);
        result += (to + line.slice(from.length)).trimEnd() + end;
        now += 1;
        continue;
      }
      const there = lineOf(old);
      if (kind === 'both' && there !== undefined) result += whole(there, next(old));
      old += 1;
      if (kind === 'both') now += 1;
    }
  }
  return text.endsWith('\n') || lines.lineStart(lastLine + 1) < text.length
    ? result
    : result.replace(/\r?\n$/, '');
}

function trimmed(text: string): string[] {
  const lines = text.split('\n');
  while (lines[0]?.trim() === '') lines.shift();
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

interface NormalisedLine {
  readonly line: number;
  readonly key: string;
}

const known = new WeakMap<EditableText, readonly NormalisedLine[]>();

/** The lines of a file that are not blank. */
function normalisedLines(source: EditableText): readonly NormalisedLine[] {
  const before = known.get(source);
  if (before) return before;
  const found: NormalisedLine[] = [];
  for (let line = 1; line <= source.lines.lineCount; line += 1) {
    const key = normalised(source.lines.line(line));
    if (key !== '') found.push({ line, key });
  }
  known.set(source, found);
  return found;
}

/** @throws Refused always: the text is not there; told with what is. */
export function refuseNotFound(path: string, source: EditableText, find: string): never {
  const inFile = new Set(normalisedLines(source).map(({ key }) => key));
  const elided = find
    .split('\n')
    .find((line) => isElidingLine(line) && !inFile.has(normalised(line)));
  if (elided !== undefined) {
    throw new Refused(
      'elided',
      `The text to be replaced leaves lines out (${JSON.stringify(elided.trim())}). Copy all of its lines.`,
    );
  }
  const near = nearestText(source, find);
  throw new Refused(
    'not-found',
    near === undefined
      ? `The text to be replaced is not in ${path}, nor anything like it. Copy it from the file.`
      : `The text to be replaced is not in ${path}. The nearest text there is:\n${near}Copy from this exactly.`,
  );
}

function refuseAmbiguous(path: string, lines: readonly number[]): never {
  const shown = lines.slice(0, MOST_PLACES).join(', ');
  throw new Refused(
    'ambiguous',
    `The text to be replaced stands more than once in ${path}: at lines ${shown}` +
      `${lines.length > MOST_PLACES ? ' and more' : ''}. Add lines around it until it is the only one.`,
  );
}
