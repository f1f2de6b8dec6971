import { loadGrammar } from './grammar';

describe('grammars', () => {
  it('are loaded side by side, and all of them parse', async () => {
    const names = ['tree-sitter-python.wasm', 'tree-sitter-rst.wasm', 'tree-sitter-python.wasm'];
    const parsers = await Promise.all(names.map(loadGrammar));
    expect(parsers.map((parse) => parse('x\n').rootNode.type)).toEqual([
      'module',
      'document',
      'module',
    ]);
  });
});
