interface Section {
  readonly keys: readonly string[];
  readonly start: number;
  readonly end: number;
}

const KEY = String.raw`(?:[\w-]+|"[^"\n]*"|'[^'\n]*')`;
const HEADER = new RegExp(
  String.raw`^[ \t]*\[{1,2}[ \t]*(${KEY}(?:[ \t]*\.[ \t]*${KEY})*)[ \t]*\]{1,2}[ \t]*(?:#.*)?$`,
  'gm',
);
const KEYS = new RegExp(KEY, 'g');
const COMMENT = /[ \t]*#/y;
const KEY_ENDS = /["']?[ \t]*[.=]/y;

/**
 * Where things stand in a TOML text. The parser does not say, so they are searched for: the sections by
 * their headers, then the keys, then the value. Good for pointing people to a line, no more.
 */
export class TomlLines {
  readonly #text: string;
  readonly #sections: readonly Section[];
  #ends: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
    const headers = [...text.matchAll(HEADER)];
    this.#sections = headers.map((header, index) => ({
      keys: header[1]!.match(KEYS)!.map((key) => key.replace(/^(["'])(.*)\1$/, '$2')),
      start: header.index,
      end: headers[index + 1]?.index ?? text.length,
    }));
  }

  /** The line, from 1, of a key. */
  line(path: readonly string[]): number {
    return this.#lineAt(this.#ranges(path)[0]!.start);
  }

  /** Looks for strings in the value of a key: the line of one, from 1. */
  within(path: readonly string[]): (value: string) => number {
    const ranges = this.#ranges(path);
    return (value) => {
      for (const { start, end } of ranges) {
        const at = this.#value(value, start, end);
        if (at >= 0) return this.#lineAt(at);
      }
      return this.#lineAt(ranges[0]!.start);
    };
  }

  /** From where a key stands to the end of its section, the likeliest first; at last, the whole text. */
  #ranges(path: readonly string[]): { start: number; end: number }[] {
    const ranges = this.#sections
      .filter(({ keys }) => keys.every((key, index) => key === path[index]))
      .toSorted((a, b) => b.keys.length - a.keys.length)
      .map((section) => ({
        start: this.#key(path.slice(section.keys.length), section),
        end: section.end,
      }));
    return [...ranges.filter(({ start }) => start >= 0), { start: 0, end: this.#text.length }];
  }

  /** The text of the section with exactly these keys. */
  section(...path: string[]): string {
    const found = this.#sections.find(({ keys }) => keys.join('.') === path.join('.'));
    return found === undefined ? '' : this.#text.slice(found.start, found.end);
  }

  #key(path: readonly string[], { start, end }: Section): number {
    let at = start;
    for (const key of path) {
      at = this.#find(key, at, end, (from) => {
        KEY_ENDS.lastIndex = from + key.length;
        return !/[\w-]/.test(this.#text.charAt(from - 1)) && KEY_ENDS.test(this.#text);
      });
      if (at < 0) return -1;
    }
    return at;
  }

  #value(value: string, from: number, to: number): number {
    for (const written of [JSON.stringify(value), `'${value}'`, value]) {
      const at = this.#find(written, from, to, () => true);
      if (at >= 0) return at;
    }
    return -1;
  }

  #find(needle: string, from: number, to: number, isIt: (at: number) => boolean): number {
    let at = this.#text.indexOf(needle, from);
    for (; at >= 0 && at < to; at = this.#text.indexOf(needle, at + 1)) {
      if (!this.#isComment(at) && isIt(at)) return at;
    }
    return -1;
  }

  #isComment(at: number): boolean {
    COMMENT.lastIndex = at === 0 ? 0 : this.#text.lastIndexOf('\n', at - 1) + 1;
    return COMMENT.test(this.#text) && COMMENT.lastIndex <= at;
  }

  #lineAt(at: number): number {
    this.#ends ??= lineEnds(this.#text);
    let line = 0;
    while (line < this.#ends.length && this.#ends[line]! < at) line++;
    return line + 1;
  }
}

function lineEnds(text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at);
  return ends;
}
