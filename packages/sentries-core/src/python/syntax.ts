import type { Node, Point, Tree } from 'web-tree-sitter';
import { loadGrammar } from './grammar';
import { LineIndex } from './text';

export type { Node } from 'web-tree-sitter';

/** Half-open range of UTF-16 offsets in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

let parse: ((text: string) => Tree) | undefined;

/** Loads the grammar, once per process. Must be awaited before {@link PythonSource} is made. */
export async function loadSyntax(): Promise<void> {
  parse ??= await loadGrammar('tree-sitter-python.wasm');
}

/** An attribute by the node of its name; undefined for any other name. */
function attributeOf({ id, parent }: Node): Node | undefined {
  const isName = parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === id;
  return isName ? parent : undefined;
}

/** The outer before the inner, as a walk over the tree finds them. */
const inOrder = (one: Node, other: Node): number =>
  one.startIndex - other.startIndex || other.endIndex - one.endIndex;

/** A parsed Python text. Spans of its nodes are offsets into `text`. */
export class PythonSource {
  readonly lines: LineIndex;
  #root: Node | undefined;
  #hasGrammarLines: boolean | undefined;
  readonly #found = new Map<string, readonly Node[]>();
  readonly #named = new Map<string, readonly Node[]>();

  /** @param path Where it lies in the workspace, if it matters: a relative import means something else elsewhere. */
  constructor(
    readonly text: string,
    readonly path = '',
  ) {
    this.lines = new LineIndex(text);
  }

  get root(): Node {
    if (!parse) throw new Error('loadSyntax() must be awaited first');
    return (this.#root ??= parse(this.text).rootNode);
  }

  /** Makes the tree now, and not when it is first needed. */
  parse(): void {
    void this.root;
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
    if (within.id !== this.root.id) return descendants(within, types);
    const key = String(types);
    const known = this.#found.get(key) ?? descendants(within, types);
    this.#found.set(key, known);
    return [...known];
  }

  /** The nodes of the given types that stand on a line (from 1), at least in part. */
  findOn(line: number, types: string | string[]): Node[] {
    // To the grammar a lone \r ends no line.
    this.#hasGrammarLines ??= !/\r(?!\n)/.test(this.text);
    const column = this.text.length;
    const around = this.#hasGrammarLines
      ? descendants(this.root, types, { row: line - 1, column: 0 }, { row: line - 1, column })
      : this.find(types);
    return around.filter((node) => coversLine(this, node, line));
  }

  /** The identifiers of a name, in the order of the text: found by their text, without a walk over the tree. */
  named(name: string): readonly Node[] {
    const known = this.#named.get(name);
    if (known) return known;
    const found: Node[] = [];
    for (let at = this.text.indexOf(name); at >= 0 && name !== '';) {
      const end = at + name.length;
      const node = this.nodeAt({ start: at, end });
      if (node.type === 'identifier' && node.startIndex === at && node.endIndex === end)
        found.push(node);
      at = this.text.indexOf(name, end);
    }
    this.#named.set(name, found);
    return found;
  }

  /** The attributes of a name, in the order of the text. */
  attributesNamed(name: string): Node[] {
    return this.named(name)
      .flatMap((node) => attributeOf(node) ?? [])
      .sort(inOrder);
  }

  /** The calls of a name, as it is or after a dot, in the order of the text. */
  callsNamed(names: Iterable<string>): Node[] {
    return [...names]
      .flatMap((name) => this.named(name))
      .flatMap((node) => {
        const callee = attributeOf(node) ?? node;
        const { parent } = callee;
        const isCalled =
          parent?.type === 'call' && parent.childForFieldName('function')?.id === callee.id;
        return isCalled ? [parent] : [];
      })
      .sort(inOrder);
  }
}

function descendants(within: Node, types: string | string[], start?: Point, end?: Point): Node[] {
  return within
    .descendantsOfType(types, start, end)
    .filter((node): node is Node => node !== null && node.id !== within.id);
}

/** True for a node that stands on a line (from 1), at least in part. */
export const coversLine = (source: PythonSource, node: Node, line: number): boolean =>
  source.lineOf(node) <= line && line <= source.lines.lineOf(node.endIndex);

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

/** True for a node that is another one, or stands in it. */
export function isWithin(inner: Node, outer: Node): boolean {
  if (inner.id === outer.id) return true;
  const isCovered = outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
  const isSmaller = outer.startIndex < inner.startIndex || inner.endIndex < outer.endIndex;
  // Two nodes of one extent are in each other the one or the other way.
  return isCovered && (isSmaller || [...ancestry(inner)].some(({ id }) => id === outer.id));
}

/** The innermost ancestor (or the node itself) of one of the types. */
export function enclosing(node: Node, ...types: string[]): Node | undefined {
  for (const at of ancestry(node)) if (types.includes(at.type)) return at;
  return undefined;
}

/** True for a node of an import. */
export const isImported = (node: Node): boolean =>
  enclosing(node, 'import_statement', 'import_from_statement') !== undefined;

/** `Outer.method` for a definition; the names of the classes and functions that enclose it, joined by dots. */
export function qualifiedName(definition: Node): string {
  return [...ancestry(definition)]
    .filter((node) => node.type === 'class_definition' || node.type === 'function_definition')
    .map((node) => node.childForFieldName('name')?.text ?? '')
    .reverse()
    .join('.');
}
