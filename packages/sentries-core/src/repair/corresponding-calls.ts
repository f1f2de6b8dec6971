import type { SignatureChange } from '../change/parameters';
import type { Parameter, Signature } from '../change/signatures';
import { bare, calleeName } from '../python/call';
import { parts, type Node } from '../python/syntax';
import type { Walk } from './correspondence';
import { takesNow } from './results';
import { supplies } from './supplied';

/**
 * True where a call of the code under test is another one as the change made it: each parameter gets what it got, and
 * only those that are new, or have to be given now, get something in addition.
 */
export function correspondingCalls(walk: Walk, one: Node, other: Node): boolean {
  const [old, now] = [calleeName(one), calleeName(other)];
  if (old !== now && !walk.evidence.isRenamed(old, now)) return false;
  const changes = walk.evidence.signatures(old, now);
  if (changes.length === 0) return false;
  const [was, is] = [one, other].map((call) => call.childForFieldName('function')!);
  return walk.attempt(
    () => walk.isSame(was!, is!) && changes.every((change) => correspond(walk, one, other, change)),
  );
}

/** Parameter → what it gets; of `*rest` all of it. */
type Bound = Map<string, Node[]>;

function bind(call: Node, { parameters }: Signature): Bound | undefined {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return undefined;
  const bound: Bound = new Map();
  const places = parameters.filter(({ kind }) => kind !== 'keyword-only' && kind !== 'keywords');
  let at = 0;
  for (const argument of parts(list)) {
    if (argument.type === 'dictionary_splat') return undefined;
    const name =
      argument.type === 'keyword_argument'
        ? parameters.find((one) => one.name === argument.childForFieldName('name')!.text)?.name
        : places[at]?.name;
    if (name === undefined) return undefined;
    const isRest = argument.type !== 'keyword_argument' && places[at]!.kind === 'rest';
    if (argument.type === 'list_splat' && !isRest) return undefined;
    if (!isRest && bound.has(name)) return undefined;
    const value =
      argument.type === 'keyword_argument' ? argument.childForFieldName('value')! : argument;
    bound.set(name, [...(bound.get(name) ?? []), bare(value)]);
    if (argument.type !== 'keyword_argument' && !isRest) at += 1;
  }
  return bound;
}

function correspond(walk: Walk, one: Node, other: Node, change: SignatureChange): boolean {
  const [was, is] = [bind(one, change.old), bind(other, change.new)];
  if (!was || !is) return inOrder(walk, one, other, change);
  const callee = calleeName(other);
  const orphans: Bound = new Map();
  for (const [name, values] of was) {
    const now = change.now.get(name);
    const given = now && is.get(now.name);
    if (!now) orphans.set(name, values);
    else if (!given || !isGiven(walk, values, given, kindOf(change.old, name), now, callee))
      return false;
    else is.delete(now.name);
  }
  const left = [...is].map(([name, values]) => ({ name, values }));
  const fresh = left.filter(({ name }) => isFresh(name, change));
  if (fresh.length < left.length) return false;
  return (
    fresh.every(({ values }) =>
      values.every((value) => gathers(walk, value, orphans) || supplies(walk, value, callee)),
    ) && orphans.size === 0
  );
}

/** Where arguments are unpacked, they come first, as they are, and fill all that there was. */
function inOrder(walk: Walk, one: Node, other: Node, change: SignatureChange): boolean {
  const [was, is] = [one, other].map((call) => parts(call.childForFieldName('arguments')!));
  const isSame = was!.every((node, at) => is![at] !== undefined && walk.isSame(node, is![at]));
  const old = change.old.parameters;
  const isFull = old.every(
    ({ name, kind, default: value }, at) =>
      kind === 'either' && value === null && change.new.parameters[at]?.name === name,
  );
  const isMore = (node: Node, at: number): boolean =>
    isFresh(
      node.childForFieldName('name')?.text ?? change.new.parameters[old.length + at]?.name ?? '',
      change,
    );
  return (
    isSame &&
    isFull &&
    is!
      .slice(was!.length)
      .every(
        (node, at) =>
          !node.type.endsWith('_splat') &&
          isMore(node, at) &&
          supplies(walk, node, calleeName(other)),
      )
  );
}

const kindOf = ({ parameters }: Signature, name: string): Parameter['kind'] =>
  parameters.find((one) => one.name === name)!.kind;

/** What a parameter got, in the form in which it takes it now. */
function isGiven(
  walk: Walk,
  was: readonly Node[],
  is: readonly Node[],
  kind: Parameter['kind'],
  now: Parameter,
  callee: string,
): boolean {
  const each = (old: readonly Node[], other: readonly Node[]): boolean =>
    old.length === other.length && old.every((node, at) => walk.isSame(node, other[at]!));
  if ((kind === 'rest') === (now.kind === 'rest'))
    return each(was, is) || (was.length === 1 && isWrapped(walk, was[0]!, is[0]!, now, callee));
  const [rest, [whole]] = now.kind === 'rest' ? [is, was] : [was, is];
  const turn = (one: readonly Node[], list: readonly Node[]): boolean =>
    now.kind === 'rest' ? each(list, one) : each(one, list);
  if (rest.length === 1 && rest[0]!.type === 'list_splat')
    return turn([parts(rest[0]!)[0]!], [whole!]);
  return /^(list|tuple)$/.test(whole!.type) && turn(rest, parts(whole!));
}

/** `Path("a")` for `"a"`, where the parameter is annotated so now. */
function isWrapped(walk: Walk, was: Node, is: Node, now: Parameter, callee: string): boolean {
  const list = is.type === 'call' ? parts(is.childForFieldName('arguments')!) : [];
  const definitions = walk.evidence.altered(callee);
  const name = calleeName(is);
  return (
    list.length === 1 &&
    definitions !== undefined &&
    !/^(int|bool|float|set|frozenset|str)$/.test(name) &&
    takesNow(definitions, now.name, name) &&
    walk.isSame(was, list[0]!)
  );
}

/**
 * A parameter that has to be given and had not to be before. What may be left out has to do without: a test that fails without it
 * shows a mistake.
 */
function isFresh(name: string, { old, new: now, now: kept }: SignatureChange): boolean {
  const before = [...kept].find(([, { name: one }]) => one === name)?.[0];
  const had = old.parameters.find((one) => one.name === before)?.default;
  const isNeeded = now.parameters.find((one) => one.name === name)?.default === null;
  return isNeeded && had !== null;
}

/** An object that the change added, made of what was given one by one; takes it away from what is missing. */
function gathers(walk: Walk, value: Node, orphans: Bound): boolean {
  const maker = value.type === 'call' ? calleeName(value) : '';
  const signature = walk.evidence.isAdded(maker) ? walk.evidence.maker(maker) : undefined;
  const given = signature && bind(value, signature);
  if (!given || orphans.size === 0) return false;
  const isSame = [...orphans].every(([name, [node]]) => {
    const [now] = given.get(name) ?? [];
    return node !== undefined && now !== undefined && walk.isSame(node, now);
  });
  const more = [...given].filter(([name]) => !orphans.has(name)).flatMap(([, nodes]) => nodes);
  if (!isSame || !more.every((node) => supplies(walk, node, maker))) return false;
  orphans.clear();
  return true;
}
