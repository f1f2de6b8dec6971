import fc from 'fast-check';
import { applyOperations, type Operation } from '../patch/operation';
import { offsetBefore } from './offset-before';

const edit = (text: string, start: number, end: number, after: string): Operation => ({
  file: 'test_a.py',
  span: { start, end },
  before: text.slice(start, end),
  after,
});

it('what an edit brought is where the edit began, in whatever round', () => {
  const first = 'import a\nassert a\n';
  const one = [edit(first, 7, 8, 'b\nimport c')];
  const second = applyOperations(first, one);
  const at = second.indexOf('c');
  const rounds = [one, [edit(second, at, at + 1, 'dd')]];
  const third = applyOperations(second, rounds[1]!);
  expect(third).toBe('import b\nimport dd\nassert a\n');
  expect(offsetBefore(rounds, third.indexOf('dd') + 1)).toBe(7);
  expect(offsetBefore(rounds, third.indexOf('assert'))).toBe(first.indexOf('assert'));
});

it('the same edit, for two tests, counts once', () => {
  const text = 'a = 1\nb = 2\n';
  const one = edit(text, 4, 5, '1000');
  expect(offsetBefore([[one, { ...one }]], applyOperations(text, [one]).indexOf('b'))).toBe(6);
});

it('what no edit touched is found where it was, after any rounds', () => {
  // Capitals are never edited, and stand once each.
  const piece = fc.constantFrom('a', 'b', 'c', '\n');
  const texts = fc
    .array(piece, { minLength: 1, maxLength: 12 })
    .map((pieces) => pieces.map((one, at) => one + String.fromCharCode(65 + at)).join(''));
  const round = fc.tuple(
    fc.constantFrom('a', 'b', 'c', '\n'),
    fc.constantFrom('', 'x', 'yyy', 'ab'),
  );
  fc.assert(
    fc.property(texts, fc.array(round, { maxLength: 4 }), (before, all) => {
      let text = before;
      const rounds: Operation[][] = [];
      for (const [old, after] of all) {
        const found = [...text.matchAll(new RegExp(old, 'g'))];
        rounds.push(found.map(({ index }) => edit(text, index, index + 1, after)).reverse());
        text = applyOperations(text, rounds.at(-1)!);
      }
      for (const [at, char] of [...text].entries())
        if (/[A-Z]/.test(char)) expect(before[offsetBefore(rounds, at)]).toBe(char);
    }),
  );
});
