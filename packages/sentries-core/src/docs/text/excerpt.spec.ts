import { array, assert, nat, property, string } from 'fast-check';
import { Excerpt, lineSpans, plainLines } from './excerpt';

describe('an excerpt', () => {
  it('leaves the common indent out, and leads back to the file', () => {
    const text = 'x\n    a\n      b\n\n    c\n';
    const part = Excerpt.whole(text).dedented({ start: 2, end: text.length });
    expect(part.text).toBe('a\n  b\n\nc\n');
    const at = part.text.indexOf('c');
    expect(part.spanOf({ start: at, end: at + 1 })).toEqual({ start: 21, end: 22 });
  });

  it('keeps lines that are shorter than the indent', () => {
    const text = '   a\r\n \r\n   b';
    const { text: cut } = Excerpt.whole(text).dedented({ start: 0, end: text.length });
    expect(cut).toBe('a\r\n\r\nb');
  });

  it('takes the first line as it is, where it is cut already: a docstring', () => {
    const text = '"""One.\n\n    Two.\n    """';
    expect(Excerpt.whole(text).dedented({ start: 3, end: text.length - 3 }).text).toBe(
      'One.\n\nTwo.\n',
    );
  });

  it('has no span in the file where something in between was left out', () => {
    const part = Excerpt.whole('> a\n> b').pick([
      { start: 2, end: 4 },
      { start: 6, end: 7 },
    ]);
    expect(part.text).toBe('a\nb');
    expect(part.spanOf({ start: 0, end: 3 })).toBeUndefined();
    expect(part.spanOf({ start: 2, end: 3 })).toEqual({ start: 6, end: 7 });
  });

  it('leads back through excerpts of excerpts, whatever they are', () => {
    assert(
      property(string({ unit: 'grapheme' }), array(nat(80), { maxLength: 8 }), (raw, cuts) => {
        const text = raw.replace(/q/g, '\n  ');
        let part = Excerpt.whole(text);
        for (const cut of cuts) {
          const start = Math.min(cut, part.text.length);
          part =
            cut % 2
              ? part.dedented({ start, end: part.text.length })
              : part.pick(lineSpans(part.text, start));
        }
        for (let at = 0; at < part.text.length; at += 1)
          expect(text[part.sourceOf(at)]).toBe(part.text[at]);
      }),
    );
  });
});

describe('plain lines', () => {
  it.each([
    { text: '\uFEFFa\r\nb\rc\n', plain: ' a \nb\nc\n' },
    { text: `a\n${'x'.repeat(5000)}\nb`, plain: `a\n${' '.repeat(5000)}\nb` },
  ])('keep all places of $text.length characters', ({ text, plain }) => {
    expect(plainLines(text)).toBe(plain);
  });
});
