import { parts, type Node } from '../../python/syntax';

/**
 * An expression as words: `Client(url).get` is `Client()`, `get`. A word ends in parentheses where what it stands for is
 * called. Undefined where words don't say what it is.
 */
export function pathOf(node: Node): readonly string[] | undefined {
  switch (node.type) {
    case 'identifier':
      return [node.text];
    case 'attribute': {
      const object = pathOf(node.childForFieldName('object')!);
      return object && [...object, node.childForFieldName('attribute')!.text];
    }
    case 'call': {
      const callee = pathOf(node.childForFieldName('function')!);
      return callee && called(callee);
    }
    case 'await':
    case 'parenthesized_expression': {
      const [inner, ...others] = parts(node);
      return inner && others.length === 0 ? pathOf(inner) : undefined;
    }
    default:
      return undefined;
  }
}

/** What calling it gives. */
export const called = (path: readonly string[]): readonly string[] => [
  ...path.slice(0, -1),
  `${path.at(-1)!}()`,
];

/** True for a value that is written out: a text, a number, a list. */
export function isMadeByText(node: Node): boolean {
  if (node.type === 'parenthesized_expression') return parts(node).some(isMadeByText);
  return /^(string|concatenated_string|integer|float|list|dictionary|set|tuple|true|false|none|\w+_comprehension|generator_expression|comparison_operator|not_operator|ellipsis)$/.test(
    node.type,
  );
}
