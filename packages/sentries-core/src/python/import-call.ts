import { type PythonLexer, Token } from './lexer';

/** The string in a call, where it begins, and whether the call takes it for the name of a module. */
export interface CallString {
  readonly text: string | null;
  readonly from: number;
  readonly isModule: boolean;
}

const { WORD, STRING } = Token;

const code = (character: string): number => character.charCodeAt(0);
const PAREN = code('(');
const PAREN_END = code(')');
const COMMA = code(',');
const DOT = code('.');
const EQUALS = code('=');
const BRACE = code('{');

const IMPORTLIB = Buffer.from('importlib');
const IMPORT_MODULE = Buffer.from('import_module');
const DUNDER_IMPORT = Buffer.from('__import__');
const PACKAGE = Buffer.from('package');

/** No name of a module is longer: a docstring need not be looked at. */
const LONGEST = 300;

/** Whether a word may be the name of what imports a module, or its first part. */
export function isCallee(lexer: PythonLexer): boolean {
  return lexer.is(IMPORT_MODULE) || lexer.is(IMPORTLIB) || lexer.is(DUNDER_IMPORT);
}

/** Reads a call from the callee's name on; leaves the first token that is of no use for it. */
export function readCall(lexer: PythonLexer): CallString | null {
  if (lexer.is(IMPORTLIB)) {
    if (lexer.next() !== DOT || lexer.next() !== WORD || !lexer.is(IMPORT_MODULE)) return null;
  }
  const takesPackage = lexer.is(IMPORT_MODULE);
  if (lexer.next() !== PAREN || lexer.next() !== STRING) return null;
  const from = lexer.begin;
  const text = readLiteral(lexer);
  if (lexer.token !== COMMA && lexer.token !== PAREN_END) return { text, from, isModule: false };
  if (!text?.startsWith('.')) return { text, from, isModule: true };
  const anchor = takesPackage && lexer.token === COMMA ? readPackage(lexer) : null;
  return anchor === null ? null : { text: resolved(text, anchor), from, isModule: true };
}

/** String literals side by side as one; null if there is more to them than text. Leaves the token behind. */
export function readLiteral(lexer: PythonLexer): string | null {
  let text: string | null = '';
  do {
    const isName: boolean = text !== null && lexer.plain && lexer.size <= LONGEST;
    text = isName ? text + lexer.text() : null;
  } while (lexer.next() === STRING);
  // The field of an f-string that goes on with the text.
  return lexer.token === BRACE ? null : text;
}

/** The second argument, if it is a literal: `"a.b"` or `package="a.b"`. */
function readPackage(lexer: PythonLexer): string | null {
  if (lexer.next() === WORD) {
    if (!lexer.is(PACKAGE) || lexer.next() !== EQUALS) return null;
    lexer.next();
  }
  if (lexer.token !== STRING) return null;
  const anchor = readLiteral(lexer);
  return lexer.token === COMMA || lexer.token === PAREN_END ? anchor : null;
}

/** A relative name from a package, as `importlib` puts them together; null if it leads out of it. */
function resolved(name: string, anchor: string): string | null {
  const dots = /^\.+/.exec(name)![0].length;
  const packages = anchor.split('.');
  if (dots > packages.length) return null;
  const base = packages.slice(0, packages.length - dots + 1).join('.');
  return name.length > dots ? `${base}.${name.slice(dots)}` : base;
}
