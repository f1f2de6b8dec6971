import type { FailureFact } from '../pytest/facts';
import { decoratorsAround } from '../python/decorators';
import { enclosing, isWithin, parts, type Node, type PythonSource } from '../python/syntax';
import { boundValue } from './binding';
import { isOnlyExpected } from './expectation';
import { parametrized, valuesOf } from './parametrize';
import { binds } from './references';
import { isRefusal, type Refusal } from './strategy';
import { weight } from './weight';

/** The value of a parameter in the failing row of the decorator that gives it. */
export function rowValue(source: PythonSource, failure: FailureFact, use: Node): Node | Refusal {
  const test = enclosing(use, 'function_definition');
  const name = use.text;
  if (!test || test.childForFieldName('name')?.text !== failure.function) {
    return { refused: 'the assert is not in the parametrized test itself' };
  }
  if (assigns(source, test, name)) return { refused: `${name} is assigned in the test` };
  if (!isOnlyExpected(source, test, name)) {
    return { refused: `${name} is used for more than an expectation` };
  }
  for (const decorator of decoratorsAround(test)) {
    const rows = parametrized(parts(decorator)[0]);
    if (!rows?.names.includes(name)) continue;
    const row = rows.list.at(failure.rows[name]!);
    if (!row || rows.list.some(({ type }) => type === 'list_splat')) break;
    const values = valuesOf(row);
    const value =
      rows.names.length === 1 && row.type !== 'call' ? row : values[rows.names.indexOf(name)];
    if (value && weight(value) > 0) return value;
    const bound = value && boundValue(source, value);
    if (bound && (isRefusal(bound) || weight(bound) > 0)) return bound;
    return { refused: `the row's value of ${name} is not a literal` };
  }
  return { refused: `no list of rows for ${name} stands at the test` };
}

function assigns(source: PythonSource, test: Node, name: string): boolean {
  const body = test.childForFieldName('body') ?? test;
  return source.named(name).some((node) => isWithin(node, body) && binds(node));
}
