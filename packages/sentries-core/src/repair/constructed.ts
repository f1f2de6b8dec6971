import { parts, type Node } from '../python/syntax';
import { literalValue } from '../python/value';
import {
  align,
  all,
  NOT_COMPARED,
  oneExchanged,
  valueOf,
  type Leaf,
  type Resolve,
} from './alignment';
import { calleeName } from '../python/call';
import { argumentsOf } from './call';
import type { Refusal } from './strategy';

const CLOCK = ['hour', 'minute', 'second', 'microsecond', 'tzinfo'];

/** The parameters of calls that stand for a value, in their order; those that may be left out are 0 or None. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Decimal: ['value'],
  Fraction: ['numerator', 'denominator'],
  Path: ['path'],
  PurePath: ['path'],
  UUID: ['hex'],
  date: ['year', 'month', 'day'],
  datetime: ['year', 'month', 'day', ...CLOCK],
  frozenset: ['items'],
  time: CLOCK,
  timedelta: ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks'],
  timezone: ['offset', 'name'],
};

/** What a class is called whose instances are made by the name of another. */
const MADE_BY: Readonly<Record<string, string>> = {
  PosixPath: 'Path',
  WindowsPath: 'Path',
  PurePosixPath: 'PurePath',
  PureWindowsPath: 'PurePath',
};

const nameOf = (call: Node): string => {
  const name = calleeName(call);
  return MADE_BY[name] ?? name;
};

/** True for a call that writes a value, like `Decimal("1.0")`. */
export const isConstructor = (node: Node): boolean =>
  node.type === 'call' &&
  (nameOf(node) in PARAMETERS || ['call', 'approx', 'dict', 'set'].includes(nameOf(node)));

/** Aligns what is written by a call: plain types, `mock.call` and `pytest.approx`. */
export function alignCall(
  expected: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal | undefined {
  if (!isConstructor(expected)) return undefined;
  const name = nameOf(expected);
  if (name === 'dict') return alignDict(expected, compared, observed, resolve);
  if (name.endsWith('set')) return alignSet(expected, compared, observed, resolve);
  if (compared.type !== 'call') return undefined;
  if (nameOf(compared) !== name) return NOT_COMPARED;
  if (name === 'approx') {
    const [mine, was] = [argumentsOf(expected), argumentsOf(compared)];
    const [e, c] = [mine?.get('0') ?? mine?.get('expected'), was?.get('0')];
    return e && c ? align(e, c, observed, resolve) : undefined;
  }
  if (observed.type !== 'call' || nameOf(observed) !== name) {
    return { refused: `${expected.text} became a value of another type: ${observed.text}` };
  }
  return alignArguments(expected, compared, observed, resolve, PARAMETERS[name]);
}

/** `dict(a=1)`, of which the facts say `{'a': 1}`. */
function alignDict(
  expected: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal | undefined {
  const given = argumentsOf(expected);
  const [was, is] = [compared, observed].map((node) =>
    node.type === 'dictionary' ? entriesOf(node) : undefined,
  );
  if (!given || !was || !is || given.has('0')) return undefined;
  if ([was, is].some(({ size }) => size !== given.size)) return undefined;
  const triples = [...given].map(([name, value]) => [value, was.get(name), is.get(name)] as const);
  if (triples.some((triple) => triple.includes(undefined))) return undefined;
  return all(triples.map(([e, c, o]) => align(e, c!, o!, resolve)));
}

function entriesOf(dictionary: Node): Map<string, Node> {
  return new Map(
    parts(dictionary).flatMap((pair): [string, Node][] => {
      const [key, value] = [pair.childForFieldName('key'), pair.childForFieldName('value')];
      const name = key && literalValue(key);
      return name?.kind === 'str' && value ? [[name.value, value]] : [];
    }),
  );
}

/** `set([1, 2])` and `frozenset([1, 2])`, of which the facts say `{1, 2}` and `frozenset({1, 2})`. */
function alignSet(
  expected: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal | undefined {
  const plain = nameOf(expected) === 'set';
  const itemsOf = (node: Node): Node | undefined => {
    if (plain) return node;
    return node.type === 'call' && calleeName(node) === 'frozenset'
      ? argumentsOf(node)?.get('0')
      : undefined;
  };
  const list = argumentsOf(expected)?.get('0');
  const [was, is] = [itemsOf(compared), itemsOf(observed)];
  if (!list || was?.type !== 'set' || is?.type !== 'set') return undefined;
  if (!['list', 'tuple', 'set'].includes(list.type)) return undefined;
  const triples = oneExchanged(parts(list), parts(was), parts(is));
  return triples && all(triples.map(([e, c, o]) => align(e, c, o, resolve)));
}

/**
 * Aligns the arguments of three calls. An argument that the test leaves out must not differ: what is not
 * written can't be edited.
 */
export function alignArguments(
  expected: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
  parameters: readonly string[] = [],
): Leaf[] | Refusal {
  const [e, c, o] = [expected, compared, observed].map((call) => named(call, parameters));
  if (!e || !c || !o) return { refused: 'an argument of the call is unpacked' };
  return all(
    [...new Set([...e.keys(), ...c.keys(), ...o.keys()])].map((key) => {
      const [mine, was, is] = [e.get(key), c.get(key), o.get(key)];
      if (mine && was && is) return align(mine, was, is, resolve);
      const isOptional = parameters.includes(key);
      const text = (node: Node | undefined): string => (node && !isDefault(node) ? node.text : '');
      if (isOptional && !mine && text(was) === '' && text(is) === '') return [];
      if (isOptional && mine && text(mine) === '' && text(was) === '' && text(is) === '') return [];
      return { refused: `the calls differ by the argument ${key}, which is not in each of them` };
    }),
  );
}

function named(call: Node, parameters: readonly string[]): Map<string, Node> | undefined {
  const found = argumentsOf(call);
  return found && new Map([...found].map(([key, node]) => [parameters[Number(key)] ?? key, node]));
}

function isDefault(node: Node): boolean {
  const value = literalValue(node);
  if (value?.kind === 'int') return value.value === 0n;
  return value?.kind === 'constant' && value.text === 'None';
}

/** Aligns lists that are compared without their order. */
export function alignUnordered(
  expected: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal {
  const isList = [expected, compared, observed].every(({ type }) =>
    ['list', 'tuple', 'set'].includes(type),
  );
  const triples =
    isList && valueOf(expected)
      ? oneExchanged(parts(expected), parts(compared), parts(observed))
      : undefined;
  if (!triples) return { refused: 'more than one element differs, and they have no order' };
  return all(triples.map(([e, c, o]) => align(e, c, o, resolve)));
}
