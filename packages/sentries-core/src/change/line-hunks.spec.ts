import fc from 'fast-check';
import { lineHunks } from './line-hunks';

describe('the hunks of two texts', () => {
  it('name the lines on both sides', () => {
    expect(lineHunks('a\nb\nc\nd\n', 'a\nB\nB\nc\n')).toEqual([
      { old: { start: 2, end: 3 }, new: { start: 2, end: 4 }, removed: ['b'], added: ['B', 'B'] },
      { old: { start: 4, end: 5 }, new: { start: 5, end: 5 }, removed: ['d'], added: [] },
    ]);
  });

  it.each([
    ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['nothing', 'a', 'a'],
  ])('are none where they differ by %s', (_, old, now) => {
    expect(lineHunks(old, now)).toEqual([]);
  });

  it('put in the place of the old lines give the new text', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (old, now) => {
        const lines: string[] = [...old];
        for (const hunk of lineHunks(old.join('\n'), now.join('\n')).toReversed()) {
          const { start, end } = hunk.old;
          expect(old.slice(start - 1, end - 1)).toEqual(hunk.removed);
          expect(now.slice(hunk.new.start - 1, hunk.new.end - 1)).toEqual(hunk.added);
          lines.splice(start - 1, end - start, ...hunk.added);
        }
        expect(lines).toEqual(now);
      }),
    );
  });
});
