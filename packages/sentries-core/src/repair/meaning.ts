import { calleeName } from '../python/call';
import { enclosing, type Node } from '../python/syntax';
import { literalValue, type PyValue } from '../python/value';
import type { SymbolValue } from './alignment';

interface ExceptionValue {
  readonly kind: 'exception';
  readonly name: string;
}

/** What an expression of a test means by itself, as far as its text tells. */
export type Meaning = PyValue | SymbolValue | ExceptionValue;

/** The value of a literal; the class that is expected to be raised; the member of a class that is expected. */
export function meaningOf(node: Node): Meaning | undefined {
  const literal = literalValue(node);
  if (literal) return literal;
  if (node.type !== 'identifier' && node.type !== 'attribute') return undefined;
  const list = node.parent?.type === 'tuple' ? node.parent.parent : node.parent;
  const call = list?.type === 'argument_list' ? list.parent : undefined;
  if (call?.type === 'call' && EXPECTING.test(calleeName(call)))
    return { kind: 'exception', name: lastName(node.text) };
  const isMember = node.type === 'attribute' && /(^|\.)[A-Z]\w*\.\w+$/.test(node.text);
  const isCalled = node.parent?.childForFieldName('function')?.id === node.id;
  const isExpected = enclosing(node, 'assert_statement', 'call')?.type === 'assert_statement';
  return isMember && !isCalled && isExpected
    ? { kind: 'symbol', name: lastName(node.text) }
    : undefined;
}

const lastName = (path: string): string => path.split('.').at(-1)!;

const EXPECTING = /^(raises|warns|assertRaises|assertWarns|assertRaisesRegex|assertWarnsRegex)$/;
