import type { FailureFact } from '../pytest/facts';
import { decoratorsAround } from '../python/decorators';
import { enclosing, isWithin, parts, type Node, type PythonSource } from '../python/syntax';
import { literalValue } from '../python/value';
import { binds } from './references';
import type { Refusal } from './strategy';
import { weight } from './weight';

/** The value of a parameter in the failing row of the decorator that gives it. */
export function rowValue(source: PythonSource, failure: FailureFact, use: Node): Node | Refusal {
  const test = enclosing(use, 'function_definition');
  const name = use.text;
  if (!test || test.childForFieldName('name')?.text !== failure.function) {
    return { refused: 'the assert is not in the parametrized test itself' };
  }
  if (assigns(source, test, name)) return { refused: `${name} is assigned in the test` };
  for (const decorator of decoratorsAround(test)) {
    const rows = parametrized(decorator, name);
    if (!rows) continue;
    const row = rows.list.at(failure.rows[name]!);
    if (!row || rows.list.some(({ type }) => type === 'list_splat')) break;
    const values = valuesOf(row);
    const value =
      rows.names.length === 1 && row.type !== 'call' ? row : values[rows.names.indexOf(name)];
    if (value && weight(value) > 0) return value;
    return { refused: `the row's value of ${name} is not a literal` };
  }
  return { refused: `no list of rows for ${name} stands at the test` };
}

function assigns(source: PythonSource, test: Node, name: string): boolean {
  const body = test.childForFieldName('body') ?? test;
  return source.named(name).some((node) => isWithin(node, body) && binds(node));
}

/** The names and the rows of a `parametrize` decorator that gives `name`. */
function parametrized(
  decorator: Node,
  name: string,
): { names: string[]; list: Node[] } | undefined {
  const call = parts(decorator)[0];
  const callee = call?.childForFieldName('function')?.text ?? '';
  const [first, second] = parts(call?.childForFieldName('arguments') ?? decorator).map(
    (argument) =>
      argument.type === 'keyword_argument' ? argument.childForFieldName('value')! : argument,
  );
  if (!callee.endsWith('parametrize') || !first || !second) return undefined;
  const names = argumentNames(first);
  if (!names.includes(name) || !['list', 'tuple'].includes(second.type)) return undefined;
  return { names, list: parts(second) };
}

/** `"a, b"`, `["a", "b"]` or `("a", "b")`. */
function argumentNames(node: Node): string[] {
  const value = literalValue(node);
  if (value?.kind === 'str') return value.value.split(',').map((name) => name.trim());
  if (value?.kind !== 'list' && value?.kind !== 'tuple') return [];
  return value.items.flatMap((item) => (item.kind === 'str' ? [item.value] : []));
}

/** The values of a row: of a tuple or a list, or the positional arguments of `pytest.param`. */
function valuesOf(row: Node): Node[] {
  if (row.type !== 'call') return parts(row);
  const callee = row.childForFieldName('function')?.text ?? '';
  const values = callee.endsWith('param') ? parts(row.childForFieldName('arguments')!) : [];
  return values.filter(({ type }) => type !== 'keyword_argument');
}
