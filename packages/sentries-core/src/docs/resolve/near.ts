import { distance } from 'fastest-levenshtein';
import type { CodeSymbol } from '../reference';

/** The last word of a symbol's name: `unit` of `acme.convert(unit)`. */
const lastWord = ({ name }: CodeSymbol): string => /[^.()]*(?=\)?$)/.exec(name)![0];

/**
 * Names that are there and like one that is not, the nearest first; three at most.
 *
 * @param elsewhere Those of just the same name in other places: it may have moved.
 */
export function nearest(
  word: string,
  offered: readonly CodeSymbol[],
  elsewhere: readonly CodeSymbol[] = [],
): CodeSymbol[] {
  const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length * 0.4));
  const alike = offered
    .map((symbol) => ({
      symbol,
      far: distance(word.toLowerCase(), lastWord(symbol).toLowerCase()),
    }))
    .filter(({ far }) => far <= limit)
    .sort((one, other) => one.far - other.far)
    .map(({ symbol }) => symbol);
  const names = new Set<string>();
  return [...(elsewhere.length <= 2 ? elsewhere : []), ...alike]
    .filter(({ name }) => !names.has(name) && names.add(name))
    .slice(0, 3);
}
