import { diffArrays, type ArrayChange } from 'diff';

/** Two definitions must share at least this part of their words to be one. */
export const ALIKE = 0.6;

/** The part of two word lists that is common, in order: 1 for equal ones, 0 for any too different ones. */
export function likeness(one: readonly string[], other: readonly string[]): number {
  const total = one.length + other.length;
  // Whatever their order, they can't share more words than this; counting is far cheaper than aligning.
  if ((2 * commonWords(one, other)) / total < ALIKE) return 0;
  // Undefined past the limit, whatever the library's types say.
  const parts: ArrayChange<string>[] | undefined = diffArrays<string>([...one], [...other], {
    maxEditLength: Math.ceil(total * (1 - ALIKE)),
  });
  const kept = (parts ?? []).filter((part) => !part.added && !part.removed);
  return (2 * kept.reduce((sum, part) => sum + part.count, 0)) / total;
}

function commonWords(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of other) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    common += 1;
  }
  return common;
}
