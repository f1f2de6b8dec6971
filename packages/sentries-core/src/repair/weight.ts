import { parts, type Node } from '../python/syntax';
import { literalValue } from '../python/value';
import { bare } from '../python/call';
import { argumentsOf } from './call';
import { isConstructor } from './constructed';
import { isTemplate } from './template';
import { built } from './text-expression';

/** A name in capitals after a class: `Color.RED`. */
const SYMBOL = /^(\w+\.)*[A-Z]\w*\.[A-Z_][A-Z0-9_]*$/;

/** How much of an expectation an expression is: a literal through and through 2, one in parts 1, none 0. */
export function weight(expression: Node): 0 | 1 | 2 {
  const node = bare(expression);
  if (literalValue(node) || node.text === 'set()') return 2;
  const isPartly =
    elementsOf(node).some((element) => weight(element) > 0) ||
    SYMBOL.test(node.text) ||
    built(node, () => undefined) !== undefined ||
    isTemplate(node);
  return isPartly ? 1 : 0;
}

function elementsOf(node: Node): Node[] {
  if (['list', 'tuple', 'set'].includes(node.type)) return parts(node);
  if (node.type === 'dictionary') {
    return parts(node).flatMap((pair) => pair.childForFieldName('value') ?? []);
  }
  return isConstructor(node) ? [...(argumentsOf(node)?.values() ?? [])] : [];
}
