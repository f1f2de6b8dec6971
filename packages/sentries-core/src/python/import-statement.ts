import { type PythonLexer, Token } from './lexer';

/** A module that an import statement names, and where: the number of bytes before it. */
export interface ImportedName {
  readonly module: string;
  readonly own: number;
}

const { END, WORD, NEWLINE } = Token;

const code = (character: string): number => character.charCodeAt(0);
const PAREN = code('(');
const PAREN_END = code(')');
const STAR = code('*');
const COMMA = code(',');
const DOT = code('.');
const SEMICOLON = code(';');

const IMPORT = Buffer.from('import');
const FROM = Buffer.from('from');
const AS = Buffer.from('as');

/** Whether a word is the first one of an import statement. */
export const beginsImport = (lexer: PythonLexer): boolean => lexer.is(IMPORT) || lexer.is(FROM);

/** Whether a token is behind a statement. */
export function endsStatement(token: number): boolean {
  return token === NEWLINE || token === SEMICOLON || token === END;
}

/**
 * Reads an import statement from its first word on. Null for one that is not right to its end: it names
 * nothing.
 */
export function readImport(lexer: PythonLexer): readonly ImportedName[] | null {
  if (lexer.token !== WORD) return null;
  const names: ImportedName[] = [];
  const isImport = lexer.is(IMPORT) ? readNames(lexer, names) : readFrom(lexer, names);
  return isImport && endsStatement(lexer.token) ? names : null;
}

/** `import a.b as c, d` */
function readNames(lexer: PythonLexer, names: ImportedName[]): boolean {
  do {
    lexer.next();
    const own = lexer.begin;
    const module = readDotted(lexer);
    if (module === null || !passAlias(lexer)) return false;
    names.push({ module, own });
  } while (lexer.token === COMMA);
  return true;
}

/** `from ..a.b import (c as d, e)` */
function readFrom(lexer: PythonLexer, names: ImportedName[]): boolean {
  if (!lexer.is(FROM)) return false;
  let base = '';
  while (lexer.next() === DOT) base += '.';
  if (base === '' || !isWord(lexer, IMPORT)) {
    const name = readDotted(lexer);
    if (name === null) return false;
    base += name;
  }
  if (!isWord(lexer, IMPORT)) return false;
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
    const name = readName(lexer);
    if (name === null || !passAlias(lexer)) return false;
    names.push({ module: prefix + name, own });
  } while (lexer.token === COMMA && lexer.next() !== END);
  if (!inBrackets) return true;
  if (lexer.token !== PAREN_END) return false;
  lexer.next();
  return true;
}

/** A name, as Python compares it; leaves the token behind it. */
function readName(lexer: PythonLexer): string | null {
  if (lexer.token !== WORD || beginsImport(lexer)) return null;
  const name = lexer.text().normalize('NFKC');
  lexer.next();
  return /^\d/.test(name) ? null : name;
}

function readDotted(lexer: PythonLexer): string | null {
  let dotted = readName(lexer);
  while (dotted !== null && lexer.token === DOT) {
    lexer.next();
    const name = readName(lexer);
    dotted = name === null ? null : `${dotted}.${name}`;
  }
  return dotted;
}

/** Passes over `as name`, if it is there; false if it is not right. */
function passAlias(lexer: PythonLexer): boolean {
  if (!isWord(lexer, AS)) return true;
  lexer.next();
  return readName(lexer) !== null;
}

const isWord = (lexer: PythonLexer, word: Uint8Array): boolean =>
  lexer.token === WORD && lexer.is(word);
