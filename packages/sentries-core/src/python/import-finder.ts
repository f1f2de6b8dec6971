import { Attempts } from './attempts';
import { type PythonLexer, Token } from './lexer';
import { modulesOf } from './plain-imports';

/** What names a module. */
export type ReferenceKind =
  /** `import a`, `from a import b` */
  | 'import'
  /** `importlib.import_module("a")`, `import_module("a")`, `__import__("a")` */
  | 'call'
  /** `pytest_plugins = ["a"]` */
  | 'plugin'
  /** `"acme.units.convert"`, where it was asked for */
  | 'string';

/** The places where a statement begins and ends. */
interface StatementSpan {
  readonly first: number;
  last: number;
}

/** A name that was found. Places are told as the number of bytes before them. */
interface Found {
  readonly module: string;
  readonly kind: ReferenceKind;
  /** Where the name itself stands. */
  readonly own: number;
  /** Where what names it begins: the statement, or the string. */
  readonly from: number;
  readonly statement: StatementSpan;
}

/** A name in an import statement, and where it stands. */
type Name = Pick<Found, 'module' | 'own'>;

const { END, WORD, STRING, NEWLINE } = Token;

const code = (character: string): number => character.charCodeAt(0);
const PAREN = code('(');
const PAREN_END = code(')');
const STAR = code('*');
const PLUS = code('+');
const COMMA = code(',');
const DOT = code('.');
const COLON = code(':');
const SEMICOLON = code(';');
const EQUALS = code('=');
const BRACE = code('{');

const IMPORT = Buffer.from('import');
const FROM = Buffer.from('from');
const AS = Buffer.from('as');
const TRY = Buffer.from('try');
const EXCEPT = Buffer.from('except');
const ELSE = Buffer.from('else');
const FINALLY = Buffer.from('finally');
const IMPORTLIB = Buffer.from('importlib');
const IMPORT_MODULE = Buffer.from('import_module');
const DUNDER_IMPORT = Buffer.from('__import__');
const PACKAGE = Buffer.from('package');
const PYTEST_PLUGINS = Buffer.from('pytest_plugins');
const CATCHERS = ['ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException'].map((name) =>
  Buffer.from(name),
);

