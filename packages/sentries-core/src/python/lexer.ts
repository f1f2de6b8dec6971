import { passDull } from './dull-lines';
import { LineCounter } from './line-counter';
import { padded } from './padded';
import { plainImport } from './plain-imports';
import type { SourceFault } from './source-bytes';

/** The tokens. An operator, bracket or delimiter is its byte; two bytes, such as `->`, are two tokens. */
export const Token = { NEWLINE: 0x0a, END: 0x100, WORD: 0x101, STRING: 0x102 };

const { END, WORD, STRING, NEWLINE } = Token;

/** What was read is no token: carry on. */
const NONE = -1;

const [CARRIAGE_RETURN, LINE_FEED, CLOSE_BRACE] = [0x0d, 0x0a, 0x7d] as const;
const [SEMICOLON, UNDERSCORE, LETTER_F, LETTER_I] = [0x3b, 0x5f, 0x66, 0x69] as const;

/** What a byte may begin or end. (An enum of the same file is plain numbers at run time.) */
const enum Byte {
  Other,
  /** Digits too: a number and a keyword that touches it need not be told apart. */
  Name,
  Space,
  Comment,
  Open,
  Close,
  Colon,
  Newline,
  Quote,
  Backslash,
  OpenBrace,
  CloseBrace,
}

const MEMBERS: readonly (readonly [string, Byte])[] = [
  [' \t\f', Byte.Space],
  ['#', Byte.Comment],
  ['([', Byte.Open],
  [')]', Byte.Close],
  [':', Byte.Colon],
  ['\n\r', Byte.Newline],
  ['"\'', Byte.Quote],
  ['\\', Byte.Backslash],
  ['{', Byte.OpenBrace],
  ['}', Byte.CloseBrace],
];

/** From here on a byte matters inside of a string. */
const IN_STRINGS: number = Byte.Newline;
const IN_TEMPLATES: number = Byte.OpenBrace;

/** The class of each byte. */
const CLASS = Uint8Array.from({ length: 256 }, (_, byte): Byte => {
  const character = String.fromCharCode(byte);
  if (byte >= 0x80 || /\w/.test(character)) return Byte.Name;
  return MEMBERS.find(([members]) => members.includes(character))?.[1] ?? Byte.Other;
});

/** Line feeds behind the last byte: every line ends, and a look ahead needs no check. */
const PADDING = 4;

/** No source is, and a string has a greatest length: behind it only the bytes are looked at. */
const LARGE = 1 << 28;

const IGNORE = /#\s*sentries:\s*ignore-dep(?![\w-])/;

/** An f-string or t-string. */
interface Template {
  readonly quote: number;
  readonly triple: boolean;
  readonly raw: boolean;
  /** Where it begins. */
  readonly from: number;
}

/** A replacement field that is open. */
interface Field {
  readonly of: Template;
  /** Whether the text around it is the format spec of another field. */
  readonly inSpec: boolean;
  /** How many brackets are open inside of it, its own brace counted. */
  readonly depth: number;
}

/**
 * Walks over Python text token by token, on its bytes, and keeps none but the last. White space, comments,
 * continuations, and line ends in brackets are passed over. Of an f-string, the `{` and then the tokens of
 * each replacement field come one by one, and at last a `STRING`; its other text is passed over.
 *
 * A string or a bracket that never ends is told as `fault`, and is the end of the text.
 *
 * One at a time: the next one takes over the memory in which the last one had its text.
 */
export class PythonLexer {
  token: number = NEWLINE;
  /** The token before. */
  previous: number = NEWLINE;
  /** Where the token begins: the number of bytes before it. */
  begin = 0;
  /** How many brackets are open behind the token. */
  depth = 0;
  /** The indentation of the physical line, while no bracket is open. A tab goes to the next multiple of 8. */
  column = 0;
  /** Whether a `STRING` is exactly the text between its quotes: no bytes, no fields, no escapes. */
  plain = false;
  fault: SourceFault | null = null;
  /** Where the comments begin that say `sentries: ignore-dep`. */
  readonly ignoring: number[] = [];

