import { isUtf8 } from 'node:buffer';

/** What keeps a file from being Python text. */
export interface SourceFault {
  /** 1-based; where it begins. */
  readonly line: number;
  /** Completes "line 3: …", such as `a null byte`. */
  readonly what: string;
}

/** A file's text as UTF-8, which is its own bytes unless it is in another encoding. */
export interface Utf8Source {
  readonly bytes: Uint8Array;
  readonly fault: SourceFault | null;
}

/** PEP 263: in a comment that stands alone on one of the first two lines. */
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#|$)/;

/** Encodings that the WHATWG knows by another name than Python. */
const LABELS: Readonly<Record<string, string>> = {
  'latin-1': 'latin1',
  'iso-latin-1': 'latin1',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'iso2022-jp': 'iso-2022-jp',
};

/**
 * Brings a Python file to UTF-8, by its byte order mark and its coding line as Python does. Lines stay what
 * they are. What is no text in a known encoding is still given, with the fault told, so that a reader can
 * make of it what can be made.
 */
export function toUtf8(source: Uint8Array): Utf8Source {
  const wide = wideEncoding(source);
  if (wide) {
    // UTF-32 comes out with null characters in between.
    const text = new TextDecoder(wide).decode(source).replaceAll('\0', '');
    return { bytes: Buffer.from(text), fault: { line: 1, what: 'UTF-16 or UTF-32 text' } };
  }
  const bytes = decoded(source);
  const zero = source.indexOf(0);
  if (zero >= 0) return { bytes, fault: { line: lineAt(source, zero), what: 'a null byte' } };
  if (isUtf8(bytes)) return { bytes, fault: null };
  const what = 'bytes that are not UTF-8, and no coding line that names another encoding';
  return { bytes, fault: { line: firstLineNotUtf8(bytes), what } };
}

function decoded(source: Uint8Array): Uint8Array {
  const name = hasUtf8Mark(source) ? undefined : codingName(source);
  // A text whose coding line can be read is not UTF-16, whatever that line says.
  if (name === undefined || /^utf|ascii$/.test(name)) return source;
  try {
    return Buffer.from(new TextDecoder(LABELS[name] ?? name).decode(source));
  } catch {
    // An encoding that only Python knows: nearly all of them are ASCII where names are.
    return source;
  }
}

function hasUtf8Mark(source: Uint8Array): boolean {
  return source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf;
}

/** The encoding that a coding line names, in lower case, with `-` for `_`. */
function codingName(source: Uint8Array): string | undefined {
  const [first, rest] = splitLine(source);
  const found =
    CODING.exec(first) ??
    (BLANK_OR_COMMENT.test(first) ? CODING.exec(splitLine(source.subarray(rest))[0]) : null);
  return found?.[1]?.toLowerCase().replaceAll('_', '-');
}

/** The first line, one character a byte, and where the second begins. */
function splitLine(source: Uint8Array): [string, number] {
  let end = 0;
  while (end < source.length && source[end] !== 0x0a && source[end] !== 0x0d) end += 1;
  const feed = source[end] === 0x0d && source[end + 1] === 0x0a ? 2 : 1;
  return [Buffer.from(source.buffer, source.byteOffset, end).toString('latin1'), end + feed];
}

/** Two-byte text: with a byte order mark, or with null bytes in most of the places of one parity. */
function wideEncoding(source: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (source[0] === 0xff && source[1] === 0xfe) return 'utf-16le';
  if (source[0] === 0xfe && source[1] === 0xff) return 'utf-16be';
  const head = source.subarray(0, 4096);
  if (!head.includes(0)) return undefined;
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at & 1]! += 1;
  });
  const [even, odd] = zeros as [number, number];
  if (Math.max(even, odd) <= head.length / 4) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function lineAt(source: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at += 1) {
    if (source[at] === 0x0a || (source[at] === 0x0d && source[at + 1] !== 0x0a)) line += 1;
  }
  return line;
}

/** A UTF-8 sequence never holds a line feed, so each piece between two can be asked alone. */
function firstLineNotUtf8(bytes: Uint8Array): number {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    const piece = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (end < 0 || !isUtf8(piece)) return lineAt(bytes, start);
    start = end + 1;
  }
}
