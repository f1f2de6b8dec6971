import type { SignatureChange } from '../change/parameters';
import type { Parameter } from '../change/signatures';
import { parts, PythonSource, spanOf, type Node } from '../python/syntax';
import { literalValue, sameValue } from '../python/value';
import type { Refusal } from './strategy';
import type { TextEdit } from './text-edit';

export interface Rebound {
  readonly edits: readonly TextEdit[];
  /** How many arguments are left. */
  readonly left: number;
  /** Parameters that need a value which the call does not give. */
  readonly needed: readonly Parameter[];
}

/** An argument of a call, and the name it is given by. */
interface Argument {
  readonly node: Node;
  readonly label: Node | null;
  readonly value: Node;
}

/**
 * Writes a call that was right for the old parameters so that each of its values reaches the same parameter
 * again. Undefined where there is nothing to do: it was not right before, or it is right still.
 */
export function rebind(call: Node, change: SignatureChange): Rebound | Refusal | undefined {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return undefined;
  const nodes = parts(list);
  if (nodes.some(({ type }) => type.endsWith('splat'))) return relabelled(nodes, change);
  const args = nodes.map(argumentOf);
  const [old, now] = [change.old.parameters, change.new.parameters];
  const meant = bind(args.map(labelOf), old);
  if (!meant || meant.missing.length > 0) return undefined;
  const fits = bind(args.map(labelOf), now);
  if (fits?.missing.length === 0) return undefined;
  const isByPlace = args.filter(({ label }) => !label).length > 1;
  if (isByPlace && isReordered(change)) return { refused: 'the order of the parameters changed' };
  const edits: TextEdit[] = [];
  const dropped: Argument[] = [];
  const labels: (string | null)[] = [];
  let mustName = false;
  for (const [at, argument] of args.entries()) {
    const was = meant.bound[at]!;
    const to = target(was, change);
    if (to === 'unclear')
      return { refused: `${was.name} may have been renamed, or made way for another parameter` };
    if (!to) {
      if (!isDefault(argument.value, was))
        return { refused: `the parameter ${was.name} was removed, and the call gives it a value` };
      dropped.push(argument);
      continue;
    }
    if (argument.label) {
      const name = to.kind === 'keywords' ? argument.label.text : to.name;
      if (to.kind === 'positional-only')
        return { refused: `${name} can't be given by its name any more` };
      if (name !== argument.label.text) edits.push({ span: spanOf(argument.label), after: name });
      labels.push(name);
    } else if (!mustName && takes(now, labels.length) === to) labels.push(null);
    else if (to.kind === 'positional-only' || to.kind === 'rest') {
      return { refused: `the place of ${was.name} in the call is another one now` };
    } else {
      mustName = true;
      const { start } = spanOf(argument.node);
      edits.push({ span: { start, end: start }, after: `${to.name}=` });
      labels.push(to.name);
    }
  }
  const result = bind(labels, now);
  if (!result) return { refused: `the call does not fit the parameters that are there now` };
  const removals = dropped.length > 0 ? without(list, nodes, dropped) : [];
  if ('refused' in removals) return removals;
  return { edits: [...edits, ...removals], left: labels.length, needed: result.missing };
}

/**
 * True where parameters that stayed are in another order: whether the values of a call are to change places
 * with them, only the one who swapped them knows.
 */
function isReordered({ old, new: now, now: successors }: SignatureChange): boolean {
  const places = old.parameters
    .filter(({ kind }) => kind === 'either' || kind === 'positional-only')
    .flatMap(({ name }) => successors.get(name) ?? [])
    .filter(({ kind }) => kind === 'either' || kind === 'positional-only')
    .map((parameter) => now.parameters.indexOf(parameter));
  return places.some((place, at) => at > 0 && place < places[at - 1]!);
}

const argumentOf = (node: Node): Argument =>
  node.type === 'keyword_argument'
    ? { node, label: node.childForFieldName('name'), value: node.childForFieldName('value')! }
    : { node, label: null, value: node };

