import { enclosing, parts, type Node, type PythonSource } from '../../python/syntax';
import { literalValue } from '../../python/value';
import type { FailureFact } from '../../pytest/facts';
import { binds } from '../references';
import { isRefusal, type Refusal, type Strategy } from '../strategy';
import { failedEquality, proposeValue } from './expected-value';

/** `assert f(x) == expected`, where `expected` comes from a row of `@pytest.mark.parametrize`. */
export const parametrizeRow: Strategy = {
  id: 'parametrize-row',
  propose(failure, context) {
    if (Object.keys(failure.rows).length === 0) return undefined;
    const equality = failedEquality(failure, context);
    if (!equality || isRefusal(equality)) return equality;
    const { file, source, sides } = equality;
    const [left, right] = sides;
    const parameters = sides.filter(
      ({ node }) => node.type === 'identifier' && node.text in failure.rows,
    );
    if (parameters.length === 2) return { refused: 'both sides of the assert are parameters' };
    const expected = parameters[0];
    if (!expected) return undefined;
    const observed = expected === left ? right : left;
    const literal = rowValue(source, failure, expected.node);
    if (isRefusal(literal)) return literal;
    return proposeValue(this.id, { file, source, literal }, expected.fact, observed.fact, context);
  },
};

/** The value of a parameter in the failing row of the decorator that gives it. */
function rowValue(source: PythonSource, failure: FailureFact, use: Node): Node | Refusal {
  const test = enclosing(use, 'function_definition');
  const name = use.text;
  if (!test || test.childForFieldName('name')?.text !== failure.function) {
    return { refused: 'the assert is not in the parametrized test itself' };
  }
  if (assigns(source, test, name)) return { refused: `${name} is assigned in the test` };
  for (const decorator of decorators(test)) {
    const rows = parametrized(decorator, name);
    if (!rows) continue;
    const row = rows.list.at(failure.rows[name]!);
    if (!row || rows.list.some(({ type }) => type === 'list_splat')) break;
    const values = valuesOf(row);
    const value =
      rows.names.length === 1 && row.type !== 'call' ? row : values[rows.names.indexOf(name)];
    if (value && literalValue(value) !== undefined) return value;
    return { refused: `the row's value of ${name} is not a literal` };
  }
  return { refused: `no list of rows for ${name} stands at the test` };
}

function assigns(source: PythonSource, test: Node, name: string): boolean {
  const names = source.find('identifier', test.childForFieldName('body') ?? test);
  return names.some((node) => node.text === name && binds(node));
}

/** The decorators of a test and of the classes around it. */
function decorators(test: Node): Node[] {
  const found: Node[] = [];
  for (let at: Node | null = test; at; at = at.parent) {
    if (at.type === 'decorated_definition') {
      found.push(...parts(at).filter(({ type }) => type === 'decorator'));
    }
  }
  return found;
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
