import type { Node, PythonSource } from '../python/syntax';

/** A leaf of the syntax tree; comments are none, and the content of a string is one. */
export interface Token {
  readonly text: string;
  readonly node: Node;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

const cache = new WeakMap<PythonSource, readonly Token[]>();

/** The tokens of a source, in order. */
export function tokensOf(source: PythonSource): readonly Token[] {
  const known = cache.get(source);
  if (known) return known;
  const found: Token[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'comment') return;
    if (node.type === 'string_content' || node.childCount === 0) {
      const { text, startIndex: start, endIndex: end } = node;
      if (text !== '') found.push({ text, node, start, end });
      return;
    }
    for (const child of node.children) if (child) visit(child);
  };
  visit(source.root);
  cache.set(source, found);
  return found;
}

/**
 * The tokens that reach into a range of offsets; a string may begin before it. Of an empty range, the token
 * around it.
 */
export function tokensWithin(tokens: readonly Token[], start: number, end: number): Token[] {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  const found: Token[] = [];
  for (let at = low; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token.start >= Math.max(end, start)) break;
    if (start < end || token.start < start) found.push(token);
  }
  return found;
}

/** True for the name in a definition, of a parameter or left of `=`: where it is made, not used. */
export function isDefined({ node }: Pick<Token, 'node'>): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (PARAMETERS.includes(parent.type)) return node.type === 'identifier';
  if (/^(typed_)?default_parameter$/.test(parent.type))
    return parent.childForFieldName('name')?.id === node.id;
  if (parent.type === 'attribute' && parent.parent?.type === 'assignment') {
    return parent.parent.childForFieldName('left')?.id === parent.id;
  }
  const field = parent.type === 'assignment' ? 'left' : 'name';
  return (
    ['function_definition', 'class_definition', 'assignment'].includes(parent.type) &&
    parent.childForFieldName(field)?.id === node.id
  );
}

const PARAMETERS = ['parameters', 'lambda_parameters', 'typed_parameter'];
