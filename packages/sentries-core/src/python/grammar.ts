import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tree } from 'web-tree-sitter';

let beginning: Promise<void> | undefined;

/**
 * Loads a grammar (about 20 ms) that was copied beside the package when it was built.
 *
 * @param name Of the file in `assets`, such as `tree-sitter-python.wasm`.
 * @returns what parses a text with it; the spans of its nodes are UTF-16 offsets.
 */
export async function loadGrammar(name: string): Promise<(text: string) => Tree> {
  const { Parser, Language } = await import('web-tree-sitter');
  // A second beginning would take the first one's parsers their memory.
  await (beginning ??= Parser.init());
  const language = await Language.load(await readFile(join(__dirname, '../../assets', name)));
  const parser = new Parser();
  parser.setLanguage(language);
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error(`${name} is not set`);
    return tree;
  };
}
