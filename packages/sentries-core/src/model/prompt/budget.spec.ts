import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { fit, type Part } from './budget';
import { countTokens } from './tokens';

const part = (title: string, pieces: readonly string[], required = false): Part => ({
  title,
  pieces,
  required,
});

describe('a prompt', () => {
  it('has all parts where they fit', () => {
    const fitted = fit([part('One', ['a = 1', 'b = 2']), part('Two', ['c = 3'])], 100);
    expect(fitted).toMatchObject({
      text: '## One\n\na = 1\n\nb = 2\n\n## Two\n\nc = 3\n\n',
      left: 0,
    });
  });

  it('leaves out whole pieces, of the part that is worth least first', () => {
    const long = 'def f():\n    return 1\n'.repeat(10);
    const fitted = fit([part('One', ['a = 1']), part('Two', [long]), part('Three', ['d = 4'])], 40);
    expect(fitted).toMatchObject({ text: '## One\n\na = 1\n\n## Three\n\nd = 4\n\n', left: 1 });
  });

  it('has what is required before all else', () => {
    const fitted = fit([part('One', ['a = 1\n'.repeat(4)]), part('Test', ['b = 2'], true)], 20);
    expect(fitted?.text).toBe('## Test\n\nb = 2\n\n');
  });

  it('can not be made where what is required does not fit', () => {
    expect(fit([part('Test', ['b = 2\n'.repeat(50)], true)], 20)).toBeUndefined();
  });

  it('is never above the budget, and holds pieces whole or not at all', () => {
    const words = constantFrom('def', 'x', '=', '1', '\n', '\n    ', 'é', '好', '(', '"', ' ');
    const text = array(words, { maxLength: 60 }).map((all) => all.join(''));
    const parts = array(
      record({
        title: constantFrom('One', 'Two', 'Some code'),
        required: boolean(),
        pieces: array(text, { maxLength: 4 }),
      }),
      { maxLength: 6 },
    );
    assert(
      property(parts, integer({ min: 0, max: 400 }), (given, budget) => {
        const fitted = fit(given, budget);
        if (!fitted) return given.some(({ required }) => required);
        expect(countTokens(fitted.text)).toBe(fitted.tokens);
        expect(fitted.tokens).toBeLessThanOrEqual(budget);
        const all = given.flatMap(({ pieces }) => pieces);
        const shown = all.filter((piece) => fitted.text.includes(piece.replace(/\n+$/, '')));
        expect(shown.length).toBeGreaterThanOrEqual(all.length - fitted.left);
        return true;
      }),
      { numRuns: 5000 },
    );
  });
});
