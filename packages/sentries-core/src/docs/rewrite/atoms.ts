import type { Span } from '../../python/syntax';
import type { Atom } from './line';
import type { OpenPlace } from './open-place';

/** A part of a line that may change, and the stale places that it is about. */
interface OwnedAtom extends Atom {
  readonly owners: readonly OpenPlace[];
}

/**
 * What may change on a line.
 *
 * @param start Where the line begins in its file.
 * @param places Those on the line.
 */
export function atomsOn(line: string, start: number, places: readonly OpenPlace[]): OwnedAtom[] {
  const atoms: (Atom & { readonly owners: OpenPlace[] })[] = [];
  const own = places
    .filter(({ successors: { names, isGone } }) => names.size > 0 || isGone)
    .toSorted((a, b) => a.stale.reference.span.start - b.stale.reference.span.start);
  for (const place of own) {
    const { kind, span, context } = place.stale.reference;
    const bare = { start: span.start - start, end: span.end - start };
    const last = atoms.at(-1);
    if (last && bare.start < last.span.end) {
      if (bare.end <= last.span.end) last.owners.push(place);
      continue;
    }
    if (bare.end > line.length) continue;
    // In words nothing can go but as a whole item.
    const isArgument = place.successors.isGone && kind === 'parameter' && context.part !== 'field';
    const wide = isArgument ? argumentAt(line, bare) : undefined;
    atoms.push({ span: wide ?? bare, kind, isGone: wide !== undefined, owners: [place] });
  }
  return atoms;
}

/** `, day=1` of a call or a signature, with the comma that goes with it; undefined where its end is not plain. */
function argumentAt(line: string, { start, end }: Span): Span | undefined {
  const value =
    /^[ \t]*(?::[ \t]*[\w.[\], |]+)?[ \t]*=[ \t]*(?:"[^"\\]*"|'[^'\\]*'|[-+\w.]+|\[\]|\{\}|\(\))/.exec(
      line.slice(end),
    );
  const to = value ? end + value[0].length : end;
  const comma = /,[ \t]*$/.exec(line.slice(0, start));
  const opens = /\([ \t]*$/.test(line.slice(0, start));
  const next = /^[ \t]*(?:,[ \t]*|(?=\)))/.exec(line.slice(to));
  if (!next || (!value && !comma && !opens)) return undefined;
  if (comma && /^[ \t]*[,)]/.test(line.slice(to)))
    return { start: start - comma[0].length, end: to };
  return opens ? { start, end: to + next[0].length } : undefined;
}