const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
/** What may be the name of a module, relative or not: a file's name is not always an identifier. */
const NAME = /^[^\s/\\:"'(){}[\]]+$/;
/** No name of a module is longer: a docstring need not be looked at. */
const LONGEST = 300;

/** Finds what names a module in the tokens of a file, statement by statement. */
export class ImportFinder {
  readonly attempts = new Attempts();
  readonly #lexer: PythonLexer;
  readonly #strings: boolean;
  readonly #found: Found[] = [];
  #statement: StatementSpan = { first: 0, last: 0 };

  constructor(lexer: PythonLexer, strings: boolean) {
    this.#lexer = lexer;
    this.#strings = strings;
  }

  find(): readonly Found[] {
    const lexer = this.#lexer;
    let lineBegins = true;
    for (;;) {
      if (lineBegins && !this.#strings) {
        lexer.skipDull(this.attempts.column);
        if (this.#takeImport()) continue;
      }
      if (lexer.next() === END) break;
      if (lexer.token !== NEWLINE) this.#readStatement(lineBegins);
      lineBegins = lexer.token === NEWLINE;
    }
    if (lexer.fault) this.#recover();
    return this.#found;
  }

  /** A line that is an import statement of the plainest kind. */
  #takeImport(): boolean {
    const lexer = this.#lexer;
    const text = lexer.takeImport();
    if (text === null) return false;
    const found = this.#found;
    this.attempts.line(lexer.column, false, found.length);
    const from = lexer.begin;
    const statement = { first: from, last: from };
    for (const module of modulesOf(text))
      found.push({ module, kind: 'import', own: from, from, statement });
    lexer.next();
    return true;
  }

  /** From its first token to the one that ends it. What stands before a `:` counts as a statement too. */
  #readStatement(lineBegins: boolean): void {
    const lexer = this.#lexer;
    this.#statement = { first: lexer.begin, last: lexer.begin };
    const isHandler = lineBegins && this.#beginLine();
    if (lexer.token === WORD) {
      if (lexer.is(IMPORT) || lexer.is(FROM)) this.#readImport();
      else if (lexer.is(PYTEST_PLUGINS)) this.#readPlugins();
    }
    for (let words = 0; !ends(lexer.token);) {
      if (lexer.token === COLON && lexer.depth === 0) {
        if (isHandler && words === 1) this.attempts.catches(lexer.column);
        break;
      }
      if (lexer.token === WORD) {
        words += 1;
        if (isHandler) this.#readCaught();
        if (lexer.previous !== DOT && this.#isCallee()) {
          this.#readCall();
          continue;
        }
      } else if (lexer.token === STRING && this.#strings) {
        const from = lexer.begin;
        this.#addString(this.#readLiteral(), from);
        continue;
      }
      // In the head of a handler each word matters.
      if (isHandler) lexer.next();
      else lexer.nextMark();
    }
    this.#statement.last = lexer.begin;
  }

  /** Follows `try` statements at the first token of a line; tells whether an `except` begins. */
  #beginLine(): boolean {
    const { attempts } = this;
    const { column } = this.#lexer;
    const begins = (word: Uint8Array) => this.#lexer.token === WORD && this.#lexer.is(word);
    const next = this.#found.length;
    const isHandler = begins(EXCEPT);
    const isEnd = begins(ELSE) || begins(FINALLY);
    attempts.line(column, isHandler || isEnd, next);
    if (isEnd) attempts.endHandlers(column, next);
    else if (begins(TRY)) attempts.begin(column, next);
    return isHandler;
  }

  /** A word in the head of a handler. */
  #readCaught(): void {
    const lexer = this.#lexer;
    if (CATCHERS.some((name) => lexer.is(name))) this.attempts.catches(lexer.column);
  }

  /**
   * After a fault nothing is certain any more, but that a physical line which reads as an import statement is
   * one. As `import` and `from` are no names, no look goes farther than to the next such line.
   */
  #recover(): void {
    const lexer = this.#lexer;
    for (lexer.skipFault(); !lexer.atEnd;) {
      let here = lexer.position;
      if (lexer.next() === NEWLINE) continue;
      this.#statement = { first: lexer.begin, last: lexer.begin };
      if (this.#beginLine()) {
        const line = lexer.lineOf(here);
        while (lexer.next() === WORD && lexer.lineOf(lexer.begin) === line) this.#readCaught();
      }
      while (this.#readImport() && lexer.token === SEMICOLON) {
        here = lexer.position;
        lexer.next();
      }
      if (lexer.token !== NEWLINE) lexer.skipLine(here);
    }
  }

  /** An import statement from its first word on. One that is not right to its end names nothing. */
  #readImport(): boolean {
    const lexer = this.#lexer;
    if (lexer.token !== WORD) return false;
    const names: Name[] = [];
    const isImport = lexer.is(IMPORT) ? this.#readNames(names) : this.#readFrom(names);
    if (!isImport || !ends(lexer.token)) return false;
    const statement = this.#statement;
    statement.last = lexer.begin;
    for (const { module, own } of names) {
      this.#found.push({ module, kind: 'import', own, from: statement.first, statement });
    }
    return true;
  }

  /** `import a.b as c, d` */
  #readNames(names: Name[]): boolean {
    const lexer = this.#lexer;
    do {
      lexer.next();
      const own = lexer.begin;
      const module = this.#readDotted();
      if (module === null || !this.#passAlias()) return false;
      names.push({ module, own });
    } while (lexer.token === COMMA);
    return true;
  }

  /** `from ..a.b import (c as d, e)` */
  #readFrom(names: Name[]): boolean {
    const lexer = this.#lexer;
    if (!lexer.is(FROM)) return false;
    let base = '';
    while (lexer.next() === DOT) base += '.';
    if (base === '' || !this.#isWord(IMPORT)) {
      const name = this.#readDotted();
      if (name === null) return false;
      base += name;
    }
    if (!this.#isWord(IMPORT)) return false;
    if (lexer.next() === STAR) {
      names.push({ module: base, own: lexer.begin });
      lexer.next();
      return true;
    }
    const prefix = base.endsWith('.') ? base : `${base}.`;
    const inBrackets = lexer.token === PAREN;
    if (inBrackets) lexer.next();
    do {
      if (inBrackets && names.length > 0 && lexer.token === PAREN_END) break;
      const own = lexer.begin;
      const name = this.#readName();
      if (name === null || !this.#passAlias()) return false;
      names.push({ module: prefix + name, own });
    } while (lexer.token === COMMA && lexer.next() !== END);
    if (!inBrackets) return true;
    if (lexer.token !== PAREN_END) return false;
    lexer.next();
    return true;
  }

  /** A name, as Python compares it; leaves the token behind it. */
  #readName(): string | null {
    const lexer = this.#lexer;
    if (lexer.token !== WORD || lexer.is(IMPORT) || lexer.is(FROM)) return null;
    const name = lexer.text().normalize('NFKC');
    lexer.next();
    return /^\d/.test(name) ? null : name;
  }

  #readDotted(): string | null {
    let dotted = this.#readName();
    while (dotted !== null && this.#lexer.token === DOT) {
      this.#lexer.next();
      const name = this.#readName();
      dotted = name === null ? null : `${dotted}.${name}`;
    }
    return dotted;
  }

  /** Passes over `as name`, if it is there; false if it is not right. */
  #passAlias(): boolean {
    if (!this.#isWord(AS)) return true;
    this.#lexer.next();
    return this.#readName() !== null;
  }

  #isWord(word: Uint8Array): boolean {
    return this.#lexer.token === WORD && this.#lexer.is(word);
  }

  #isCallee(): boolean {
    const lexer = this.#lexer;
    return lexer.is(IMPORT_MODULE) || lexer.is(IMPORTLIB) || lexer.is(DUNDER_IMPORT);
  }

  /** From the callee's name; leaves the first token that is of no use for it. */
  #readCall(): void {
    const lexer = this.#lexer;
    if (lexer.is(IMPORTLIB)) {
      if (lexer.next() !== DOT || lexer.next() !== WORD || !lexer.is(IMPORT_MODULE)) return;
    }
    const takesPackage = lexer.is(IMPORT_MODULE);
    if (lexer.next() !== PAREN || lexer.next() !== STRING) return;
    const from = lexer.begin;
    const name = this.#readLiteral();
    if (lexer.token !== COMMA && lexer.token !== PAREN_END) return this.#addString(name, from);
    if (name?.startsWith('.')) {
      const anchor = takesPackage && lexer.token === COMMA ? this.#readPackage() : null;
      if (anchor !== null) this.#add('call', resolved(name, anchor), from);
    } else this.#add('call', name, from);
  }

  /** The second argument, if it is a literal: `"a.b"` or `package="a.b"`. */
  #readPackage(): string | null {
    const lexer = this.#lexer;
    if (lexer.next() === WORD) {
      if (!lexer.is(PACKAGE) || lexer.next() !== EQUALS) return null;
      lexer.next();
    }
    if (lexer.token !== STRING) return null;
    const anchor = this.#readLiteral();
    return lexer.token === COMMA || lexer.token === PAREN_END ? anchor : null;
  }

  /** From `pytest_plugins` on, if it is assigned to; `+=` and an annotation are allowed. */
  #readPlugins(): void {
    const lexer = this.#lexer;
    if (lexer.next() === COLON) {
      while (!ends(lexer.token) && lexer.token !== EQUALS) lexer.next();
    } else if (lexer.token === PLUS) lexer.next();
    if (lexer.token !== EQUALS || lexer.next() === EQUALS) return;
    while (!ends(lexer.token)) {
      if (lexer.token !== STRING) {
        lexer.next();
        continue;
      }
      const from = lexer.begin;
      // pytest splits a string at its commas.
      for (const name of this.#readLiteral()?.split(',') ?? []) this.#add('plugin', name, from);
    }
  }

  /** String literals side by side as one; null if there is more to them than text. Leaves the token behind. */
  #readLiteral(): string | null {
    const lexer = this.#lexer;
    let text: string | null = '';
    do {
      const isName: boolean = text !== null && lexer.plain && lexer.size <= LONGEST;
      text = isName ? text + lexer.text() : null;
    } while (lexer.next() === STRING);
    // The field of an f-string that goes on with the text.
    return lexer.token === BRACE ? null : text;
  }

  #addString(text: string | null, from: number): void {
    if (this.#strings && text !== null && DOTTED.test(text)) this.#add('string', text, from);
  }

  #add(kind: ReferenceKind, text: string | null, from: number): void {
    const module = text?.trim();
    if (!module || !NAME.test(module)) return;
    this.#found.push({ module, kind, own: from, from, statement: this.#statement });
  }
}

function ends(token: number): boolean {
  return token === NEWLINE || token === SEMICOLON || token === END;
}

/** A relative name from a package, as `importlib` puts them together; null if it leads out of it. */
function resolved(name: string, anchor: string): string | null {
  const dots = /^\.+/.exec(name)![0].length;
  const packages = anchor.split('.');
  if (dots > packages.length) return null;
  const base = packages.slice(0, packages.length - dots + 1).join('.');
  return name.length > dots ? `${base}.${name.slice(dots)}` : base;
}
