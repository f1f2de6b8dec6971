import { array, assert, constantFrom, property, string } from 'fast-check';
import { isNounFor, rewrittenLine, wordsBetween, type Atom } from './line';

/** The atoms of a line are between `«` and `»`; those in `‹…›` may go. */
function parsed(marked: string): { line: string; atoms: Atom[] } {
  const atoms: Atom[] = [];
  let line = '';
  for (const [, before, open, atom] of marked.matchAll(/([^«‹]*)(?:([«‹])([^»›]*)[»›])?/g)) {
    line += before!;
    if (open === undefined) continue;
    const span = { start: line.length, end: line.length + atom!.length };
    atoms.push({ span, kind: 'dotted', isGone: open === '‹' });
    line += atom!;
  }
  return { line, atoms };
}

/** What stands where the atoms stood; undefined where more changed. */
function names(marked: string, now: string): string[] | undefined {
  const { line, atoms } = parsed(marked);
  return rewrittenLine(line, now, atoms)?.now.map(({ start, end }) => now.slice(start, end));
}

describe('a line may differ by', () => {
  it.each([
    { what: 'a name', old: 'Use `«a.b»` 3 times.', now: 'Use `c.d` 3 times.', is: ['c.d'] },
    { what: 'nothing', old: 'Use `«a.b»`.', now: 'Use `a.b`.', is: ['a.b'] },
    { what: 'one of two names', old: '`«a»`, `«b»`', now: '`a`, `c`', is: ['a', 'c'] },
    { what: 'an article', old: 'A `«a.B»` is', now: 'An `Other` is', is: ['Other'] },
    { what: 'its kind', old: 'the `«a.B»` class', now: 'the `b` function', is: ['b'] },
    { what: 'its kind before it', old: 'the class `«a.B»`', now: 'the function `b`', is: ['b'] },
    { what: 'an argument that goes', old: 'f(1‹, day=2›)', now: 'f(1)', is: [''] },
    { what: 'a name in a role', old: 'See :func:`«a.b»`.', now: 'See :func:`c`.', is: ['c'] },
  ])('$what', ({ old, now, is }) => expect(names(old, now)).toEqual(is));
});

describe('a line may not differ by', () => {
  const old = 'You must not call `«a.b»` more than 3 times (see [c](https://d.example)).';
  it.each([
    'You must call `x` more than 3 times (see [c](https://d.example)).',
    'You may not call `x` more than 3 times (see [c](https://d.example)).',
    'You must not call `x` more than 4 times (see [c](https://d.example)).',
    'You must not call `x` less than 3 times (see [c](https://d.example)).',
    'You must not call `x` more than 3 times (see [c](https://e.example)).',
    'You must not call `x` more than 3 times (see [c](https://d.example)). Or do.',
    'Now you must not call `x` more than 3 times (see [c](https://d.example)).',
    'You must not call `x()` more than 3 times (see [c](https://d.example)).',
    'You must not call x more than 3 times (see [c](https://d.example)).',
    'You must not call `x y` more than 3 times (see [c](https://d.example)).',
    'You must not call `x<br>` more than 3 times (see [c](https://d.example)).',
    'You must not call `` more than 3 times (see [c](https://d.example)).',
    ' You must not call `x` more than 3 times (see [c](https://d.example)).',
  ])('%s', (now) => expect(names(old, now)).toBeUndefined());

  it('anything, whatever is put in: but for the names, the line is the same', () => {
    const parts = array(
      constantFrom('not ', '3', ' a', '`', 'x.y', 'class ', '\n', '(', '<b>', '$'),
    );
    assert(
      property(parts, parts, string(), (before, after, name) => {
        const now = `You ${before.join('')}call \`${name}\` 3 times${after.join('')}.`;
        const found = names('You call `«a.b»` 3 times.', now);
        if (!found) return;
        expect(now).toBe(`You call \`${found[0]!}\` 3 times.`);
        expect(found[0]).toMatch(/^[\p{L}\p{N}_.]+$/u);
      }),
      { numRuns: 2000 },
    );
  });
});

it('a word for the kind of a thing has to be true', () => {
  expect(isNounFor('class', 'function', false)).toBe(false);
  expect(isNounFor('method', 'function', false)).toBe(false);
  expect(isNounFor('Method', 'function', true)).toBe(true);
  expect(isNounFor('an', 'class', false)).toBe(true);
});

it.each([
  { old: 'must not call x', now: 'must call y', says: '"not" went, "y" came' },
  { old: 'x and z', now: 'z and x', says: 'the order of its words, or the space between them' },
])('what else changed is told: $says', ({ old, now, says }) =>
  expect(wordsBetween(old, now, ['x'])).toBe(says),
);
