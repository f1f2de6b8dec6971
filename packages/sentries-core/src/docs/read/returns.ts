import type { Excerpt } from '../text/excerpt';
import type { Place } from '../text/piece';
import type { ReferenceSink } from './sink';
import { toldType } from './told-type';

type Kind = 'return' | 'yield';

/** A type that stands alone: behind `:rtype:`, or behind the arrow of a signature. */
export function readType(
  kind: Kind,
  text: Excerpt,
  place: Place,
  sink: ReferenceSink,
  markup?: string,
): void {
  const start = text.text.length - text.text.trimStart().length;
  add(kind, text, start, text.text.trim(), place, sink, markup);
}

/** `bool: True if …`; a type alone only where nothing else is said. */
export function readGoogleReturn(
  kind: Kind,
  line: Excerpt,
  isAlone: boolean,
  place: Place,
  sink: ReferenceSink,
): void {
  const text = line.text.trimEnd();
  const colon = colonIn(text);
  if (colon === undefined && !isAlone) return;
  add(kind, line, 0, text.slice(0, colon).trimEnd(), place, sink);
}

/** `bool`, `found : bool`. */
export function readNumpyReturn(
  kind: Kind,
  line: Excerpt,
  place: Place,
  sink: ReferenceSink,
): void {
  const text = line.text.trimEnd();
  const name = /^\w+\s*:\s+/.exec(text)?.[0] ?? '';
  add(kind, line, name.length, text.slice(name.length), place, sink);
}

/** The colon that ends a type: no one of a role or within brackets and quotes. */
function colonIn(text: string): number | undefined {
  let depth = 0;
  const tokens = /:[\w:]+:`[^`]*`|`+[^`]*`+|"[^"]*"|'[^']*'|[([{]|[)\]}]|:(?=\s|$)/g;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (/^[([{]/.test(token)) depth += 1;
    else if (/^[)\]}]/.test(token)) depth -= 1;
    else if (token === ':' && depth === 0) return index;
  }
  return undefined;
}

function add(
  kind: Kind,
  excerpt: Excerpt,
  start: number,
  text: string,
  place: Place,
  sink: ReferenceSink,
  markup?: string,
): void {
  const told = place.describes === null ? undefined : toldType(text);
  if (!told) return;
  const span = { start, end: start + text.length };
  const found = { kind, name: told.code, of: place.describes, span, evidence: ['owner'] } as const;
  sink.add({ ...found, ...(markup !== undefined && { markup }) }, excerpt, place);
}
