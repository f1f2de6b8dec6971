import type { Node, PythonSource } from '../python/syntax';

/** A leaf of the syntax tree; comments are none, and the content of a string is one. */
export interface Token {
  readonly text: string;
  readonly node: Node;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens that reach into a range of offsets, in order; a string may begin before it. Of an empty range,
 * the token around it.
 */
export function tokensWithin(source: PythonSource, start: number, end: number): Token[] {
  const found: Token[] = [];
  const visit = (node: Node): void => {
    if (node.startIndex >= Math.max(end, start) || node.type === 'comment') return;
    const { startIndex, endIndex } = node;
    const isEmpty = startIndex === endIndex;
    if (isEmpty || endIndex <= start) return;
    if (node.type === 'string_content' || node.childCount === 0) {
      const reaches = start < end || startIndex < start;
      if (reaches) found.push({ text: node.text, node, start: startIndex, end: endIndex });
      return;
    }
    for (const [at, child] of node.children.entries()) {
      // A node ends before the next one starts, and the starts are at hand.
      const isBefore = (node.children[at + 1]?.startIndex ?? Infinity) <= start;
      if (child && !isBefore) visit(child);
    }
  };
  visit(source.root);
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
