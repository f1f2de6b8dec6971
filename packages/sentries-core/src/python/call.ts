import { parts, type Node } from './syntax';

/** Without the parentheses around it. */
export function bare(node: Node): Node {
  const inner = node.type === 'parenthesized_expression' ? parts(node) : [];
  return inner.length === 1 ? bare(inner[0]!) : node;
}

/** The last name of what is called: `raises` of `pytest.raises(…)`. */
export function calleeName(call: Node): string {
  const callee = call.childForFieldName('function');
  return (
    (callee?.type === 'attribute' ? callee.childForFieldName('attribute') : callee)?.text ?? ''
  );
}
