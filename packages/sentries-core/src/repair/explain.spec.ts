import fc from 'fast-check';
import type { LiteralChange } from '../change/literals';
import { expression } from '../python/python.fixture';
import { loadSyntax } from '../python/syntax';
import { literalValue } from '../python/value';
import { explain } from './explain';

beforeAll(loadSyntax);

const literal = (
  old: string,
  now: string,
  kind: LiteralChange['kind'],
  line = 1,
): LiteralChange => ({
  file: 'src/m.py',
  oldLine: line,
  newLine: line + 1,
  oldText: `x = ${old}`,
  newText: `x = ${now}`,
  kind,
  old,
  new: now,
  span: { start: 0, end: now.length },
  newToken: now,
  oldSpan: { start: 0, end: old.length },
  oldToken: old,
});
const text = (old: string, now: string) => literal(old, now, 'string');
const number = (old: string, now: string) => literal(old, now, 'number');

/** The old texts of the changes that explain how one value became the other. */
function told(before: string, now: string, ...changes: LiteralChange[]): string[] | undefined {
  const causes = explain(
    literalValue(expression(before))!,
    literalValue(expression(now))!,
    changes,
  );
  return causes?.map(({ old }) => old);
}

describe('a value is explained by the change', () => {
  it.each<[string, string, string, LiteralChange[], string[]]>([
    ['of a number', '1', '2', [number('1', '2')], ['1']],
    ['of a float', '1.5', '2.5', [number('1.5', '2.5')], ['1.5']],
    ['of a constant', 'True', 'False', [literal('True', 'False', 'constant')], ['True']],
    ['of a type', 'None', '1', [literal('None', '1', 'constant')], ['None']],
    ['of a whole text', "'a'", "'b'", [text('a', 'b')], ['a']],
    ['of a piece of a text', "'Hello Ann'", "'Hi Ann'", [text('Hello ', 'Hi ')], ['Hello ']],
    ['of a piece that stands twice', "'ab ab'", "'x x'", [text('ab', 'x')], ['ab']],
    ['of two pieces', "'one two'", "'1 2'", [text('one', '1'), text('two', '2')], ['one', 'two']],
    [
      'of a % template',
      "'Total: 5 EUR'",
      "'Sum: 5 CHF'",
      [text('Total: %d EUR', 'Sum: %d CHF')],
      ['Total: %d EUR'],
    ],
    [
      'of one piece of a template',
      "'Total: 5 EUR'",
      "'Sum: 5 EUR'",
      [text('Total: {} EUR', 'Sum: {} EUR')],
      ['Total: {} EUR'],
    ],
    ['of a number in a text', "'up to 10 files'", "'up to 20 files'", [number('10', '20')], ['10']],
    [
      'of a number at the end of a text',
      "'v1.10.'",
      "'v1.11.'",
      [number('1.10', '1.11')],
      ['1.10'],
    ],
    ['deep inside', "{'a': [1, 'x']}", "{'a': [2, 'x']}", [number('1', '2')], ['1']],
    ['at several leaves', "['a', 1]", "['b', 2]", [number('1', '2'), text('a', 'b')], ['a', '1']],
    ['at several leaves at once', '[1, 1]', '[2, 2]', [number('1', '2')], ['1']],
    ['of a key', "{'a': 1, 'c': 2}", "{'b': 1, 'c': 2}", [text('a', 'b')], ['a']],
    [
      'of a template with several places',
      "'E: 5 files of 7 left'",
      "'E: 5 of 7 files remain'",
      [text('%d files of %d left', '%d of %d files remain')],
      ['%d files of %d left'],
    ],
    [
      'in a dict of another order',
      "{'a': 1, 'b': 2}",
      "{'b': 3, 'a': 1}",
      [number('2', '3')],
      ['2'],
    ],
  ])('%s', (_, before, now, changes, expected) => {
    expect(told(before, now, ...changes)).toEqual(expected);
  });

  it.each(['%d', '%05d', '%.2f', '%-9s', '%(sum)s', '{}', '{sum}', '{sum:>5}', '{0!r}'])(
    'by a template with %s',
    (placeholder) => {
      const change = text(`Total: ${placeholder} in all`, `Sum: ${placeholder} in all`);
      expect(told("'Total: 5 in all'", "'Sum: 5 in all'", change)).toEqual([change.old]);
    },
  );

  it('by four pieces, and not by more', () => {
    const digits = ['one', 'two', 'six', 'ten', 'all'];
    const changes = digits.map((word, at) => text(word, `${at}`));
    expect(told("'one two six ten'", "'0 1 2 3'", ...changes)?.sort()).toEqual(
      digits.slice(0, 4).sort(),
    );
    expect(told("'one two six ten all'", "'0 1 2 3 4'", ...changes)).toBeUndefined();
  });

  it('by the fewest pieces', () => {
    expect(told("'a b'", "'x y'", text('a', 'x'), text('b', 'y'), text('a b', 'x y'))).toEqual([
      'a b',
    ]);
  });
});

