import { documents, type DocumentedLine } from '../change/documentation';
import type { LiteralChange } from '../change/literals';
import type { SymbolValue } from './alignment';
import { explainText } from './rewording';
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
  return explainLeaves([{ before, now }], literals);
}

type Meaning = PyValue | SymbolValue;

/** The literals that show why several values became others, each of which must be explained. */
export function explainLeaves(
  pairs: readonly { readonly before: Meaning; readonly now: Meaning }[],
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const used = new Set<LiteralChange>();
  for (const { before, now } of pairs) {
    const isSymbol = before.kind === 'symbol' || now.kind === 'symbol';
    const leaves: [Meaning, Meaning][] | undefined = isSymbol
      ? [[before, now]]
      : differingLeaves(before, now);
    if (!leaves) return undefined;
    for (const [one, other] of leaves) {
      const why = explainLeaf(one, other, literals);
      if (!why) return undefined;
      for (const change of why) used.add(change);
    }
  }
  return used.size === 0 ? undefined : [...used];
}

/** The pairs of leaves that differ; undefined where the two values are not of one shape. */
function differingLeaves(one: PyValue, other: PyValue): [PyValue, PyValue][] | undefined {
  if (sameValue(one, other)) return [];
  if ('items' in one && 'items' in other && one.kind === other.kind) {
    if (one.kind === 'set' || one.items.length !== other.items.length) return undefined;
    return merged(one.items.map((item, at) => differingLeaves(item, other.items[at]!)));
  }
  if (one.kind === 'dict' && other.kind === 'dict')
    return differingEntries(one.entries, other.entries);
  return isContainer(one) || isContainer(other) ? undefined : [[one, other]];
}

type Entries = readonly (readonly [PyValue, PyValue])[];

/** As above, of two dicts; one key may have become another one, whose value is in its place. */
function differingEntries(one: Entries, other: Entries): [PyValue, PyValue][] | undefined {
  if (one.length !== other.length) return undefined;
  const keys = ([key]: Entries[number]): string => canonical(key);
  const [mine, theirs] = [new Set(one.map(keys)), new Set(other.map(keys))];
  const gone = one.filter((entry) => !theirs.has(keys(entry)));
  const come = other.filter((entry) => !mine.has(keys(entry)));
  if (gone.length !== come.length || gone.length > 1) return undefined;
  const values = new Map(other.map((entry) => [keys(entry), entry]));
  return merged(
    one.map((entry) => {
      const match = values.get(keys(entry)) ?? come[0]!;
      return merged([differingLeaves(entry[0], match[0]), differingLeaves(entry[1], match[1])]);
    }),
  );
}

const isContainer = (value: PyValue): boolean => 'items' in value || value.kind === 'dict';

function merged<T>(lists: readonly (T[] | undefined)[]): T[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

function explainLeaf(
  one: Meaning,
  other: Meaning,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  if (one.kind === 'str' && other.kind === 'str') {
    return explainText(one.value, other.value, literals);
  }
  const [old, now] = [literalText(one), literalText(other)];
  const isSymbol = one.kind === 'symbol';
  const change = literals.find(
    ({ kind, ...literal }) =>
      (isSymbol ? kind === 'member' : kind === 'number' || kind === 'constant') &&
      literal.old === old &&
      literal.new === now,
  );
  return old !== undefined && change ? [change] : undefined;
}

/** The lines of the documentation that say of all differing values what they are now. */
export function documentedLeaves(
  pairs: readonly { readonly before: Meaning; readonly now: Meaning }[],
  lines: readonly DocumentedLine[],
): DocumentedLine[] | undefined {
  const found = pairs.map(({ before, now }) => {
    const [old, text] = [wordsOf(before), wordsOf(now)];
    return old === undefined || text === undefined ? undefined : documents(lines, old, text);
  });
  return found.some((line) => !line) ? undefined : [...new Set(found.map((line) => line!))];
}

/** A value as documentation has it. */
const wordsOf = (value: Meaning): string | undefined =>
  value.kind === 'str' ? value.value : literalText(value);

/** How a number or constant is written in source in its plain form. */
function literalText(value: Meaning): string | undefined {
  if (value.kind === 'symbol') return value.name;
  if (value.kind === 'constant') return value.text;
  if (value.kind === 'int') return String(value.value);
  return value.kind === 'float' ? String(value.value) : undefined;
}
