/** What a text holds of JSON. */
export interface JsonFound {
  /** Every object and array, outermost ones only, in the order of the text. */
  readonly values: readonly unknown[];
  /** Whether an object or array was begun and never ended. */
  readonly isUnfinished: boolean;
}

/** Names that may follow a string: where quotes inside of strings are not escaped, they tell where it ends. */
const KEY =
  /(?:["'“”‘’](?:file|path|filename|file_?path|find|search|old\w*|original|before|target|replace\w*|new\w*|updated|after|with|code|function|name|operations|edits|changes|verdict|reason|explanation|steps|plan|confidence)["'“”‘’]\s{0,20}:)/iy;

const ANY_KEY = new RegExp(KEY.source, 'i');

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '“”"',
  '”': '”"',
  '‘': '‘’',
  '’': '’',
};

/** Where an object or array may begin that says something to us. */
const START =
  /\{(?=\s{0,200}(?:["'“‘”’]|[\w$-]{1,40}\s{0,20}:|\/[/*]|#))|\[(?=\s{0,200}(?:[{[]|\/[/*]|#))/;

/** Beyond these a text holds no reply of sense. */
const MAX_DEPTH = 12;
const MOST_FAILURES = 500;
const MOST_VALUES = 1_000;

/** The text can't be read as JSON from here. */
class NotJson extends Error {
  constructor(readonly atEnd: boolean) {
    super();
  }
}

/**
 * Finds JSON in prose, and reads it as models write it: trailing and missing commas, single, typographic and triple
 * quotes, line ends and unescaped quotes in strings, comments, names without quotes, Python's literals, text in
 * pieces, a missing brace at the very end.
 *
 * A string or a list that never ends is not ended here: what else it would have said is not known. (Libraries that mend JSON do
 * end it, and that would turn a reply that was cut into an edit.)
 */
export function readJson(text: string): JsonFound {
  const values: unknown[] = [];
  let isUnfinished = false;
  // Each start may read far and fail, so what all of them may read together is bounded.
  const budget = { left: 6 * text.length + 10_000 };
  let failures = 0;
  const starts = new RegExp(START, 'g');
  for (let start = starts.exec(text); start; start = starts.exec(text)) {
    if (budget.left < 0 || failures > MOST_FAILURES || values.length > MOST_VALUES) break;
    let failure: NotJson | undefined;
    for (const guess of [false, true]) {
      const reader = new JsonReader(text, start.index, guess, budget);
      try {
        values.push(reader.value(0));
        failure = undefined;
        starts.lastIndex = reader.at;
        break;
      } catch (error) {
        if (!(error instanceof NotJson)) throw error;
        failure = error;
      }
    }
    if (failure) failures += 1;
    if (failure?.atEnd && ANY_KEY.test(text.slice(start.index, start.index + 400))) {
      isUnfinished = true;
      break;
    }
  }
  return { values, isUnfinished };
}

class JsonReader {
  constructor(
    readonly text: string,
    public at: number,
    /** Whether a quote ends a string only where what follows looks like it. */
    readonly guess: boolean,
    readonly budget: { left: number },
  ) {}

  value(depth: number): unknown {
    this.#space();
    const first = this.text[this.at];
    if (depth > MAX_DEPTH) this.#fail();
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first !== undefined && first in QUOTES) return this.#strings();
    return this.#word();
  }

  #object(depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    this.at += 1;
    for (let last = ''; ;) {
      this.#space(',');
      const next = this.text[this.at];
      if (next === '}') {
        this.at += 1;
        return found;
      }
      // A bracket that closes what is around it: the brace was forgotten.
      if (depth > 0 && next === ']' && last === '}') return found;
      if (this.#isEnd()) {
        // All of the list is there, and only the brace behind it is missing.
        if (last === ']') return found;
        this.#fail();
      }
      const key = this.#key();
      this.#space();
      if (this.text[this.at] !== ':') this.#fail();
      this.at += 1;
      const value = this.value(depth + 1);
      last = this.text[this.at - 1]!;
      if (typeof value !== 'object') last = '';
      // A name twice: which of the two is meant, nobody knows.
      if (key in found) this.#fail(false);
      found[key] = value;
    }
  }

  #array(depth: number): unknown[] {
    const found: unknown[] = [];
    this.at += 1;
    for (;;) {
      this.#space(',');
      const next = this.text[this.at];
      if (next === ']') {
        this.at += 1;
        return found;
      }
      if (this.#isEnd()) this.#fail();
      if (next === '}') {
        // A brace that closes what is around it: the bracket was forgotten.
        if (depth > 0 && typeof found.at(-1) === 'object') return found;
        this.#fail();
      }
      found.push(this.value(depth + 1));
    }
  }

  #key(): string {
    const quote = this.text[this.at]!;
    if (!(quote in QUOTES)) {
      const name = /[\w$-]{1,60}/y;
      name.lastIndex = this.at;
      const found = name.exec(this.text)?.[0];
      if (!found) this.#fail();
      this.at += found.length;
      return found;
    }
    const ends = QUOTES[quote]!;
    for (let end = this.at + 1; end < this.text.length && end < this.at + 300; end += 1) {
      if (this.text[end] === '\n') break;
      if (!ends.includes(this.text[end]!)) continue;
      const key = this.text.slice(this.at + 1, end);
      this.at = end + 1;
      return key;
    }
    return this.#fail(this.at + 300 > this.text.length);
  }

  /** A string, or pieces of one that stand side by side or are joined by `+`. */
  #strings(): string {
    let text = this.#string();
    for (;;) {
      const back = this.at;
      this.#space('+');
      const next = this.text[this.at];
      if (next === undefined || !(next in QUOTES) || this.at === back || this.#isKey()) {
        this.at = back;
        return text;
      }
      text += this.#string();
    }
  }

  #isKey(): boolean {
    const key = /["'“‘][^"'“”‘’\n]{1,200}["'”’]\s{0,20}:/y;
    key.lastIndex = this.at;
    return key.test(this.text);
  }

  #string(): string {
    const { text } = this;
    const quote = text[this.at]!;
    const triple = quote.repeat(3);
    if (quote !== '`' && text.startsWith(triple, this.at)) {
      const end = text.indexOf(triple, this.at + 3);
      if (end >= 0) {
        const inside = text.slice(this.at + 3, end);
        this.#spend(inside.length);
        this.at = end + 3;
        return inside.replace(/^\n/, '');
      }
    }
    const ends = QUOTES[quote]!;
    let found = '';
    let from = this.at + 1;
    for (let at = from; ; at += 1) {
      if (at >= text.length) {
        this.#spend(at - from);
        return this.#fail(true);
      }
      const character = text[at]!;
      if (character === '\\') {
        const [length, meaning] = escape(text, at);
        found += text.slice(from, at) + meaning;
        this.#spend(at - from + 1);
        at += length - 1;
        from = at + 1;
      } else if (ends.includes(character) && (!this.guess || this.#mayEnd(at + 1))) {
        this.#spend(at - from + 1);
        this.at = at + 1;
        return found + text.slice(from, at);
      }
    }
  }

  /** Whether a string may end before `at`, by what follows. */
  #mayEnd(at: number): boolean {
    const { text } = this;
    this.#spend(4);
    const after = (from: number): number => {
      let end = from;
      while (end < from + 400 && /\s/.test(text[end] ?? '')) end += 1;
      return end;
    };
    const isKey = (from: number): boolean => {
      KEY.lastIndex = from;
      return KEY.test(text);
    };
    let next = after(at);
    if (next >= text.length || isKey(next)) return next < text.length;
    if (text[next] === ',') {
      next = after(next + 1);
      return isKey(next) || /[{}\]]/.test(text[next] ?? '');
    }
    if (!/[}\]]/.test(text[next]!)) return false;
    const from = next;
    while (next < from + 400 && /[\s}\],]/.test(text[next] ?? '')) next += 1;
    return (
      next >= text.length ||
      text[next] === '{' ||
      text.startsWith('```', next) ||
      isKey(next) ||
      text.slice(from, next).includes('\n')
    );
  }

  /** A value without quotes: a number, a literal, or a few words. */
  #word(): unknown {
    const pattern = /[^\s,{}[\]"'`:][^,{}[\]"\n`]{0,200}/y;
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0];
    if (!word) return this.#fail();
    this.at += word.length;
    const trimmed = word.replace(/\s*(?:\/\/|#).*$/, '').trim();
    const literals: Record<string, unknown> = {
      null: null,
      None: null,
      true: true,
      True: true,
      false: false,
      False: false,
    };
    if (Object.hasOwn(literals, trimmed)) return literals[trimmed];
    return /^-?\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
  }

  /** Passes over white space, comments, and the characters given. */
  #space(also = ''): void {
    const from = this.at;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) break;
      if (/\s/.test(character) || also.includes(character)) this.at += 1;
      else if (character === '#' || this.text.startsWith('//', this.at)) this.#skipTo('\n');
      else if (this.text.startsWith('/*', this.at)) this.#skipTo('*/');
      else break;
    }
    this.#spend(this.at - from);
  }

  #skipTo(end: string): void {
    const at = this.text.indexOf(end, this.at);
    this.at = at < 0 ? this.text.length : at + end.length;
  }

  /** The end of the text, or of the fenced block in which the JSON stands. */
  #isEnd(): boolean {
    return (
      this.at >= this.text.length || /^(?:```|~~~)/.test(this.text.slice(this.at, this.at + 3))
    );
  }

  #spend(steps: number): void {
    this.budget.left -= steps + 1;
    if (this.budget.left < 0) throw new NotJson(false);
  }

  #fail(atEnd = this.#isEnd()): never {
    throw new NotJson(atEnd);
  }
}

const ESCAPES = new Map(
  Object.entries({
    n: '\n',
    t: '\t',
    r: '\r',
    '"': '"',
    "'": "'",
    '\\': '\\',
    '/': '/',
    '`': '`',
  }),
);

/** How long an escape is, and what it means. */
function escape(text: string, at: number): [number, string] {
  const character = text[at + 1] ?? '';
  const simple = ESCAPES.get(character);
  if (simple !== undefined) return [2, simple];
  if (character === 'u') {
    const digits = text.slice(at + 2, at + 6);
    if (/^[\da-f]{4}$/i.test(digits)) return [6, String.fromCharCode(parseInt(digits, 16))];
  }
  // No code holds a backspace or a bell: `\b`, `\d` or `\x41` is code that was not escaped.
  return [1 + character.length, `\\${character}`];
}