describe('a value is not explained', () => {
  it.each<[string, string, string, LiteralChange[]]>([
    ['by nothing', '1', '2', []],
    ['where nothing changed', '1', '1', [number('1', '1')]],
    ['by another new value', '1', '3', [number('1', '2')]],
    ['by another old value', '1', '2', [number('4', '2')]],
    ['by the way back', '1', '2', [number('2', '1')]],
    ['where one leaf is not', '[1, 5]', '[2, 6]', [number('1', '2')]],
    ['where the shape changed', '[1]', '[2, 2]', [number('1', '2')]],
    [
      'where several keys changed',
      "{'a': 1, 'b': 2}",
      "{'x': 1, 'y': 2}",
      [text('a', 'x'), text('b', 'y')],
    ],
    ['where a key came', "{'a': 1}", "{'a': 1, 'b': 1}", [text('a', 'b')]],
    ['by a step of arithmetic', '20', '30', [number('2', '3')]],
    ['where a set changed', '{1}', '{2}', [number('1', '2')]],
    ['where a container took its place', '1', '[1]', [number('1', '2')]],
    ['where a list became a tuple', '[1]', '(2,)', [number('1', '2')]],
    ['by a part of it', "'Hello Ann'", "'Hi Bob'", [text('Hello', 'Hi')]],
    ['by a piece that is a blank only', "'a b'", "'a-b'", [text(' ', '-')]],
    ['by a piece that tells nothing', "'a, b'", "'a; b'", [text(', ', '; ')]],
    ['by a number inside of another', "'100 files'", "'200 files'", [number('10', '20')]],
    ['by a text that is no number', '1', '2', [text('1', '2')]],
    [
      'by a constant in a text',
      "'True story'",
      "'False story'",
      [literal('True', 'False', 'constant')],
    ],
    ['by a digit in a text', "'a1'", "'a2'", [number('1', '2')]],
    ['where a text became bytes', "'a'", "b'b'", [text('a', 'b')]],
    ['where only the type changed', '1', '1.0', [number('1', '2')]],
  ])('%s', (_, before, now, changes) => {
    expect(told(before, now, ...changes)).toBeUndefined();
  });

  it('only where the named changes lead to the new text', () => {
    const word = fc.constantFrom('a', 'b', 'ab', 'ba', 'aa');
    const changes = fc.array(fc.tuple(word, word), { maxLength: 3 });
    const sentence = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(sentence, sentence, changes, (before, now, pairs) => {
        const literals = pairs.map(([old, to]) => text(old, to));
        const causes = explain(
          { kind: 'str', value: before },
          { kind: 'str', value: now },
          literals,
        );
        if (!causes) return;
        expect(causes.every(({ old }) => pairs.some(([one]) => one === old))).toBe(true);
        expect(reachable(before, pairs)).toContain(now);
      }),
    );
  });
});

/** All texts that replacements, each at most once and in any order, lead to. */
function reachable(start: string, pairs: readonly (readonly [string, string])[]): string[] {
  return [
    start,
    ...pairs.flatMap(([old, now], at) =>
      reachable(start.replaceAll(old, now), [...pairs.slice(0, at), ...pairs.slice(at + 1)]),
    ),
  ];
}
