import type { Span } from '../../python/syntax';
import type { Refusal } from '../../repair/strategy';
import type { Reference } from '../reference';
import { lineSpans } from '../text/excerpt';

interface Line extends Span {
  readonly indent: number;
  /** Without the blanks around it. */
  readonly text: string;
}

/** How an entry begins: a field of RST, an item of a list, a row of a table, a name in a section of a docstring. */
type Form = 'field' | 'item' | 'row' | 'name';

const FIELD = /^:[^:\n]+:(?=\s|$)/;
const ITEM = /^[-*+][ \t]+/;
const UNDERLINE = /^[-=~^]{3,}$/;

/**
 * The whole entry that a reference begins, with all lines of its description: what may be taken out so that the list
 * or the table around stays one.
 */
export function entryOf(reference: Reference, text: string): Span | Refusal {
  const lines = linesOf(text);
  const at = lines.findIndex(({ end }) => reference.span.start < end);
  const line = lines[at];
  const form = line && formOf(line, reference, text);
  if (!line || !form) return { refused: 'it does not stand in an entry of its own' };
  if (form === 'row') return rowAt(lines, at);
  let end = at + 1;
  for (let next = end; next < lines.length && isInside(lines[next]!, line); next += 1)
    if (lines[next]!.text !== '') end = next + 1;
  const own = text.slice(line.start, lines[end - 1]!.end);
  if (/"""|'''/.test(own)) return { refused: 'the quotes of its docstring stand in its entry' };
  const holdsList = lines.slice(at + 1, end).some((one) => ITEM.test(one.text));
  if (holdsList) return { refused: 'its entry holds a list of its own' };
  const after = lines[end];
  const goesOn =
    after !== undefined && after.text !== '' && !/^("""|''')/.test(after.text) && form !== 'name';
  if (goesOn && after.indent >= line.indent && formOfText(after.text) !== form)
    return { refused: 'its text goes on behind its entry' };
  if (form !== 'field' && !hasSibling(lines, at, end, form))
    return { refused: 'it is the only one that is told there' };
  return whole(lines, at, end);
}

function linesOf(text: string): Line[] {
  return lineSpans(text).map(({ start, end }) => {
    const written = text.slice(start, end);
    const indent = written.length - written.trimStart().length;
    return { start, end, indent: written.trim() === '' ? 0 : indent, text: written.trim() };
  });
}

const formOfText = (text: string): Form | undefined =>
  FIELD.test(text) ? 'field' : ITEM.test(text) ? 'item' : undefined;

/** Undefined where something else stands before the name. */
function formOf(line: Line, { span, context }: Reference, text: string): Form | undefined {
  const from = line.start + line.indent;
  const before = text.slice(from, span.start);
  const { part, format } = context;
  if (part === 'table') return /^\|?\s*[*_`]*$/.test(before) ? 'row' : undefined;
  if (FIELD.test(line.text)) return /^:\w+ [^:]*$/.test(before) ? 'field' : undefined;
  const mark = ITEM.exec(line.text)?.[0];
  if (part === 'list' && mark) {
    const rest = before.slice(mark.length);
    return /^[*_`]*$/.test(rest) ? 'item' : undefined;
  }
  const isName = format === 'docstring' && part === 'field';
  const isTerm = format === 'rst' && part === 'list' && /^(``|\*\*)$/.test(before);
  // Two names with one description are no entry each.
  const isShared = /^[*`\w]+\s*,/.test(text.slice(from, line.end));
  return !isShared && ((isName && before === '') || isTerm) ? 'name' : undefined;
}

const isInside = (line: Line, entry: Line): boolean =>
  line.text === '' || line.indent > entry.indent;

/** A row that has another one beside it. */
function rowAt(lines: readonly Line[], at: number): Span | Refusal {
  const isRow = (line: Line | undefined): boolean =>
    line !== undefined && line.text.includes('|') && !/^[|\s:-]+$/.test(line.text);
  // Above the line below the header stands the header.
  if (!isRow(lines[at + 1]) && !isRow(lines[at - 1]))
    return { refused: 'it is the only one that is told there' };
  return { start: lines[at]!.start, end: lines[at]!.end };
}

function hasSibling(lines: readonly Line[], at: number, end: number, form: Form): boolean {
  const own = lines[at]!;
  const isAlike = (line: Line | undefined): boolean =>
    line?.indent === own.indent &&
    !UNDERLINE.test(line.text) &&
    (form === 'name' || formOfText(line.text) === form);
  const next = lines.findIndex((line, index) => index >= end && line.text !== '');
  const isTitle = UNDERLINE.test(lines[next + 1]?.text ?? '');
  const isQuote = /^("""|''')/.test(lines[next]?.text ?? '');
  if (isAlike(lines[next]) && !isTitle && !isQuote) return true;
  const before = lines.slice(0, at).findLast((line) => line.text !== '' && !isInside(line, own));
  return isAlike(before);
}

/** The lines of an entry with the blank ones that set it apart from the next one, or, of the last one, from what is before. */
function whole(lines: readonly Line[], at: number, end: number): Span {
  const isBlank = (index: number): boolean => lines[index]?.text === '';
  let [first, last] = [at, end];
  if (isBlank(at - 1)) {
    while (isBlank(last)) last += 1;
    // What follows is set apart by the blank lines before the entry; the end of the text needs none.
    const isEnd = last >= lines.length || /^("""|''')/.test(lines[last]!.text);
    if (isEnd && last === end) while (isBlank(first - 1)) first -= 1;
    else if (isEnd) last = end;
  }
  return { start: lines[first]!.start, end: lines[last - 1]!.end };
}