const labelOf = ({ label }: Argument): string | null => label?.text ?? null;

function target(was: Parameter, change: SignatureChange): Parameter | 'unclear' | undefined {
  const to = change.now.get(was.name);
  if (to) return to;
  if (change.unclear.has(was.name)) return 'unclear';
  // `*args` under another name takes the same values.
  if (was.kind === 'rest' || was.kind === 'keywords')
    return change.new.parameters.find(({ kind }) => kind === was.kind);
  return undefined;
}

/** The parameter that the positional argument at a place goes to. */
function takes(parameters: readonly Parameter[], at: number): Parameter | undefined {
  const positional = parameters.filter(
    ({ kind }) => kind === 'positional-only' || kind === 'either',
  );
  return positional[at] ?? parameters.find(({ kind }) => kind === 'rest');
}

/** Which parameter each argument goes to, and which are left without; undefined where an argument has none. */
function bind(
  labels: readonly (string | null)[],
  parameters: readonly Parameter[],
): { readonly bound: readonly Parameter[]; readonly missing: readonly Parameter[] } | undefined {
  const bound: Parameter[] = [];
  for (const [at, label] of labels.entries()) {
    const named = parameters.find(
      ({ name, kind }) => name === label && (kind === 'either' || kind === 'keyword-only'),
    );
    const to =
      label === null
        ? takes(parameters, at)
        : (named ?? parameters.find(({ kind }) => kind === 'keywords'));
    const isTaken = to && to.kind !== 'rest' && to.kind !== 'keywords' && bound.includes(to);
    if (!to || isTaken) return undefined;
    bound.push(to);
  }
  const missing = parameters.filter((one) => one.default === null && !bound.includes(one));
  return { bound, missing };
}

/** Of a call with `*` or `**`, only what it names is known: what was renamed, and is taken by no name now. */
function relabelled(nodes: readonly Node[], change: SignatureChange): Rebound | undefined {
  const takesAny = change.new.parameters.some(({ kind }) => kind === 'keywords');
  const edits = nodes.flatMap((node) => {
    const label = node.type === 'keyword_argument' ? node.childForFieldName('name') : null;
    const to = label && change.now.get(label.text);
    const isStale = to && !change.new.parameters.some(({ name }) => name === label.text);
    return isStale && !takesAny ? [{ span: spanOf(label), after: to.name }] : [];
  });
  return edits.length > 0 ? { edits, left: nodes.length, needed: [] } : undefined;
}

/** A call that gave the value which it would have had anyway says nothing by it. */
function isDefault(node: Node, parameter: Parameter): boolean {
  const value = literalValue(node);
  if (!value || parameter.default === null || parameter.default === '') return false;
  const expression = parts(parts(new PythonSource(parameter.default).root)[0]!)[0];
  const known = expression && literalValue(expression);
  return known !== undefined && sameValue(value, known);
}

/** The edits that take arguments away, each with the comma that comes with it. */
function without(
  list: Node,
  nodes: readonly Node[],
  dropped: readonly Argument[],
): TextEdit[] | Refusal {
  const isKept = nodes.map((node) => !dropped.some((one) => one.node.id === node.id));
  const edits: TextEdit[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    if (isKept[at]) continue;
    let end = at;
    while (end + 1 < nodes.length && !isKept[end + 1]) end += 1;
    // Up to the next argument; after the last one kept where there is none.
    const next = nodes[end + 1];
    const span = next
      ? { start: nodes[at]!.startIndex, end: next.startIndex }
      : {
          start: at > 0 ? nodes[at - 1]!.endIndex : nodes[at]!.startIndex,
          end: at > 0 ? nodes[end]!.endIndex : list.endIndex - 1,
        };
    edits.push({ span, after: '' });
    at = end;
  }
  const hasComment = list.namedChildren.some((child) => child?.type === 'comment');
  return hasComment ? { refused: 'comments stand between the arguments' } : edits;
}
