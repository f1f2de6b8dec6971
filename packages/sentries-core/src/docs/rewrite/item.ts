import type { Reference } from '../reference';
import { BUILTINS } from '../resolve/words';
import type { Lines } from './lines';
import { Refused, type OpenPlace } from './open-place';

/** Longer items tell more than what a thing is. */
const MOST_LINES = 8;

/**
 * The item of a list, the row of a table, or the entry of a docstring that begins with a reference: what may go as a whole
 * where the thing is gone. Undefined where nothing of its kind would be left beside it, or where it is not plain where it
 * ends. Pure.
 *
 * @param lines The lines of the file, without their ends.
 */
export function itemOf(
  { line, span, context, kind }: Reference,
  lines: readonly string[],
  lineStart: number,
): Lines | undefined {
  const own = lines[line - 1]!;
  const before = own.slice(0, span.start - lineStart);
  const after = own.slice(span.end - lineStart);
  if (context.part === 'table') return rowAt(lines, line, before);
  const list = /^([ \t]*)[-*+][ \t]+(?::[\w:]+:)?[`*_~!]*$/.exec(before);
  if (list) return itemAt(lines, line, list[1]!.length, /^[ \t]*[-*+][ \t]/);
  if (context.format !== 'docstring' || kind !== 'parameter') return undefined;
  const isField = /^[ \t]*:(?:param|parameter|arg|argument|key|keyword)[ \t][^:]*$/.test(before);
  const isEntry = /^[ \t]+$/.test(before) && /^\s*(?:\([^()]*\))?\s*(?::|$)/.test(after);
  const indent = /^[ \t]*/.exec(own)![0].length;
  if (isField) return itemAt(lines, line, indent, /^[ \t]*:param/);
  return isEntry
    ? itemAt(lines, line, indent, /^[ \t]*\w+[ \t]*(?:\([^()]*\))?[ \t]*(?::|$)/)
    : undefined;
}

/** A row of a table in Markdown that begins with the reference. */
function rowAt(lines: readonly string[], line: number, before: string): Lines | undefined {
  if (!/^[ \t]*\|?[ \t]*[`*_]*$/.test(before)) return undefined;
  const isRow = (at: number): boolean => lines[at - 1]?.includes('|') ?? false;
  let first = line;
  while (isRow(first - 1)) first -= 1;
  let last = line;
  while (isRow(last + 1)) last += 1;
  const isRuled = /^[ \t]*\|?[ \t:|-]*-[ \t:|-]*$/.test(lines[first] ?? '');
  // Above the rule stands the header.
  const isOneOfSeveral = last - (first + 1) >= 2;
  if (isCounted(lines, first, 0)) return undefined;
  return isRuled && line > first + 1 && isOneOfSeveral ? { first: line, last: line } : undefined;
}

function itemAt(
  lines: readonly string[],
  line: number,
  indent: number,
  isSibling: RegExp,
): Lines | undefined {
  const depth = (at: number): number => /^[ \t]*/.exec(lines[at - 1] ?? '')![0].length;
  const isBlank = (at: number): boolean => (lines[at - 1] ?? '').trim() === '';
  let last = line;
  for (let at = line + 1; at <= lines.length; at += 1) {
    if (isBlank(at)) continue;
    if (depth(at) <= indent) break;
    last = at;
  }
  // A paragraph that goes on at the margin, and code, have ends of their own.
  const next = last + 1;
  const goesOn = next <= lines.length && !isBlank(next) && !isSibling.test(lines[next - 1]!);
  const isEnd = depth(next) < indent || /^[ \t]*(?:"""|''')/.test(lines[next - 1] ?? '');
  if (goesOn && !isEnd) return undefined;
  const own = lines.slice(line - 1, last);
  if (own.length > MOST_LINES || isCounted(lines, line, indent)) return undefined;
  if (own.some((text) => /^[ \t>]*(?:```|~~~|>>> |\.\. )|::[ \t]*$/.test(text))) return undefined;
  const sibling = (from: number, step: number): boolean => {
    for (let at = from; at >= 1 && at <= lines.length; at += step) {
      if (isBlank(at) || depth(at) > indent) continue;
      return depth(at) === indent && isSibling.test(lines[at - 1]!);
    }
    return false;
  };
  return sibling(next, 1) || sibling(line - 1, -1) ? { first: line, last } : undefined;
}

/** The words before a list or a table say how many there are: one less would make them wrong. */
function isCounted(lines: readonly string[], line: number, indent: number): boolean {
  const isOfList = (text: string): boolean =>
    text.trim() === '' ||
    /^[ \t]*[-*+|][ \t]?/.test(text) ||
    /^[ \t]*/.exec(text)![0].length > indent;
  let at = line - 1;
  while (at > 0 && isOfList(lines[at - 1]!)) at -= 1;
  const lead: string[] = [];
  for (; at > 0 && lines[at - 1]!.trim() !== ''; at -= 1) lead.unshift(lines[at - 1]!);
  return COUNT.test(lead.join(' '));
}

const COUNT = /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|both|pair)\b/i;

/**
 * @param text The item that is to go.
 * @param places The stale places in it.
 * @param living References in it that lead somewhere.
 * @throws Refused where it tells of anything but what is gone.
 */
export function refuseLiving(
  text: string,
  places: readonly OpenPlace[],
  [living]: readonly Reference[],
): void {
  if (living)
    throw new Refused(`The item also tells of \`${living.text}\`, which is there. Keep it.`);
  const kept = places.find(({ successors }) => !successors.isGone);
  if (kept) throw new Refused(`\`${kept.stale.reference.text}\` is not gone. Keep its line.`);
  const gone = new Set(places.flatMap(({ stale: { reference } }) => reference.text.split(/\W+/)));
  const code = [...text.matchAll(/`+([^`\n]+)`+/g)].flatMap(
    ([, inside]) => inside!.match(/[A-Za-z_]\w+/g) ?? [],
  );
  const other = code.find((word) => !gone.has(word) && !BUILTINS.has(word));
  if (other !== undefined) throw new Refused(`The item also tells of \`${other}\`. Keep it.`);
  if (/\]\(|\]\[|https?:|`_|<\w/.test(text)) throw new Refused('The item has a link. Keep it.');
}
