import fc from 'fast-check';
import { PatchError } from '../errors';
import { applyOperations, conflicts, sameOperation, type Operation } from './operation';

/** An operation that fits the text. */
function edit(text: string, start: number, end: number, after: string): Operation {
  return { file: 'test_a.py', span: { start, end }, before: text.slice(start, end), after };
}

describe('two operations', () => {
  const one = edit('abcdef', 1, 3, 'x');

  it.each<[string, Operation, boolean, boolean]>([
    ['the same', { ...one }, true, false],
    ['the same place with another text', { ...one, after: 'y' }, false, true],
    ['the same in another file', { ...one, file: 'test_b.py' }, false, false],
    ['an overlap', edit('abcdef', 2, 4, 'x'), false, true],
    ['one inside the other', edit('abcdef', 0, 6, 'x'), false, true],
    ['the next text', edit('abcdef', 3, 4, 'x'), false, false],
    ['the text before', edit('abcdef', 0, 1, 'x'), false, false],
    ['an insertion at the border', edit('abcdef', 1, 1, 'x'), false, false],
    ['an insertion inside', edit('abcdef', 2, 2, 'x'), false, true],
  ])('that are %s', (_, other, same, conflict) => {
    expect([sameOperation(one, other), sameOperation(other, one)]).toEqual([same, same]);
    expect([conflicts(one, other), conflicts(other, one)]).toEqual([conflict, conflict]);
  });
});

describe('applying', () => {
  it('takes the operations in any order', () => {
    const operations = [edit('abc', 2, 3, 'Z'), edit('abc', 0, 1, 'XX'), edit('abc', 1, 2, '')];
    expect(applyOperations('abc', operations)).toBe('XXZ');
  });

  it('counts the same operation once', () => {
    expect(applyOperations('abc', [edit('abc', 1, 2, 'x'), edit('abc', 1, 2, 'x')])).toBe('axc');
  });

  it('inserts at a place, at both ends too', () => {
    const operations = [edit('ab', 0, 0, '<'), edit('ab', 1, 1, '|'), edit('ab', 2, 2, '>')];
    expect(applyOperations('ab', operations)).toBe('<a|b>');
  });

  it('keeps an insertion where a replacement ends or begins, whichever comes first', () => {
    const insertion = edit('abc', 2, 2, 'X');
    for (const [replacement, expected] of [
      [edit('abc', 1, 2, 'B'), 'aBXc'],
      [edit('abc', 1, 2, ''), 'aXc'],
      [edit('abc', 2, 3, 'C'), 'abXC'],
    ] as const) {
      expect(applyOperations('abc', [insertion, replacement])).toBe(expected);
      expect(applyOperations('abc', [replacement, insertion])).toBe(expected);
    }
  });

  it('changes nothing without operations', () => {
    expect(applyOperations('\uFEFFa\r\n', [])).toBe('\uFEFFa\r\n');
  });

  it.each<[string, Operation]>([
    ['another text stands there', { ...edit('abc', 1, 2, 'x'), before: 'q' }],
    ['the text is too short', { ...edit('abc', 1, 2, 'x'), span: { start: 9, end: 10 } }],
  ])('is refused where %s', (_, operation) => {
    expect(() => applyOperations('abc', [operation])).toThrow(PatchError);
    expect(() => applyOperations('abc', [operation])).toThrow('test_a.py: expected');
  });

  it('is refused where two edits claim one text', () => {
    const operations = [edit('abcd', 0, 2, 'x'), edit('abcd', 1, 3, 'y')];
    expect(() => applyOperations('abcd', operations)).toThrow('two edits claim the text');
  });

  it('gives for edits side by side what cutting and pasting gives', () => {
    const piece = fc.record({ before: fc.string({ minLength: 1 }), after: fc.option(fc.string()) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.nat(), (pieces, seed) => {
        const text = pieces.map(({ before }) => before).join('');
        let at = 0;
        const operations = pieces.flatMap(({ before, after }) => {
          const start = at;
          at += before.length;
          return after === null ? [] : [edit(text, start, at, after)];
        });
        const turn = operations.length === 0 ? 0 : seed % operations.length;
        const shuffled = [...operations.slice(turn), ...operations.slice(0, turn)];
        const expected = pieces.map(({ before, after }) => after ?? before).join('');
        expect(applyOperations(text, shuffled)).toBe(expected);
      }),
    );
  });
});
