import type { Span } from '../../python/syntax';
import type { CodeSymbol, ReferenceKind } from '../reference';

/** A part of a line that may become another one. Offsets are in the line. */
export interface Atom {
  readonly span: Span;
  readonly kind: ReferenceKind;
  /** It may go, with what belongs to it. */
  readonly isGone: boolean;
}

/** What a line became: its atoms as they stand in the new one, in their order, and what changed beside them. */
interface RewrittenLine {
  /** Of each atom, its span in the new line; empty where it went. */
  readonly now: readonly Span[];
  readonly beside: readonly {
    readonly span: Span;
    readonly before: string;
    readonly after: string;
    /** The atom that it stands beside. */
    readonly atom: number;
  }[];
}

/** Words for what a name is; of those that tell it, whether it is one of a class. */
const NOUNS: Readonly<
  Record<string, { kinds: readonly CodeSymbol['kind'][]; isMember?: boolean }>
> = {
  function: { kinds: ['function'], isMember: false },
  method: { kinds: ['function'], isMember: true },
  class: { kinds: ['class'] },
  exception: { kinds: ['class'] },
  module: { kinds: ['module'] },
  package: { kinds: ['module'] },
  constant: { kinds: ['variable'] },
  variable: { kinds: ['variable', 'env'], isMember: false },
  attribute: { kinds: ['variable'], isMember: true },
  parameter: { kinds: ['parameter'] },
  argument: { kinds: ['parameter'] },
  option: { kinds: ['option'] },
  flag: { kinds: ['option'] },
};

/** False for a word that tells of another kind of thing. */
export function isNounFor(word: string, kind: CodeSymbol['kind'], isMember: boolean): boolean {
  const noun = NOUNS[word.toLowerCase()];
  if (!noun) return true;
  return noun.kinds.includes(kind) && (noun.isMember ?? isMember) === isMember;
}

/** How each kind is written. A name can be no markup, no prose and no second name. */
const WRITTEN: Partial<Record<ReferenceKind, string>> = {
  default: `"[^"\\\\\\n<>]*"|'[^'\\\\\\n<>]*'|[-+\\w.]+(?:\\(\\))?|\\[\\]|\\{\\}|\\(\\)`,
  path: '[\\w./#?-]+',
  option: '--?[A-Za-z][\\w-]*',
  'config-key': '[\\w.-]+',
};
const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*';

const NOUN = `(?:${Object.keys(NOUNS).join('|')})`;
/** Marks between words and a name: emphasis, quotes, the beginning of a role. */
const OPENING = '(?::[\\w:+-]+:)?[\\x60*_"\'~!{}]*';
const BEFORE = new RegExp(`(?:\\b(an?)([ \\t]+))?(?:\\b(${NOUN})([ \\t]+))?(${OPENING})$`, 'i');
const AFTER = new RegExp(`^([\\x60*_"']*(?:\\(\\))?[\\x60*_"']*[ \\t]+)(${NOUN})\\b`, 'i');

/**
 * Reads a new line against the old one. Every word and sign must be the same, and only the atoms may differ; beside an atom
 * `a` may become `an`, and the word for its kind another such word. So no number, no negation and no claim can come or
 * go, and nothing be linked that was not. Pure.
 *
 * @param atoms In their order, none within another.
 * @returns undefined where anything else differs.
 */
export function rewrittenLine(
  old: string,
  now: string,
  atoms: readonly Atom[],
): RewrittenLine | undefined {
  const pattern: string[] = [];
  /** Of each group, what of the old line it stands for: an atom, or a word beside one. */
  const groups: { readonly span: Span; readonly atom: number; readonly isBeside: boolean }[] = [];
  const literally = (text: string): void => void pattern.push(quoted(text));
  const beside = (span: Span, choices: string, atom: number): void => {
    pattern.push(`(${choices})`);
    groups.push({ span, atom, isBeside: true });
  };
  for (let at = 0; at <= atoms.length; at += 1) {
    const [from, to] = [atoms[at - 1]?.span.end ?? 0, atoms[at]?.span.start ?? old.length];
    const between = old.slice(from, to);
    let start = 0;
    const after = at > 0 ? AFTER.exec(between) : null;
    if (after) {
      const noun = after[1]!.length;
      start = after[0].length;
      literally(after[1]!);
      beside({ start: from + noun, end: from + start }, cased(after[2]!, NOUN), at - 1);
    }
    const rest = between.slice(start);
    const before = at < atoms.length ? BEFORE.exec(rest) : null;
    literally(before ? rest.slice(0, before.index) : rest);
    if (!before) continue;
    let place = from + start + before.index;
    const [, article, gap = '', noun, space = '', marks = ''] = before;
    const word = (text: string | undefined, choices: string, tail: string): void => {
      if (text !== undefined) {
        beside({ start: place, end: place + text.length }, choices, at);
        literally(tail);
      }
      place += (text ?? '').length + tail.length;
    };
    word(article, article === undefined ? '' : `${article[0]!}n?`, gap);
    word(noun, noun === undefined ? '' : cased(noun, NOUN), space);
    literally(marks);
    atom(at);
  }
  function atom(at: number): void {
    const { span, kind, isGone } = atoms[at]!;
    const written = `${quoted(old.slice(span.start, span.end))}|${WRITTEN[kind] ?? NAME}`;
    pattern.push(isGone ? `(${quoted(old.slice(span.start, span.end))}|)` : `(${written})`);
    groups.push({ span, atom: at, isBeside: false });
  }
  const match = new RegExp(`^${pattern.join('')}$`, 'du').exec(now);
  if (!match) return undefined;
  const spans = match.indices!.slice(1).map((found) => ({ start: found![0], end: found![1] }));
  return {
    now: groups.flatMap(({ isBeside }, index) => (isBeside ? [] : [spans[index]!])),
    beside: groups.flatMap(({ span, atom: own, isBeside }, index) => {
      const [before, after] = [old.slice(span.start, span.end), match[index + 1]!];
      return isBeside && before !== after ? [{ span, before, after, atom: own }] : [];
    }),
  };
}

/** Words as the old one is written: at the beginning of a sentence with a capital. */
const cased = (old: string, choices: string): string =>
  /^[A-Z]/.test(old)
    ? choices.replace(/[a-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1))
    : choices;

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** What of a line came and went by words, for people and models. */
export function wordsBetween(old: string, now: string, names: readonly string[]): string {
  const words = (text: string): string[] =>
    text.match(/[\p{L}\p{N}_]+(?:[.'-][\p{L}\p{N}_]+)*|[^\s]/gu) ?? [];
  const without = (some: readonly string[], others: readonly string[]): string[] => {
    const left = [...others];
    return some.filter((word) => {
      const at = left.indexOf(word);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const [before, after] = [words(old), words(now)];
  const [came, went] = [without(after, before), without(without(before, after), names)];
  const shown = (some: readonly string[]): string => JSON.stringify(some.join(' ').slice(0, 80));
  if (came.length + went.length === 0) return 'the order of its words, or the space between them';
  return [
    ...(went.length > 0 ? [`${shown(went)} went`] : []),
    ...(came.length > 0 ? [`${shown(came)} came`] : []),
  ].join(', ');
}
