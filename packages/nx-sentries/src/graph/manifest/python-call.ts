/** A literal of Python’s, as far as a `setup.py` needs them; with the line it begins on, from 1. */
export type Literal =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly items: readonly Literal[] }
  | { readonly line: number; readonly entries: readonly (readonly [string, Literal])[] };

interface Token {
  readonly kind: 'string' | 'name' | 'mark';
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /#.*|([A-Za-z]{0,2})("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|([A-Za-z_]\w*)|\S/g;

/** Deeper is no setup script. */
const DEPTH = 20;

/**
 * The literal keyword arguments of the first call of a function, without running anything. What is
 * computed is left out: an argument as a whole, an item of a list, an entry of a table.
 *
 * @param isCall Says of a name with what stands in front of its dot whether it is the function.
 */
export function literalArguments(
  source: string,
  isCall: (name: string, owner: string | undefined) => boolean,
): ReadonlyMap<string, Literal> {
  const tokens = tokenize(source);
  const start = tokens.findIndex(({ kind, text }, index) => {
    const owner = tokens[index - 1]?.text === '.' ? (tokens[index - 2]?.text ?? '') : undefined;
    return (
      kind === 'name' &&
      tokens[index + 1]?.text === '(' &&
      tokens[index - 1]?.text !== 'def' &&
      isCall(text, owner)
    );
  });
  return start < 0 ? new Map() : new Reader(tokens, start + 2).arguments();
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let [line, seen] = [1, 0];
  for (const match of source.matchAll(TOKEN)) {
    for (; seen < match.index; seen++) if (source[seen] === '\n') line++;
    const [all, prefix, string, name] = match;
    if (all.startsWith('#')) continue;
    // Bytes and strings with expressions in them are no text.
    if (string === undefined || /[bf]/i.test(prefix!)) {
      tokens.push({ kind: name === undefined ? 'mark' : 'name', text: all, line });
    } else {
      tokens.push({ kind: 'string', text: textOf(string, /r/i.test(prefix!)), line });
    }
  }
  return tokens;
}

function textOf(string: string, isRaw: boolean): string {
  const text = string.replace(/^("""|'''|"|')([\s\S]*)\1$/, '$2');
  return isRaw ? text : text.replace(/\\\n/g, '').replace(/\\(["'\\])/g, '$1');
}

class Reader {
  constructor(
    private readonly tokens: readonly Token[],
    private at: number,
  ) {}

  arguments(): Map<string, Literal> {
    const found = new Map<string, Literal>();
    this.#each(')', () => {
      const name = this.#is('=', 1) ? this.tokens[this.at]!.text : undefined;
      if (name !== undefined) this.at += 2;
      const value = this.#value(0);
      if (name !== undefined && value !== undefined) found.set(name, value);
    });
    return found;
  }

  /** Reads up to the comma, colon or bracket behind an expression; undefined where it is not a literal. */
  #value(depth: number): Literal | undefined {
    const literal = depth < DEPTH ? this.#literal(depth) : undefined;
    if (this.#isEnd()) return literal;
    for (let open = 0; this.at < this.tokens.length && (open > 0 || !this.#isEnd()); this.at++) {
      if (this.#isOneOf('([{')) open++;
      else if (this.#isOneOf(')]}')) open--;
    }
    return undefined;
  }

  #literal(depth: number): Literal | undefined {
    const first = this.tokens[this.at];
    if (first?.kind === 'string') {
      let text = '';
      for (; this.tokens[this.at]?.kind === 'string'; this.at++) text += this.tokens[this.at]!.text;
      return { line: first.line, text };
    }
    if (!this.#isOneOf('([{')) return undefined;
    this.at++;
    if (first!.text === '{') return { line: first!.line, entries: this.#entries(depth) };
    const items: Literal[] = [];
    this.#each(first!.text === '(' ? ')' : ']', () => {
      const item = this.#value(depth + 1);
      if (item !== undefined) items.push(item);
    });
    return { line: first!.line, items };
  }

  #entries(depth: number): (readonly [string, Literal])[] {
    const entries: (readonly [string, Literal])[] = [];
    this.#each('}', () => {
      const key = this.#value(depth + 1);
      if (!this.#is(':')) return;
      this.at++;
      const value = this.#value(depth + 1);
      if (key !== undefined && 'text' in key && value !== undefined)
        entries.push([key.text, value]);
    });
    return entries;
  }

  /** Reads one after the other up to a bracket, and over it. */
  #each(close: string, read: () => void): void {
    while (this.at < this.tokens.length && !this.#is(close)) {
      read();
      if (!this.#is(close)) this.at++;
    }
    this.at++;
  }

  #isEnd(): boolean {
    return this.#isOneOf(',:)]}');
  }

  #isOneOf(marks: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'mark' && marks.includes(token.text);
  }

  #is(mark: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'mark' && token.text === mark;
  }
}
