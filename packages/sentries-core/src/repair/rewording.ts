import type { LiteralChange } from '../change/literals';

/** More steps than this are a rewrite, not a few replaced words. */
const MAX_STEPS = 4;
const MAX_STATES = 200;

/** One replacement that the change shows, in a text. */
interface Step {
  readonly change: LiteralChange;
  /** How much it tells: what tells most is tried first. */
  readonly weight: number;
  readonly apply: (text: string) => string;
}

/**
 * A text is explained where replacing the changed pieces, each everywhere it stands, leads to the new text
 * exactly. The fewest pieces are named.
 */
export function explainText(
  one: string,
  other: string,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  return search(one, literals.flatMap(steps), (text) => text === other)[0]?.[1];
}

/**
 * The texts that replacements of the change make of a text that is a part of what it replaced, with the
 * fewest steps that lead to one which is wanted.
 */
export function rewordings(
  text: string,
  literals: readonly LiteralChange[],
  isWanted: (text: string) => boolean,
): [string, LiteralChange[]][] {
  const all = [...literals.flatMap(steps), ...literals.flatMap(core)];
  // Several literals may have the same words; the one that has most of the text is the one it is a part of.
  const weighed = all.map((step) =>
    step.apply(text) === text ? step : { ...step, weight: common(text, step.change.old) },
  );
  // What tells nothing any more would be in every text.
  return search(text, weighed, (made) => tells(made) && isWanted(made));
}

/** The length of the longest text that is in both. */
function common(one: string, other: string): number {
  let longest = 0;
  for (let start = 0; start + longest < one.length; start += 1) {
    while (start + longest < one.length && other.includes(one.slice(start, start + longest + 1))) {
      longest += 1;
    }
  }
  return longest;
}

/** All wanted texts of the first round that has one; breadth first. */
function search(
  start: string,
  unsorted: readonly Step[],
  isWanted: (text: string) => boolean,
): [string, LiteralChange[]][] {
  const sorted = unsorted.toSorted((a, b) => b.weight - a.weight);
  const seen = new Set([start]);
  let states: [string, LiteralChange[]][] = [[start, []]];
  for (let round = 0; round < MAX_STEPS && states.length > 0; round += 1) {
    const next: [string, LiteralChange[]][] = [];
    for (const [text, path] of states) {
      for (const { change, apply } of sorted) {
        if (path.includes(change) || next.length > MAX_STATES) continue;
        const result = apply(text);
        if (seen.has(result)) continue;
        seen.add(result);
        next.push([result, [...path, change]]);
      }
    }
    const found = next.filter(([text]) => isWanted(text));
    if (found.length > 0) return found;
    states = next;
  }
  return [];
}

const NUMBER = /\d+(?:\.\d+)*/g;
/** What a `%` or `str.format` template leaves open. */
const PLACEHOLDER = /%(?:\(\w+\))?[#0\- +]*[\d.]*[a-zA-Z]|\{[^{}]*\}/;

/** A piece must be able to tell something: one blank or comma alone does not. */
const tells = (piece: string): boolean => /[\p{L}\p{N}]/u.test(piece);

/**
 * The replacements of a change: of the whole content and, for a template, of each piece between its
 * placeholders and of all pieces together. A number is replaced where it is not part of another.
 */
function steps(change: LiteralChange): Step[] {
  const { kind, old, new: now } = change;
  const replacing = (before: string, after: string): Step[] =>
    before === after || !tells(before)
      ? []
      : [{ change, weight: before.length, apply: (text) => text.replaceAll(before, () => after) }];
  if (kind === 'number' && old.length > 1) {
    const apply = (text: string): string =>
      text.replace(NUMBER, (number) => (number === old ? now : number));
    return [{ change, weight: old.length, apply }];
  }
  if (kind !== 'string') return [];
  const [olds, news] = [old.split(PLACEHOLDER), now.split(PLACEHOLDER)];
  if (olds.length === 1 || olds.length !== news.length) return replacing(old, now);
  const pieces = olds.flatMap((piece, at) => replacing(piece, news[at]!));
  return [...replacing(old, now), ...pieces, ...template(change, olds, news)];
}

/** A template as a whole: what stands in the open places stays. */
function template(change: LiteralChange, olds: string[], news: string[]): Step[] {
  if (!tells(olds.join(''))) return [];
  const pattern = new RegExp(olds.map(escaped).join('([^]*?)'), 'g');
  const apply = (text: string): string =>
    text.replace(pattern, (_, ...groups: unknown[]) =>
      news.reduce((made, piece, at) => made + String(groups[at - 1]) + piece),
    );
  return [{ change, weight: olds.join('').length, apply }];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The words by which a replaced text differs from the new one, where they stand as words. */
function core(change: LiteralChange): Step[] {
  if (change.kind !== 'string') return [];
  const words = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^]/gu) ?? [];
  const [old, now] = [words(change.old), words(change.new)];
  const limit = Math.min(old.length, now.length);
  let start = 0;
  while (start < limit && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < limit - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [before, after] = [old, now].map((all) => all.slice(start, all.length - end).join(''));
  if (before === undefined || !tells(before) || !after || PLACEHOLDER.test(before + after))
    return [];
  const edge = '[\\p{L}\\p{N}_]';
  const pattern = new RegExp(`(?<!${edge})${escaped(before)}(?!${edge})`, 'gu');
  const apply = (text: string): string => text.replace(pattern, () => after);
  return [{ change, weight: before.length, apply }];
}
