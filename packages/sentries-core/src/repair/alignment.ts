import { parts, type Node } from '../python/syntax';
import { canonical, literalValue, sameValue, type PyValue } from '../python/value';
import { bare } from '../python/call';
import { alignCall } from './constructed';
import { alignTemplate } from './template';
import { built } from './text-expression';
import { isRefusal, type Refusal } from './strategy';

/** A member of an enum, whose name stands for it. */
export interface SymbolValue {
  readonly kind: 'symbol';
  readonly name: string;
}

/** A literal of the test that is stale, and what it is to become. */
export interface Leaf {
  readonly node: Node;
  readonly before: PyValue | SymbolValue;
  readonly now: PyValue | SymbolValue;
  /** A literal of the new value, from another source. */
  readonly model: Node;
}

/** Where the value of a name was written, given what it was; undefined where that is not known. */
export type Resolve = (node: Node, compared?: Node) => Node | Refusal | undefined;

/**
 * What must change in an expected value so that it is the observed one.
 *
 * The three are walked side by side, as far down as their shapes agree. What is no literal must not differ.
 *
 * @param expected As the test writes it.
 * @param compared The value it had, from the facts: the literals of `expected` must be just that.
 * @param observed The value it was compared with, from the facts.
 */
export function align(
  expected: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal {
  const node = bare(expected);
  const children = childrenOf(node, compared, observed);
  if (children) return all(children.map(([e, c, o]) => align(e, c, o, resolve)));
  const before = valueOf(node);
  if (before) return leaf(node, before, compared, observed);
  if (sameText(compared, observed)) return [];
  return (
    alignSymbol(node, compared, observed) ??
    alignCall(node, compared, observed, resolve) ??
    alignText(node, compared, observed, resolve) ??
    alignBound(node, compared, observed, resolve) ??
    notLiteral(node)
  );
}

/** The leaves of several parts, or the first reason against one of them. */
export function all(answers: readonly (Leaf[] | Refusal)[]): Leaf[] | Refusal {
  const refusal = answers.find((answer) => isRefusal(answer));
  return refusal ?? (answers as Leaf[][]).flat();
}

const notLiteral = (node: Node): Refusal => ({
  refused: `what differs is not a literal: ${node.text.split('\n')[0]}`,
});

export const NOT_COMPARED: Refusal = { refused: 'the literal is not the value that was compared' };

/** The value of a literal; `set()` is one here. */
export function valueOf(node: Node): PyValue | undefined {
  return node.text === 'set()' ? { kind: 'set', items: [] } : literalValue(node);
}

const sameText = (one: Node, other: Node): boolean =>
  one.text === other.text || sameSource(valueOf(one), valueOf(other));

const sameSource = (one?: PyValue, other?: PyValue): boolean =>
  one !== undefined && other !== undefined && sameValue(one, other);

function leaf(node: Node, before: PyValue, compared: Node, observed: Node): Leaf[] | Refusal {
  if (!sameSource(before, valueOf(compared))) return NOT_COMPARED;
  const now = valueOf(observed);
  if (!now) return { refused: `the observed value has no literal: ${observed.text}` };
  return sameValue(before, now) ? [] : [{ node, before, now, model: observed }];
}

type Triple = readonly [Node, Node, Node];

/** The elements of three containers of one shape, matched. */
function childrenOf(expected: Node, compared: Node, observed: Node): Triple[] | undefined {
  const { type } = expected;
  if (type !== compared.type || type !== observed.type) return undefined;
  const [e, c, o] = [parts(expected), parts(compared), parts(observed)];
  if (type === 'list' || type === 'tuple') {
    if (e.length !== c.length || e.length !== o.length) return undefined;
    return e.map((item, at) => [item, c[at]!, o[at]!]);
  }
  if (type === 'set') return oneExchanged(e, c, o);
  if (type !== 'dictionary') return undefined;
  const [theirs, news] = [byKey(c), byKey(o)];
  if (theirs.size !== e.length || news.size !== e.length) return undefined;
  const [stale, ...more] = e.filter((pair) => theirs.has(keyOf(pair)) && !news.has(keyOf(pair)));
  if (stale && more.length === 0) return withOneKey(stale, e, c, o);
  const found = e.map((pair) => [
    pair.childForFieldName('value'),
    theirs.get(keyOf(pair)),
    news.get(keyOf(pair)),
  ]);
  return found.every((triple) => triple.every(Boolean))
    ? (found as unknown as Triple[])
    : undefined;
}

/** The entries of three dicts, where one key became another. */
function withOneKey(
  stale: Node,
  expected: readonly Node[],
  compared: readonly Node[],
  observed: readonly Node[],
): Triple[] | undefined {
  const was = compared.find((pair) => keyOf(pair) === keyOf(stale));
  const is = observed.find((pair) => !byKey(compared).has(keyOf(pair)));
  if (!was || !is) return undefined;
  const found = expected.flatMap((pair): Triple[] => {
    const match = (pairs: readonly Node[]) => pairs.find((other) => keyOf(other) === keyOf(pair));
    const [c, o] = pair.id === stale.id ? [was, is] : [match(compared), match(observed)];
    return c && o ? ['key', 'value'].map((field) => fieldOf([pair, c, o], field)) : [];
  });
  return found.length === 2 * expected.length ? found : undefined;
}

const fieldOf = (pairs: Triple, field: string): Triple =>
  pairs.map((pair) => pair.childForFieldName(field)!) as unknown as Triple;

const byKey = (pairs: readonly Node[]): Map<string, Node | null> =>
  new Map(pairs.map((pair) => [keyOf(pair), pair.childForFieldName('value')]));

function keyOf(pair: Node): string {
  const key = pair.childForFieldName('key');
  const value = key && literalValue(key);
  return value ? canonical(value) : pair.text;
}

/**
 * The one element by which two groups differ that have no order; undefined where they differ by more, or where
 * it can't be told which of the expected elements that is.
 */
export function oneExchanged(
  expected: readonly Node[],
  compared: readonly Node[],
  observed: readonly Node[],
): Triple[] | undefined {
  const gone = without(compared, observed);
  const come = without(observed, compared);
  const stale = expected.filter((node) =>
    gone.some((other) => sameSource(valueOf(node), valueOf(other))),
  );
  if (gone.length !== 1 || come.length !== 1 || stale.length !== 1) return undefined;
  return [[stale[0]!, gone[0]!, come[0]!]];
}

function without(from: readonly Node[], taken: readonly Node[]): Node[] {
  const left = [...taken];
  return from.filter((node) => {
    const at = left.findIndex((other) => sameText(node, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** `Color.RED`, where the facts name members of that enum. */
function alignSymbol(node: Node, compared: Node, observed: Node): Leaf[] | Refusal | undefined {
  if (node.type !== 'attribute' || compared.type !== 'attribute') return undefined;
  const [mine, was, is] = [node, compared, observed].map(({ text }) => text.split('.'));
  if (mine!.slice(-2).join('.') !== was!.slice(-2).join('.')) return NOT_COMPARED;
  if (observed.type !== 'attribute' || was!.slice(0, -1).join() !== is!.slice(0, -1).join()) {
    return { refused: `${node.text} is a symbol, and the observed value is none of its kind` };
  }
  const [before, now] = [was!.at(-1)!, is!.at(-1)!];
  const name = node.childForFieldName('attribute')!;
  return [
    {
      node: name,
      before: { kind: 'symbol', name: before },
      now: { kind: 'symbol', name: now },
      model: observed.childForFieldName('attribute')!,
    },
  ];
}

/** A text that an expression makes of literals, as `dedent` does. */
function alignText(
  node: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal | undefined {
  const was = literalValue(compared);
  if (was?.kind !== 'str') return undefined;
  const is = literalValue(observed);
  const text = built(node, resolve);
  if (!text) return is?.kind === 'str' ? alignTemplate(node, was.value, is.value) : undefined;
  if (text.value !== was.value) return NOT_COMPARED;
  return is?.kind === 'str' ? text.back(is.value) : notLiteral(node);
}

function alignBound(
  node: Node,
  compared: Node,
  observed: Node,
  resolve: Resolve,
): Leaf[] | Refusal | undefined {
  const value = resolve(node, compared);
  // What a name stands for is not looked up again: `a = b` tells nothing of where b is used.
  return value && ('refused' in value ? value : align(value, compared, observed, () => undefined));
}
