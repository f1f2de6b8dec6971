import fc from 'fast-check';
import { applyOperations, type Operation } from '../patch/operation';
import { FormEdits } from './form-edits';

/** `old` becomes `after`, wherever it stands. */
function replacing(text: string, old: string, after: string): Operation[] {
  return [...text.matchAll(new RegExp(old, 'g'))].map(({ index }) => ({
    file: 'test_a.py',
    span: { start: index, end: index + old.length },
    before: old,
    after,
  }));
}

describe('the edits of the form', () => {
  it('are taken back, and the new values stay', () => {
    const edits = new FormEdits();
    let text = 'from m import old\nassert old() == 1\nassert old() == 2\n';
    const isForm = ({ before }: Operation): boolean => before === 'old';
    for (const [old, after] of [
      ['old', 'brand_new'],
      ['1', '100'],
      ['2', '3'],
    ] as const) {
      const operations = replacing(text, old, after);
      edits.follow(operations, isForm);
      text = applyOperations(text, operations);
    }
    expect(text).toContain('assert brand_new() == 100');
    expect(edits.without(text)).toBe('from m import old\nassert old() == 100\nassert old() == 3\n');
  });

  it('can not be taken back where others stand inside of them', () => {
    const edits = new FormEdits();
    edits.follow(replacing('f(old)', 'old', 'new=1'), () => true);
    edits.follow(replacing('f(new=1)', '1', '2'), () => false);
    expect(edits.without('f(new=2)')).toBeUndefined();
  });

  it('leave what the other edits alone would make of a text, in any rounds', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '-'), { maxLength: 12 });
    // Each letter is replaced in one round, by capitals, so that edits never meet.
    const round = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', 'X', 'YYY'));
    const rounds = fc.uniqueArray(round, { selector: ([letter]) => letter });
    fc.assert(
      fc.property(letters, rounds, (chars, all) => {
        const edits = new FormEdits();
        let [full, alone] = [chars.join(''), chars.join('')];
        for (const [index, [letter, after]] of all.entries()) {
          const isForm = index % 2 === 0;
          const operations = replacing(full, letter, after);
          edits.follow(operations, () => isForm);
          full = applyOperations(full, operations);
          if (!isForm) alone = applyOperations(alone, replacing(alone, letter, after));
        }
        expect([alone, undefined]).toContain(edits.without(full));
        const isApart = !/[a-d]{2}/.test(chars.join(''));
        if (isApart) expect(edits.without(full)).toBe(alone);
      }),
    );
  });
});
