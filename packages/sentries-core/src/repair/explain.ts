import type { LiteralChange } from '../change/literals';
import { canonical, sameValue, type PyValue } from '../python/value';

/**
 * The literals of the change that show why one expected value became another; undefined where they do not.
 *
 * Every leaf that differs must be explained: a number or constant by a literal that the change replaced in
 * just that way, a text by literals (or pieces of them, between placeholders) whose replacement in the old
 * text gives exactly the new one.
 */
export function explain(
  before: PyValue,
  now: PyValue,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const leaves = differingLeaves(before, now);
  if (!leaves || leaves.length === 0) return undefined;
  const used = new Set<LiteralChange>();
  for (const [one, other] of leaves) {
    const why = explainLeaf(one, other, literals);
    if (!why) return undefined;
    for (const change of why) used.add(change);
  }
  return [...used];
}

/** The pairs of leaves that differ; undefined where the two values are not of one shape. */
function differingLeaves(one: PyValue, other: PyValue): [PyValue, PyValue][] | undefined {
  if (sameValue(one, other)) return [];
  if ('items' in one && 'items' in other && one.kind === other.kind) {
    if (one.kind === 'set' || one.items.length !== other.items.length) return undefined;
    return merged(one.items.map((item, at) => differingLeaves(item, other.items[at]!)));
  }
  if (one.kind === 'dict' && other.kind === 'dict') {
    const values = new Map(other.entries.map(([key, value]) => [canonical(key), value]));
    if (values.size !== one.entries.length) return undefined;
    return merged(
      one.entries.map(([key, value]) => {
        const match = values.get(canonical(key));
        return match && differingLeaves(value, match);
      }),
    );
  }
  return isContainer(one) || isContainer(other) ? undefined : [[one, other]];
}

const isContainer = (value: PyValue): boolean => 'items' in value || value.kind === 'dict';

function merged<T>(lists: readonly (T[] | undefined)[]): T[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

function explainLeaf(
  one: PyValue,
  other: PyValue,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  if (one.kind === 'str' && other.kind === 'str')
    return explainText(one.value, other.value, literals);
  const [old, now] = [literalText(one), literalText(other)];
  const change = literals.find(
    (literal) => literal.kind !== 'string' && literal.old === old && literal.new === now,
  );
  return old !== undefined && change ? [change] : undefined;
}

/** How a number or constant is written in source in its plain form. */
function literalText(value: PyValue): string | undefined {
  if (value.kind === 'constant') return value.text;
  if (value.kind === 'int') return String(value.value);
  return value.kind === 'float' ? String(value.value) : undefined;
}

/** More steps than this are a rewrite, not a few replaced words. */
const MAX_STEPS = 4;

/**
 * A text is explained where replacing the changed pieces, each everywhere it stands, leads to the new text
 * exactly. Tried breadth first, so that the fewest pieces are named.
 */
function explainText(
  one: string,
  other: string,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const steps = literals.flatMap((change) =>
    pieces(change).map(([old, now]) => ({ change, old, now })),
  );
  // What tells most is tried first.
  steps.sort((a, b) => b.old.length - a.old.length);
  let states = new Map<string, LiteralChange[]>([[one, []]]);
  for (let round = 0; round < MAX_STEPS; round += 1) {
    const next = new Map<string, LiteralChange[]>();
    for (const [text, path] of states) {
      for (const { change, old, now } of steps) {
        if (path.includes(change)) continue;
        const result = replaced(text, change.kind, old, now);
        if (result === text) continue;
        if (result === other) return [...path, change];
        if (next.size < 200 && !states.has(result)) next.set(result, [...path, change]);
      }
    }
    states = next;
  }
  return undefined;
}

const NUMBER = /\d+(?:\.\d+)*/g;

/** A text with a piece replaced everywhere; a number only where it is not part of another. */
function replaced(text: string, kind: LiteralChange['kind'], old: string, now: string): string {
  return kind === 'number'
    ? text.replace(NUMBER, (number) => (number === old ? now : number))
    : text.replaceAll(old, () => now);
}

/** What a `%` or `str.format` template leaves open. */
const PLACEHOLDER = /%(?:\(\w+\))?[#0\- +]*[\d.]*[a-zA-Z]|\{[^{}]*\}/;

/**
 * The replaced texts of a change: the whole content and, for a template, each piece between its
 * placeholders. A piece must be able to tell something: one blank or comma alone does not.
 */
function pieces(change: LiteralChange): [string, string][] {
  if (change.kind === 'number') return change.old.length > 1 ? [[change.old, change.new]] : [];
  if (change.kind === 'constant') return [];
  const old = change.old.split(PLACEHOLDER);
  const now = change.new.split(PLACEHOLDER);
  const found: [string, string][] = [[change.old, change.new]];
  if (old.length > 1 && old.length === now.length) {
    old.forEach((piece, at) => found.push([piece, now[at]!]));
  }
  return found.filter(([before, after]) => before !== after && /[\p{L}\p{N}]/u.test(before));
}
