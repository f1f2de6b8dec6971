import { Attempts } from './attempts';
import { isCallee, readCall, readLiteral } from './import-call';
import { beginsImport, endsStatement, readImport } from './import-statement';
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

const { END, WORD, STRING, NEWLINE } = Token;

const code = (character: string): number => character.charCodeAt(0);
const PLUS = code('+');
const DOT = code('.');
const COLON = code(':');
const SEMICOLON = code(';');
const EQUALS = code('=');

const TRY = Buffer.from('try');
const EXCEPT = Buffer.from('except');
const ELSE = Buffer.from('else');
const FINALLY = Buffer.from('finally');
const PYTEST_PLUGINS = Buffer.from('pytest_plugins');
const CATCHERS = ['ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException'].map((name) =>
  Buffer.from(name),
);

const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
/** What may be the name of a module, relative or not: a file's name is not always an identifier. */
const NAME = /^[^\s/\\:"'(){}[\]]+$/;

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
      if (beginsImport(lexer)) this.#readImport();
      else if (lexer.is(PYTEST_PLUGINS)) this.#readPlugins();
    }
    for (let words = 0; !endsStatement(lexer.token);) {
      if (lexer.token === COLON && lexer.depth === 0) {
        if (isHandler && words === 1) this.attempts.catches(lexer.column);
        break;
      }
      if (lexer.token === WORD) {
        words += 1;
        if (isHandler) this.#readCaught();
        if (lexer.previous !== DOT && isCallee(lexer)) {
          this.#readCall();
          continue;
        }
      } else if (lexer.token === STRING && this.#strings) {
        const from = lexer.begin;
        this.#addString(readLiteral(lexer), from);
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

  /** An import statement from its first word on; false if it is none. */
  #readImport(): boolean {
    const names = readImport(this.#lexer);
    if (names === null) return false;
    const statement = this.#statement;
    statement.last = this.#lexer.begin;
    for (const { module, own } of names)
      this.#found.push({ module, kind: 'import', own, from: statement.first, statement });
    return true;
  }

  #readCall(): void {
    const read = readCall(this.#lexer);
    if (read?.isModule) this.#add('call', read.text, read.from);
    else if (read) this.#addString(read.text, read.from);
  }

  /** From `pytest_plugins` on, if it is assigned to; `+=` and an annotation are allowed. */
  #readPlugins(): void {
    const lexer = this.#lexer;
    if (lexer.next() === COLON) {
      while (!endsStatement(lexer.token) && lexer.token !== EQUALS) lexer.next();
    } else if (lexer.token === PLUS) lexer.next();
    if (lexer.token !== EQUALS || lexer.next() === EQUALS) return;
    while (!endsStatement(lexer.token)) {
      if (lexer.token !== STRING) {
        lexer.next();
        continue;
      }
      const from = lexer.begin;
      // pytest splits a string at its commas.
      for (const name of readLiteral(lexer)?.split(',') ?? []) this.#add('plugin', name, from);
    }
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