  readonly #bytes: Buffer;
  readonly #length: number;
  readonly #mayIgnore: boolean;
  /** One character a byte. */
  readonly #text: string;
  readonly #lines: LineCounter;
  #at = 0;
  /** The span of a word, or of what is between the quotes of a string. */
  #start = 0;
  #end = 0;
  #outermostBracket = 0;
  readonly #fields: Field[] = [];
  #faultFrom = 0;

  constructor(utf8: Uint8Array) {
    this.#length = utf8.length;
    this.#bytes = padded(utf8, PADDING);
    this.#text = this.#bytes.toString('latin1', 0, Math.min(utf8.length + 1, LARGE));
    this.#lines = new LineCounter(this.#text);
    // Half of `ignore-dep`, for it begins with the rarer character: that is found in a quarter of the time.
    this.#mayIgnore = this.#text.includes('-dep');
    const mark = utf8[0] === 0xef && utf8[1] === 0xbb && utf8[2] === 0xbf ? 3 : 0;
    this.#at = this.#indentation(mark);
  }

  /** Goes to the next token and tells it. After `END` comes `END`. */
  next(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    this.previous = this.token;
    for (;;) {
      const byte = bytes[at]!;
      let token = byte;
      switch (CLASS[byte]) {
        case Byte.Space:
          at += 1;
          continue;
        case Byte.Name: {
          const start = at;
          do at += 1;
          while (CLASS[bytes[at]!] === Byte.Name);
          if (CLASS[bytes[at]!] === Byte.Quote && at - start <= 2) {
            token = this.#string(at, bytes.toString('latin1', start, at).toLowerCase());
            break;
          }
          this.#start = this.begin = start;
          this.#end = this.#at = at;
          return (this.token = WORD);
        }
        case Byte.Comment:
          at = this.#comment(at);
          continue;
        case Byte.Newline:
          if (at >= this.#length) {
            token = this.#finish();
            break;
          }
          this.begin = at;
          at = this.#lineEnd(at);
          if (this.depth > 0) continue;
          this.#at = this.#indentation(at);
          return (this.token = NEWLINE);
        case Byte.Backslash:
          at += 1;
          if (CLASS[bytes[at]!] === Byte.Newline && at < this.#length) {
            at = this.#lineEnd(at);
            continue;
          }
          this.begin = this.#at = at;
          break;
        case Byte.Quote:
          token = this.#string(at, '');
          break;
        case Byte.Open:
        case Byte.OpenBrace:
          if (this.depth === 0) this.#outermostBracket = at;
          this.depth += 1;
          this.begin = at;
          this.#at = at + 1;
          break;
        case Byte.Close:
        case Byte.CloseBrace:
          token = this.#close(at, byte);
          break;
        case Byte.Colon: {
          this.begin = at;
          this.#at = at + 1;
          const field = this.#fieldHere();
          if (field) token = this.#templateText(at + 1, field.of, true);
          break;
        }
        default:
          this.begin = at;
          this.#at = at + 1;
      }
      if (token !== NONE) return (this.token = token);
      at = this.#at;
    }
  }

  /**
   * Goes to the next token that can matter in the middle of a statement: it passes over operators, and over
   * words that begin neither with `i` nor with `_`. Most of a text is such, and goes by in a third of the time.
   */
  nextMark(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let last = this.token;
    for (;;) {
      const byte = bytes[at]!;
      const kind: Byte = CLASS[byte]!;
      if (kind === Byte.Name) {
        const start = at;
        do at += 1;
        while (CLASS[bytes[at]!] === Byte.Name);
        const isPrefix = at - start <= 2 && CLASS[bytes[at]!] === Byte.Quote;
        if (!isPrefix && byte !== LETTER_I && byte !== UNDERSCORE) {
          last = WORD;
          continue;
        }
        at = start;
        break;
      }
      if (kind > Byte.Space || byte === SEMICOLON) break;
      if (kind !== Byte.Space) last = byte;
      at += 1;
    }
    this.#at = at;
    this.token = last;
    return this.next();
  }

