import { staleWordIn } from './return-prose';

/** The word that keeps the type of a Google section from becoming another one. */
const kept = (old: string, now: string, description: string): string | undefined => {
  const text = `Finds it.\n\nReturns:\n    ${old}: ${description}\n`;
  const start = text.indexOf(`${old}:`);
  return staleWordIn(text, { start, end: start + old.length }, old, now);
};

describe('beside another type', () => {
  it.each([
    { old: 'bool', now: 'int', description: 'Whether it is open.', word: 'whether' },
    { old: 'bool', now: 'str', description: 'true where it is open.', word: 'True' },
    { old: 'int', now: 'float', description: 'The whole number of it.', word: 'whole' },
    { old: 'float', now: 'int', description: 'The fraction that is left.', word: 'fraction' },
    { old: 'tuple[int, int]', now: 'Size', description: 'A pair of both.', word: 'pair' },
    { old: 'list[int]', now: 'set[int]', description: 'All, in order.', word: 'order' },
    { old: 'list[int]', now: 'Purse', description: 'All, sorted by size.', word: 'sorted' },
    { old: 'set[int]', now: 'list[int]', description: 'The unique ones.', word: 'unique' },
    { old: 'dict[str, int]', now: 'Purse', description: 'Maps units to rates.', word: 'map' },
    { old: 'list[int]', now: 'Iterator[int]', description: 'The items of a list.', word: 'list' },
  ])('“$description” is not left of $old', ({ old, now, description, word }) => {
    expect(kept(old, now, description)).toBe(word);
  });

  it.each([
    { old: 'int', now: 'float', description: 'How much is left.' },
    { old: 'list[int]', now: 'list[str]', description: 'All, sorted by size.' },
    { old: 'Purse', now: 'Wallet', description: 'The first one in the house.' },
    { old: 'bool', now: 'Optional[bool]', description: 'Whether it is open.' },
  ])('“$description” is, of $old', ({ old, now, description }) => {
    expect(kept(old, now, description)).toBeUndefined();
  });
});
