/** Says of a path whether a Python text is behind it. */
export const isPython = (path: string): boolean => path.endsWith('.py');

/** A file's text, with what is needed to write back exactly the bytes that were not edited. */
export interface SourceText {
  readonly text: string;
  /**
   * `utf8`, or `bytes` where the file is not valid UTF-8: then each character of `text` stands for one
   * byte, which keeps every byte through an edit whatever the true encoding is.
   */
  readonly encoding: 'utf8' | 'bytes';
}

/** Decodes a file's bytes. A byte order mark stays the first character of the text. */
export function decodeSource(bytes: Uint8Array): SourceText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding: 'utf8' };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'bytes' };
  }
}

/** The reverse of {@link decodeSource} for a text in the given encoding. */
export function encodeSource(text: string, encoding: SourceText['encoding']): Buffer {
  return Buffer.from(text, encoding === 'utf8' ? 'utf8' : 'latin1');
}

/**
 * Finds offsets in a text from the positions CPython reports: lines counted from 1, columns in UTF-8
 * bytes. Offsets are UTF-16 code units, as in JavaScript strings.
 */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    // CPython ends a line at \n, \r\n or a lone \r.
    for (const match of text.matchAll(/\r\n|\n|\r/g)) {
      this.#starts.push(match.index + match[0].length);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The offset of the start of a line; the end of the text for a line past it. */
  lineStart(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** A line's text without its line end. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/[\r\n]+$/, '');
  }

  /** The 1-based line an offset is on. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The offset of a UTF-8 byte column (from 0) in a line. */
  offset(line: number, byteColumn: number): number {
    let offset = this.lineStart(line);
    // CPython does not count the byte order mark.
    if (line === 1 && this.text.startsWith('\uFEFF')) offset += 1;
    for (let bytes = 0; bytes < byteColumn && offset < this.text.length;) {
      const point = this.text.codePointAt(offset)!;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      offset += point < 0x10000 ? 1 : 2;
    }
    return offset;
  }
}
