import { scanImports } from './imports';
import { modulesOf, plainImport } from './plain-imports';

/** How much of a text is taken for a plain import, and what it names. */
function taken(text: string): [string, string[]] | null {
  const end = plainImport(text, 0);
  return end < 0 ? null : [text.slice(0, end), modulesOf(text.slice(0, end))];
}

/** What the lexer finds: it alone looks at files in which strings were asked for. */
const byLexer = (text: string): string[] =>
  scanImports(Buffer.from(text), { strings: true }).references.map(({ module }) => module);

describe('a plain import', () => {
  it.each([
    'import a',
    'import a.b.c as d, e,\tf as g',
    'from a import *',
    'from  .a.b\timport c , d as e',
    'from .. import x',
    'from _a1 import importer, from_b, asking',
  ])('%j is read as the lexer reads it', (text) => {
    for (const rest of ['\n', '\r\n', '  # why\n', '\t\n'])
      expect(taken(text + rest)).toEqual([text, byLexer(text + rest)]);
  });

  it.each([
    'import a; x\n',
    'import a,\n',
    'import a.\n',
    'import a as\n',
    'import 1a\n',
    'import é\n',
    'import aé\n',
    'import a b\n',
    'import a.import\n',
    'importer = 1\n',
    'from a import (b)\n',
    'from a import b, *\n',
    'from a import b.c\n',
    'from a import \\\n  b\n',
    'from a.import b\n',
    'from .from import b\n',
    'from import b\n',
    'fromage = 1\n',
  ])('%j is left to the lexer', (text) => expect(taken(text)).toBeNull());
});
