import { parts, type Node } from '../python/syntax';
import { literalValue } from '../python/value';

/** The names and the rows that a call of `parametrize` gives, where its rows stand there. */
export function parametrized(
  call: Node | undefined,
): { readonly names: string[]; readonly list: Node[] } | undefined {
  const callee = call?.childForFieldName('function')?.text ?? '';
  const list = call?.childForFieldName('arguments');
  if (!callee.endsWith('parametrize') || !list) return undefined;
  const [first, second] = parts(list).map((argument) =>
    argument.type === 'keyword_argument' ? argument.childForFieldName('value')! : argument,
  );
  if (!first || !second || !['list', 'tuple'].includes(second.type)) return undefined;
  return { names: argumentNames(first), list: parts(second) };
}

/** `"a, b"`, `["a", "b"]` or `("a", "b")`. */
function argumentNames(node: Node): string[] {
  const value = literalValue(node);
  if (value?.kind === 'str') return value.value.split(',').map((name) => name.trim());
  if (value?.kind !== 'list' && value?.kind !== 'tuple') return [];
  return value.items.flatMap((item) => (item.kind === 'str' ? [item.value] : []));
}

/** The values of a row: of a tuple or a list, or the positional arguments of `pytest.param`. */
export function valuesOf(row: Node): Node[] {
  if (row.type !== 'call') return parts(row);
  const callee = row.childForFieldName('function')?.text ?? '';
  const values = callee.endsWith('param') ? parts(row.childForFieldName('arguments')!) : [];
  return values.filter(({ type }) => type !== 'keyword_argument');
}
