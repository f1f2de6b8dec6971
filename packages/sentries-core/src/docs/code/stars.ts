import { isGiven } from './module-facts';
import type { Module } from './modules';
import type { Lookup, Names } from './names';

/**
 * What a dotted name means whose first word one of some modules brings, of which everything is imported.
 *
 * @param stars In the order of the imports: of two that bring the same name, the later one counts. Undefined for modules that
 *   can't be read.
 * @returns No lookup where none brings it, as far as that can be told. It is sure where no other one may bring it instead.
 */
export function brought(
  code: Pick<Names, 'within'>,
  stars: readonly (Module | undefined)[],
  words: readonly string[],
  depth?: number,
): { readonly lookup: Lookup | undefined; readonly isSure: boolean } {
  const name = words[0]!.replace(/(\(\))+$/, '');
  let isSure = true;
  for (const star of stars.toReversed()) {
    if (star && !isGiven(star.source, name)) continue;
    const lookup: Lookup = star ? code.within(star, words, depth) : { kind: 'open' };
    const isThere = lookup.kind === 'found' || (lookup.kind === 'missing' && lookup.word !== name);
    if (isThere) return { lookup, isSure };
    isSure &&= lookup.kind === 'missing';
  }
  return { lookup: undefined, isSure };
}
