import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language, Node, Tree } from 'web-tree-sitter';
import { LineIndex } from './text';

export type { Node } from 'web-tree-sitter';

/** Half-open range of UTF-16 offsets in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The grammar, copied from the `tree-sitter-python` package when this package is built. */
const GRAMMAR = join(__dirname, '../../assets/tree-sitter-python.wasm');

let parse: ((text: string) => Tree) | undefined;

/** Loads the grammar, once per process (about 20 ms). Must be awaited before {@link PythonSource} is made. */
export async function loadSyntax(): Promise<void> {
  if (parse) return;
  const { Parser, Language: Languages } = await import('web-tree-sitter');
  await Parser.init();
  const language: Language = await Languages.load(await readFile(GRAMMAR));
  const parser = new Parser();
  parser.setLanguage(language);
  parse = (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error('the Python grammar is not set');
    return tree;
  };
}

/** A parsed Python text. Spans of its nodes are offsets into `text`. */
export class PythonSource {
  readonly lines: LineIndex;
  #tree: Tree | undefined;

  /** @param path Where it lies in the workspace, if it matters: a relative import means something else elsewhere. */
  constructor(
    readonly text: string,
    readonly path = '',
  ) {
    this.lines = new LineIndex(text);
  }

  get root(): Node {
    if (!parse) throw new Error('loadSyntax() must be awaited first');
    this.#tree ??= parse(this.text);
    return this.#tree.rootNode;
  }

  /** The 1-based line on which a node starts. */
  lineOf(node: Node): number {
    return this.lines.lineOf(node.startIndex);
  }

  /** The smallest named node that covers a span. */
  nodeAt(span: Span): Node {
    return this.root.namedDescendantForIndex(span.start, span.end) ?? this.root;
  }

  /** All nodes of the given types, in the order of the text. */
  find(types: string | string[], within: Node = this.root): Node[] {
    return within
      .descendantsOfType(types)
      .filter((node): node is Node => node !== null)
      .filter((node) => node.id !== within.id);
  }
}

export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

/** Named children; comments left out. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter(
    (child): child is Node => child !== null && child.type !== 'comment',
  );
}

/** The node itself and its ancestors, innermost first. */
export function* ancestry(node: Node): Generator<Node> {
  for (let at: Node | null = node; at; at = at.parent) yield at;
}

/** The innermost ancestor (or the node itself) of one of the types. */
export function enclosing(node: Node, ...types: string[]): Node | undefined {
  for (const at of ancestry(node)) if (types.includes(at.type)) return at;
  return undefined;
}

/** `Outer.method` for a definition; the names of the classes and functions that enclose it, joined by dots. */
export function qualifiedName(definition: Node): string {
  return [...ancestry(definition)]
    .filter((node) => node.type === 'class_definition' || node.type === 'function_definition')
    .map((node) => node.childForFieldName('name')?.text ?? '')
    .reverse()
    .join('.');
}
