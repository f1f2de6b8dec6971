import fc from 'fast-check';
import { LineCounter } from './line-counter';

describe('the line of a place', () => {
  it('is the same in whatever order places are asked for, and however lines end', () => {
    const texts = fc
      .array(fc.constantFrom('\n', '\r', '\r\n', 'a', 'b c'), { maxLength: 20 })
      .map((parts) => parts.join(''));
    const places = fc.array(fc.nat(30), { maxLength: 10 });
    fc.assert(
      fc.property(texts, places, (text, asked) => {
        const counter = new LineCounter(text);
        for (const place of asked.map((one) => Math.min(one, text.length))) {
          // Between the two characters of a line end, the line has not ended yet.
          const whole = text.slice(place - 1, place + 1) === '\r\n' ? place - 1 : place;
          expect(counter.lineOf(place)).toBe(text.slice(0, whole).split(/\r\n?|\n/).length);
        }
      }),
    );
  });
});
