import { countTokens } from './tokens';

/** A part of a prompt: one kind of thing to know, in pieces that are shown whole or not at all. */
export interface Part {
  /** Heads the part. Not data: it never comes from the repository. */
  readonly title: string;
  /** A prompt without it says nothing. Its pieces come before all others, however long they are. */
  readonly required?: boolean;
  /** Whole definitions, hunks or lines, as they are to be shown, the one that is worth most first. */
  readonly pieces: readonly string[];
}

export interface Fitted {
  readonly text: string;
  /** Never above the budget. */
  readonly tokens: number;
  /** How many pieces of all parts were left out. */
  readonly left: number;
}

/**
 * Puts as much of the parts into a text as fits, piece by piece: required parts first, then the parts in order of
 * worth. A piece that does not fit is left out, and a smaller one after it may still find room. The text has the parts,
 * and in them the pieces, in the order given. Pure.
 *
 * @param parts In order of worth.
 * @returns undefined where what is required does not fit.
 */
export function fit(parts: readonly Part[], budget: number): Fitted | undefined {
  const taken = new Map<Part, Set<number>>();
  let used = 0;
  let left = 0;
  const take = (part: Part): boolean => {
    let isWhole = true;
    for (const [at, cost] of costs(part).entries()) {
      const shown = taken.get(part) ?? new Set();
      const all = cost + (shown.size === 0 ? headCost(part) : 0);
      if (used + all > budget) {
        isWhole = false;
        left += 1;
        continue;
      }
      used += all;
      taken.set(part, shown.add(at));
    }
    return isWhole;
  };
  for (const part of parts) if (part.required && !take(part)) return undefined;
  for (const part of parts) if (!part.required) take(part);
  const text = parts
    .filter((part) => taken.has(part))
    .map(
      (part) =>
        head(part) +
        part.pieces
          .filter((_, at) => taken.get(part)!.has(at))
          .map(block)
          .join(''),
    )
    .join('');
  return { text, tokens: countTokens(text), left };
}

const cache = new WeakMap<Part, readonly number[]>();

/** Tokens of its pieces, with the line end before them, to which blanks at their start belong: both models are told the same parts, and more than once. */
function costs(part: Part): readonly number[] {
  const known = cache.get(part) ?? part.pieces.map((piece) => countTokens(`\n${block(piece)}`));
  cache.set(part, known);
  return known;
}

const head = ({ title }: Part): string => `## ${title}\n\n`;
const headCost = (part: Part): number => countTokens(head(part));
const block = (piece: string): string => `${piece.replace(/\n+$/, '')}\n\n`;
