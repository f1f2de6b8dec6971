import fc from 'fast-check';
import { askPython } from './python.fixture';
import { decodeSource, encodeSource, LineIndex } from './text';

/** Texts in which whatever may go wrong with lines and columns is frequent. */
const nastyText = fc
  .array(
    fc.constantFrom('a', 'é', '€', '😀', '\n', '\r\n', '\r', '\t', '\f', '\u2028', '\u0085', '\v'),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

describe('the bytes of a file', () => {
  it.each<[string, number[]]>([
    ['ASCII', [0x61, 0x0a]],
    ['UTF-8', [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61]],
    ['CRLF and a lone CR', [0x61, 0x0d, 0x0a, 0x62, 0x0d, 0x63]],
    ['nothing', []],
    ['a zero byte', [0x61, 0x00, 0x62]],
  ])('are read as UTF-8 and written back the same: %s', (_, bytes) => {
    const { text, encoding } = decodeSource(Uint8Array.from(bytes));
    expect(encoding).toBe('utf8');
    expect([...encodeSource(text, encoding)]).toEqual(bytes);
  });

  it.each<[string, number[]]>([
    ['latin-1', [0x63, 0x61, 0x66, 0xe9]],
    ['half a character', [0x61, 0xc3]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong form', [0xc0, 0xaf]],
  ])('are read byte by byte where they are not UTF-8: %s', (_, bytes) => {
    const { text, encoding } = decodeSource(Uint8Array.from(bytes));
    expect(encoding).toBe('bytes');
    expect(text).toHaveLength(bytes.length);
    expect([...encodeSource(text, encoding)]).toEqual(bytes);
  });

  it('keep the byte order mark as the first character', () => {
    expect(decodeSource(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)).text).toBe('\uFEFFa');
  });

  it('survive the way through text, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const { text, encoding } = decodeSource(bytes);
        expect([...encodeSource(text, encoding)]).toEqual([...bytes]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the lines of a text', () => {
  it('end at \\n, \\r\\n and a lone \\r', () => {
    const lines = new LineIndex('a\r\nb\rc\n');
    expect(lines.lineCount).toBe(4);
    expect([1, 2, 3, 4].map((line) => lines.line(line))).toEqual(['a', 'b', 'c', '']);
    expect([1, 2, 3, 4].map((line) => lines.lineStart(line))).toEqual([0, 3, 5, 7]);
  });

  it('do not end at what only Unicode calls a line end', () => {
    expect(new LineIndex('a\fb\u2028c\u0085d\ve').lineCount).toBe(1);
  });

  it('past the last one are empty, at the end of the text', () => {
    const lines = new LineIndex('ab');
    expect([lines.lineStart(2), lines.lineStart(9), lines.line(9)]).toEqual([2, 2, '']);
  });

  it('are found by offset', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const lines = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset += 1) {
          const line = lines.lineOf(offset);
          expect(lines.lineStart(line)).toBeLessThanOrEqual(offset);
          if (line < lines.lineCount) expect(lines.lineStart(line + 1)).toBeGreaterThan(offset);
        }
      }),
    );
  });

  it('put together give the text', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const lines = new LineIndex(text);
        const numbers = Array.from({ length: lines.lineCount }, (_, at) => at + 1);
        const whole = numbers.map((line) =>
          text.slice(lines.lineStart(line), lines.lineStart(line + 1)),
        );
        expect(whole.join('')).toBe(text);
        for (const line of whole.slice(0, -1)) expect(line).toMatch(/(\r\n|\n|\r)$/);
      }),
    );
  });
});

describe('a UTF-8 byte column', () => {
  it.each([
    ['é = x', 5, 4],
    ['€ = x', 6, 4],
    ['😀 = x', 7, 5],
    ['\x7f\x80x', 3, 2],
    ['\u07ff\u0800x', 5, 2],
    ['\uffffx', 3, 1],
    ['\u{10000}x', 4, 2],
    ['\uFEFFx', 0, 1],
    ['\uFEFFx', 1, 2],
    ['x', 99, 1],
  ])('in %j, %i is the offset %i', (text, column, offset) => {
    expect(new LineIndex(text).offset(1, column)).toBe(offset);
  });

  it('counts the byte order mark of the first line only', () => {
    expect(new LineIndex('a\n\uFEFFx').offset(2, 3)).toBe(3);
  });

  it('is the length of what stands before it, encoded', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const lines = new LineIndex(text);
        let offset = 0;
        for (const char of text) {
          const line = lines.lineOf(offset);
          const before = text.slice(lines.lineStart(line), offset);
          expect(lines.offset(line, Buffer.byteLength(before))).toBe(offset);
          offset += char.length;
        }
      }),
    );
  });

  it('is where CPython says that a name stands', () => {
    const names = ['é', '变量', '𝒳', 'x'];
    const texts = ['', '\uFEFF'].flatMap((mark) =>
      ['\n', '\r\n', '\r'].map((end) =>
        [`${mark}"é€😀"; name`, `# é${end}("变", name)`, `"""😀${end}é"""; name`, ...names].join(
          end,
        ),
      ),
    );
    const script = `
answer = [
    [[n.id, n.lineno, n.col_offset, n.end_col_offset] for n in ast.walk(ast.parse(text.encode()))
     if isinstance(n, ast.Name)] for text in given
]`;
    const found = askPython(script, texts) as [string, number, number, number][][];
    texts.forEach((text, at) => {
      const lines = new LineIndex(text);
      expect(found[at]).toHaveLength(3 + names.length);
      for (const [id, line, start, end] of found[at]!) {
        const stands = text.slice(lines.offset(line, start), lines.offset(line, end));
        expect(stands.normalize('NFKC')).toBe(id);
      }
    });
  });
});
