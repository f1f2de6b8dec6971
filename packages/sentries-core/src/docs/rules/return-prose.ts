import type { Span } from '../../python/syntax';
import { lineSpans } from '../text/excerpt';

/** Words by which texts tell of values of a type, beside its name. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  bool: ['True', 'False', 'boolean', 'whether'],
  str: ['string', 'text'],
  int: ['integer', 'whole'],
  float: ['fraction', 'decimal'],
  dict: ['dictionary', 'dictionaries', 'mapping', 'map', 'keyed'],
  list: ['array', 'sequence', 'order', 'ordered', 'sorted'],
  tuple: ['pair', 'triple', 'sequence', 'order', 'ordered', 'sorted'],
  set: ['unique', 'distinct'],
  bytes: ['bytes'],
  Iterator: ['generator'],
  Generator: ['generator'],
};

/**
 * A word in the description of what is returned that tells of the old type, and not of the new one: with the new type in
 * front of it, it would be wrong.
 *
 * @param span Where the old type stands in the text.
 */
export function staleWordIn(
  text: string,
  span: Span,
  old: string,
  now: string,
): string | undefined {
  const names = (type: string): string[] => type.match(/[A-Za-z_]\w*/g) ?? [];
  const stay = new Set(names(now).map((name) => name.toLowerCase()));
  const gone = names(old).filter((name) => !stay.has(name.toLowerCase()));
  // `Optional[X]` says the same as `X | None`.
  const mayBeNone = stay.has('none') || stay.has('optional');
  const words = gone
    .map((name) => (name === 'Optional' ? 'None' : name))
    .filter((name) => name !== 'Union' && !(name === 'None' && mayBeNone))
    .flatMap((name) => [name, ...(WORDS[name] ?? [])]);
  const description = descriptionAt(text, span);
  return words.find((word) => new RegExp(`\\b${word}(?:e?s)?\\b`, 'i').test(description));
}

/** What is said of the type: the rest of its section, or the field beside it that tells what is returned. */
function descriptionAt(text: string, { start, end }: Span): string {
  const lines = lineSpans(text);
  const own = lines.findIndex((line) => line.start <= start && start < line.end);
  const lineAt = (at: number): string => text.slice(lines[at]!.start, lines[at]!.end);
  const depth = indentOf(lineAt(own));
  const isAround = (at: number, least = depth): boolean =>
    lines[at] !== undefined && (lineAt(at).trim() === '' || indentOf(lineAt(at)) >= least);
  const isField = /^[ \t]*:rtype:/.test(lineAt(own));
  // What NumPy's style says of a type stands below it, deeper.
  const isBelow = !isField && text.slice(end, lines[own]!.end).trim() === '';
  let [first, last] = [own, own];
  while (isAround(last + 1, isBelow ? depth + 1 : depth)) last += 1;
  if (!isField) return text.slice(end, lines[last]!.end);
  while (isAround(first - 1)) first -= 1;
  const block = text.slice(lines[first]!.start, lines[last]!.end);
  const field = /(?:^|\n)[ \t]*:returns?:([^]*?)(?=\n[ \t]*:\w|\n[ \t]*\n|$)/.exec(block);
  return field?.[1] ?? '';
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)![0].length;