  /**
   * At the begin of a line: passes over lines that name no module and stand deeper than a column, as far as that
   * is easy to see.
   */
  skipDull(column: number): void {
    const areMany = column < 0;
    while (this.column > column) {
      const end = passDull(this.#text, this.#at, areMany);
      if (end < 0) return;
      this.#at = this.#indentation(end);
      if (areMany) return;
    }
  }

  /**
   * At the begin of a line: passes over an import statement, and gives its text. Null for one that is not of
   * the plainest kind, and for everything else.
   */
  takeImport(): string | null {
    const start = this.#at;
    const first = this.#bytes[start];
    if (first !== LETTER_F && first !== LETTER_I) return null;
    const end = plainImport(this.#text, start);
    if (end < 0) return null;
    this.begin = start;
    this.#at = end;
    // Not a part of the whole text, which that would keep in memory.
    return this.#bytes.toString('latin1', start, end);
  }

  /** The 1-based line of a byte. It is told fastest from the first one on. */
  lineOf(at: number): number {
    return this.#lines.lineOf(at);
  }

  /** Whether the word or the content of the string is this one. */
  is(text: Uint8Array): boolean {
    const start = this.#start;
    if (this.#end - start !== text.length) return false;
    for (let at = 0; at < text.length; at += 1) {
      if (this.#bytes[start + at] !== text[at]) return false;
    }
    return true;
  }

  /** The word, or the content of the string. */
  text(): string {
    return this.#bytes.toString('utf8', this.#start, this.#end);
  }

  /** How many bytes the word or the content of the string has. */
  get size(): number {
    return this.#end - this.#start;
  }

  /** Where the next token will be looked for. */
  get position(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#length;
  }

  /** Goes to the line behind the one where the fault begins, whatever may be open there. */
  skipFault(): void {
    this.skipLine(this.#faultFrom);
  }

  /** Goes to the line behind that of a position, whatever may be open there. */
  skipLine(at: number): void {
    while (CLASS[this.#bytes[at]!] !== Byte.Newline) at += 1;
    this.depth = 0;
    this.#fields.length = 0;
    this.token = NEWLINE;
    this.#at = at < this.#length ? this.#indentation(this.#lineEnd(at)) : at;
  }

  /** Passes over a line end: `\n`, `\r\n`, or a lone `\r`. */
  #lineEnd(at: number): number {
    return at + (this.#bytes[at] === CARRIAGE_RETURN && this.#bytes[at + 1] === LINE_FEED ? 2 : 1);
  }

  #indentation(start: number): number {
    let column = 0;
    for (let at = start; ; at += 1) {
      const byte = this.#bytes[at];
      if (byte === 0x20) column += 1;
      else if (byte === 0x09) column = (column | 7) + 1;
      else if (byte === 0x0c) column = 0;
      else {
        this.column = column;
        return at;
      }
    }
  }

  #comment(start: number): number {
    let at = start;
    while (CLASS[this.#bytes[at]!] !== Byte.Newline) at += 1;
    if (this.#mayIgnore && IGNORE.test(this.#bytes.toString('latin1', start, at))) {
      this.ignoring.push(start);
    }
    return at;
  }

  #close(at: number, byte: number): number {
    this.begin = at;
    this.#at = at + 1;
    const field = this.#fieldHere();
    if (!field) {
      if (this.depth > 0) this.depth -= 1;
      return byte;
    }
    // A round or square one has nothing to close here.
    if (byte !== CLOSE_BRACE) return byte;
    this.#leaveField();
    return this.#templateText(at + 1, field.of, field.inSpec);
  }

  /** The field that `}` would end and `:` would bring to its format spec. */
  #fieldHere(): Field | undefined {
    const field = this.#fields.at(-1);
    return field?.depth === this.depth ? field : undefined;
  }

  #leaveField(): void {
    this.#fields.pop();
    this.depth -= 1;
  }

  /** A string from its first quote on. A word before it that is no prefix is a token that nobody needs. */
  #string(at: number, prefix: string): number {
    const bytes = this.#bytes;
    const quote = bytes[at]!;
    const triple = bytes[at + 1] === quote && bytes[at + 2] === quote;
    const from = at;
    const start = at + (triple ? 3 : 1);
    if (/^(?:[ft]r?|r[ft])$/.test(prefix)) {
      return this.#templateText(start, { quote, triple, raw: prefix.includes('r'), from }, false);
    }
    let escapes = false;
    for (at = start; ; at += 1) {
      while (CLASS[bytes[at]!]! < IN_STRINGS) at += 1;
      const byte = bytes[at]!;
      if (byte === quote) {
        if (!triple || (bytes[at + 1] === quote && bytes[at + 2] === quote)) break;
      } else if (CLASS[byte] === Byte.Backslash) {
        escapes = true;
        at = this.#escaped(at);
      } else if (CLASS[byte] === Byte.Newline) {
        if (!triple || at >= this.#length) return this.#unfinished(from, 'a string');
        at = this.#lineEnd(at) - 1;
      }
    }
    this.plain = !prefix.includes('b') && (!escapes || prefix === 'r');
    this.#start = start;
    this.#end = at;
    this.#at = at + (triple ? 3 : 1);
    this.begin = from;
    return STRING;
  }

  /** The text of an f-string, up to its end or to the next replacement field. */
  #templateText(at: number, of: Template, inSpec: boolean): number {
    const bytes = this.#bytes;
    for (; ; at += 1) {
      while (CLASS[bytes[at]!]! < IN_STRINGS) at += 1;
      const byte = bytes[at]!;
      switch (CLASS[byte]) {
        case Byte.Quote:
          if (byte !== of.quote) break;
          if (of.triple && (bytes[at + 1] !== byte || bytes[at + 2] !== byte)) break;
          if (inSpec) return this.#unfinished(of.from, 'a replacement field');
          this.plain = false;
          this.#at = at + (of.triple ? 3 : 1);
          this.begin = of.from;
          return STRING;
        case Byte.OpenBrace:
          if (!inSpec && bytes[at + 1] === byte) {
            at += 1;
            break;
          }
          if (this.depth === 0) this.#outermostBracket = of.from;
          this.depth += 1;
          this.#fields.push({ of, inSpec, depth: this.depth });
          this.begin = at;
          this.#at = at + 1;
          return byte;
        case Byte.CloseBrace:
          if (!inSpec) break;
          inSpec = this.#fields.at(-1)!.inSpec;
          this.#leaveField();
          break;
        case Byte.Backslash:
          at = this.#escapedInTemplate(at, of);
          break;
        case Byte.Newline:
          if (at >= this.#length) return this.#unfinished(of.from, 'a string');
          if (of.triple) {
            at = this.#lineEnd(at) - 1;
            break;
          }
          if (!inSpec) return this.#unfinished(of.from, 'a string');
          // As Python 3.12 has it: a line end leads from the format spec back to the code of the field.
          this.#at = at;
          return NONE;
      }
    }
  }

  /** The last byte of what a backslash escapes; in a raw string too it keeps a quote from ending it. */
  #escaped(at: number): number {
    if (CLASS[this.#bytes[at + 1]!] !== Byte.Newline || at + 1 >= this.#length) return at + 1;
    return this.#lineEnd(at + 1) - 1;
  }

  #escapedInTemplate(at: number, { raw }: Template): number {
    const bytes = this.#bytes;
    const escaped = bytes[at + 1]!;
    // A backslash does not keep a brace from opening a field.
    if (CLASS[escaped]! >= IN_TEMPLATES) return at;
    if (raw || escaped !== 0x4e || CLASS[bytes[at + 2]!] !== Byte.OpenBrace)
      return this.#escaped(at);
    // \N{DASH}
    let end = at + 3;
    while (CLASS[bytes[end]!] === Byte.Name || bytes[end] === 0x20 || bytes[end] === 0x2d) end += 1;
    return CLASS[bytes[end]!] === Byte.CloseBrace ? end : end - 1;
  }

  #finish(): number {
    if (this.depth === 0) return END;
    const field = this.#fields[0];
    return field?.of.from === this.#outermostBracket
      ? this.#unfinished(field.of.from, 'a string')
      : this.#unfinished(this.#outermostBracket, 'a bracket');
  }

  #unfinished(from: number, what: string): number {
    this.#faultFrom = from;
    this.fault ??= { line: this.lineOf(from), what: `${what} that never ends` };
    this.depth = 0;
    this.#fields.length = 0;
    this.begin = this.#at = this.#length;
    return END;
  }
}
