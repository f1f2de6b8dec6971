import type { FrameFact } from '../pytest/facts';
import { bare, calleeName } from '../python/call';
import { ancestry, parts, PythonSource, type Node } from '../python/syntax';
import { literalValue, sameValue } from '../python/value';
import { align } from './alignment';
import { boundValue } from './binding';
import { argumentsOf } from './call';
import { isExpectation, isVariable } from './expectation';
import { binds } from './references';
import { isRefusal, type Refusal } from './strategy';

/** The value at a place of a row: of `for i, (a, b) in …`, the place of `b` is `[1, 1]`. */
type Table = readonly ((place: readonly number[]) => Node | undefined)[];

/**
 * The value that a loop over a table in the test gave a name: `for given, expected in [(…), (…)]`.
 *
 * The row is the only one that has the value that was compared and, where that is not enough, what the other
 * names of the loop were.
 *
 * @returns undefined where no loop over a table that stands in the test gives the name.
 */
export function tableRow(
  source: PythonSource,
  use: Node,
  compared: Node,
  frame: FrameFact | undefined,
): Node | Refusal | undefined {
  const loop = loopOf(use);
  const names = loop && placesOf(loop.childForFieldName('left')!);
  const place = names?.get(use.text);
  const table = loop && place && tableOf(source, bare(loop.childForFieldName('right')!));
  if (!table) return undefined;
  if (isRefusal(table)) return table;
  const inside = source
    .find('identifier', loop.childForFieldName('body')!)
    .filter((node) => isVariable(node));
  const ours = inside.filter(({ text }) => text === use.text);
  if (ours.some((node) => binds(node))) return { refused: `${use.text} is bound in a loop` };
  if (ours.some((node) => !isExpectation(source, node))) {
    return { refused: `${use.text} is used for more than an expectation` };
  }
  const alike = table.filter((row) => {
    const value = row(place);
    return value && !isRefusal(align(value, compared, compared, () => undefined));
  });
  const others = [...names!].filter(([name]) => !inside.some((n) => n.text === name && binds(n)));
  const found = alike.length > 1 ? alike.filter((row) => isRow(row, others, frame)) : alike;
  if (found.length === 1) return found[0]!(place);
  return {
    refused: `${found.length === 0 ? 'no row' : 'more than one row'} of the table may be the one that gave ${use.text}`,
  };
}

/** The loop around a use, within its function, that binds the name. */
function loopOf(use: Node): Node | undefined {
  for (const at of ancestry(use)) {
    if (at.type === 'function_definition' || at.type === 'lambda') return undefined;
    const left = at.type === 'for_statement' ? at.childForFieldName('left') : null;
    if (left && placesOf(left).has(use.text)) return at;
  }
  return undefined;
}

function placesOf(pattern: Node, place: readonly number[] = []): Map<string, readonly number[]> {
  if (pattern.type === 'identifier') return new Map([[pattern.text, place]]);
  if (!['pattern_list', 'tuple_pattern', 'list_pattern'].includes(pattern.type)) return new Map();
  const items = parts(pattern);
  // What stands after a star has no place of its own.
  const star = items.findIndex(({ type }) => type === 'list_splat_pattern');
  const known = star < 0 ? items : items.slice(0, star);
  return new Map(known.flatMap((item, at) => [...placesOf(item, [...place, at])]));
}

function tableOf(source: PythonSource, iterable: Node): Table | Refusal | undefined {
  if (iterable.type === 'call') return ofCall(source, iterable);
  const value = iterable.type === 'list' || iterable.type === 'tuple' ? iterable : undefined;
  const list = value ?? boundValue(source, iterable);
  if (!list || isRefusal(list)) return list;
  if (list.type !== 'list' && list.type !== 'tuple') return undefined;
  const rows = parts(list);
  if (rows.some(({ type }) => type === 'list_splat')) return undefined;
  return rows.map((row) => (place) => at(row, place));
}

function ofCall(source: PythonSource, call: Node): Table | Refusal | undefined {
  const name = calleeName(call);
  const callee = call.childForFieldName('function')!;
  const given = argumentsOf(call);
  if (callee.type === 'identifier' && given?.has('0') && name === 'enumerate') {
    const table = tableOf(source, given.get('0')!);
    if (!table || isRefusal(table)) return table;
    return table.map(
      (row) =>
        ([first, ...rest]) =>
          first === 1 ? row(rest) : undefined,
    );
  }
  if (name === 'items' && callee.type === 'attribute' && given?.size === 0) {
    const object = bare(callee.childForFieldName('object')!);
    const value = object.type === 'dictionary' ? object : boundValue(source, object);
    if (!value || isRefusal(value) || value.type !== 'dictionary') {
      return value && isRefusal(value) ? value : undefined;
    }
    const pairs = parts(value);
    if (pairs.some(({ type }) => type !== 'pair')) return undefined;
    return pairs.map((pair) => ([first, ...rest]) => {
      const part = pair.childForFieldName(first === 0 ? 'key' : 'value');
      return first !== undefined && part ? at(part, rest) : undefined;
    });
  }
  return undefined;
}

function at(value: Node, place: readonly number[]): Node | undefined {
  const [first, ...rest] = place;
  if (first === undefined) return bare(value);
  const row = bare(value);
  if (row.type !== 'list' && row.type !== 'tuple') return undefined;
  const items = parts(row);
  if (items.slice(0, first + 1).some(({ type }) => type === 'list_splat')) return undefined;
  return items[first] && at(items[first], rest);
}

/** False for a row that a name of the loop can't have got its value from. */
function isRow(
  row: Table[number],
  names: readonly (readonly [string, readonly number[]])[],
  frame: FrameFact | undefined,
): boolean {
  return names.every(([name, place]) => {
    const was = frame?.locals?.[name];
    const written = row(place);
    const [one, other] = [written && literalValue(written), was && valueOf(was)];
    return !one || !other || sameValue(one, other);
  });
}

function valueOf(text: string): ReturnType<typeof literalValue> {
  const statement = parts(new PythonSource(text).root)[0];
  const expression = statement && parts(statement)[0];
  return expression && literalValue(expression);
}
