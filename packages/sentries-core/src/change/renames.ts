import { diffArrays, type ArrayChange } from 'diff';
import type { PythonSource } from '../python/syntax';
import type { ChangedFile } from './changed-file';
import { lineHunks } from './line-hunks';
import { isDefined, tokensOf, tokensWithin, type Token } from './tokens';
import { moduleSymbols, type ModuleSymbol, type SymbolKind } from './symbols';

/** A symbol that is gone under its old name and stands there under a new one. */
export interface SymbolRename {
  readonly kind: SymbolKind;
  /** Where it is defined, at head. */
  readonly file: string;
  readonly oldName: string;
  readonly newName: string;
  /** The class that holds it, under its old and its new name; empty at module level. */
  readonly owner: string;
  readonly newOwner: string;
  readonly oldLine: number;
  readonly newLine: number;
  readonly oldText: string;
  readonly newText: string;
}

/** Two definitions must share at least this part of their words. */
const ALIKE = 0.6;
/** And the next best candidate must be worse by at least this much. */
const MARGIN = 0.15;
/** Fewer words than this say nothing by themselves: `= 3`. */
const TELLING = 8;

/**
 * The symbols that the change renamed: each removed one with the added one that is the single best match, of
 * the same kind and in the same class, by the words of their definitions.
 *
 * Alike is not enough: `add` may have made way for `multiply`. The definitions must be the same but for names
 * that the change exchanged elsewhere. And they must be long enough to tell; or else the change itself exchanged
 * the old name for the new one where it is used, and then their texts may differ as well.
 */
export function symbolRenames(files: readonly ChangedFile[]): SymbolRename[] {
  const confirmed = usesExchanged(files);
  return files.flatMap((file) => {
    if (!file.old || !file.new) return [];
    const before = moduleSymbols(file.old);
    const after = moduleSymbols(file.new);
    const classes = new Map<string, string>();
    const renames: SymbolRename[] = [];
    const rounds = [
      (symbol: ModuleSymbol) => symbol.kind === 'class',
      (symbol: ModuleSymbol) => symbol.kind !== 'class',
    ];
    for (const wanted of rounds) {
      // A member of a renamed class is looked for in the class under its new name.
      const ownerAtHead = (owner: string): string => classes.get(owner) ?? owner;
      const pathAtHead = ({ owner, name }: ModuleSymbol): string =>
        owner === '' ? name : `${ownerAtHead(owner)}.${name}`;
      const removed = [...before.values()].filter((s) => wanted(s) && !after.has(pathAtHead(s)));
      const kept = new Set([...before.values()].map(pathAtHead));
      const added = [...after.values()].filter((s) => wanted(s) && !kept.has(s.path));
      for (const [old, now] of matches(
        removed,
        added,
        ownerAtHead,
        confirmed,
        memberPairs(before, after),
      )) {
        if (old.kind === 'class') classes.set(old.path, now.path);
        renames.push({
          kind: old.kind,
          file: file.path,
          oldName: old.name,
          newName: now.name,
          owner: old.owner,
          newOwner: now.owner,
          oldLine: old.line,
          newLine: now.line,
          oldText: file.old.lines.line(old.line).trim(),
          newText: file.new.lines.line(now.line).trim(),
        });
      }
    }
    return renames;
  });
}

function matches(
  removed: readonly ModuleSymbol[],
  added: readonly ModuleSymbol[],
  ownerAtHead: (owner: string) => string,
  confirmed: ReadonlyMap<string, number>,
  members: ReadonlySet<string>,
): [ModuleSymbol, ModuleSymbol][] {
  const exchanges = new Set([...confirmed.keys(), ...members]);
  const comparable = (old: ModuleSymbol, now: ModuleSymbol): boolean =>
    old.kind === now.kind && ownerAtHead(old.owner) === now.owner;
  const scores = removed.map((old) =>
    added.map((now) => (comparable(old, now) ? likeness(old.body, now.body) : 0)),
  );
  return removed.flatMap((old, row) => {
    const candidates = scores[row]!.map((score, column) => {
      const swaps = confirmed.get(`${old.name}→${added[column]!.name}`) ?? 0;
      return { score, column, swaps };
    });
    const ranked = candidates.toSorted((a, b) => b.score - a.score || b.swaps - a.swaps);
    const best = ranked[0];
    if (!best || best.score < ALIKE) return [];
    const rivals = [
      ranked[1]?.score ?? 0,
      ...scores.filter((_, other) => other !== row).map((other) => other[best.column]!),
    ];
    const now = added[best.column]!;
    const isClear = Math.max(...rivals) <= best.score - MARGIN;
    const isTelling = old.body.length >= TELLING && isClear;
    if (best.swaps === 0 && !isTelling) return [];
    if (!sameBut(old.body, now.body, exchanges, best.swaps > 0)) return [];
    return [[old, now] as [ModuleSymbol, ModuleSymbol]];
  });
}

/**
 * `old→new` for each name that only the old module's classes have with each that only the new one's have: a
 * renamed class is the same but for such pairs where its members were renamed as well.
 */
function memberPairs(
  before: ReadonlyMap<string, ModuleSymbol>,
  after: ReadonlyMap<string, ModuleSymbol>,
): Set<string> {
  const names = (symbols: ReadonlyMap<string, ModuleSymbol>): Set<string> =>
    new Set([...symbols.values()].filter(({ owner }) => owner !== '').map(({ name }) => name));
  const [old, now] = [names(before), names(after)];
  const added = [...now].filter((name) => !old.has(name));
  return new Set(
    [...old]
      .filter((name) => !now.has(name))
      .flatMap((name) => added.map((other) => `${name}→${other}`)),
  );
}

const TEXT = /^[a-z]{0,2}['"]/i;

/** True for equal words, but for names that the change exchanged where they are used, and perhaps texts. */
function sameBut(
  one: readonly string[],
  other: readonly string[],
  exchanged: ReadonlySet<string>,
  textsToo: boolean,
): boolean {
  return (
    one.length === other.length &&
    one.every((word, at) => {
      const now = other[at]!;
      return (
        word === now ||
        exchanged.has(`${word}→${now}`) ||
        (textsToo && TEXT.test(word) && TEXT.test(now))
      );
    })
  );
}

/** The part of two word lists that is common, in order: 1 for equal ones, 0 for any too different ones. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const total = one.length + other.length;
  // Whatever their order, they can't share more words than this; counting is far cheaper than aligning.
  if ((2 * commonWords(one, other)) / total < ALIKE) return 0;
  // Undefined past the limit, whatever the library's types say.
  const parts: ArrayChange<string>[] | undefined = diffArrays<string>([...one], [...other], {
    maxEditLength: Math.ceil(total * (1 - ALIKE)),
  });
  const kept = (parts ?? []).filter((part) => !part.added && !part.removed);
  return (2 * kept.reduce((sum, part) => sum + part.count, 0)) / total;
}

function commonWords(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of other) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    common += 1;
  }
  return common;
}

/**
 * How often the change exchanged one name for another where it is used: `old→new` → the number of lines that
 * differ by nothing else. Where a name is made says nothing: something else may be made in its place.
 */
function usesExchanged(files: readonly ChangedFile[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { old, new: now } of files) {
    if (!old || !now) continue;
    for (const hunk of lineHunks(old.text, now.text)) {
      hunk.added.forEach((_, at) => {
        if (at >= hunk.removed.length) return;
        const pair = exchanged(
          lineTokens(old, hunk.old.start + at),
          lineTokens(now, hunk.new.start + at),
        );
        if (pair) found.set(pair, (found.get(pair) ?? 0) + 1);
      });
    }
  }
  return found;
}

function lineTokens(source: PythonSource, line: number): Token[] {
  const { lines } = source;
  return tokensWithin(tokensOf(source), lines.lineStart(line), lines.lineStart(line + 1));
}

/** `old→new` where two lines differ by one name, however often it stands there. */
function exchanged(before: readonly Token[], after: readonly Token[]): string | undefined {
  if (before.length !== after.length) return undefined;
  const pairs = new Set<string>();
  let isUsed = false;
  for (const [at, token] of before.entries()) {
    const other = after[at]!;
    if (token.text === other.text) continue;
    if (token.node.type !== 'identifier' || other.node.type !== 'identifier') return undefined;
    pairs.add(`${token.text}→${other.text}`);
    isUsed ||= !isDefined(token);
  }
  return pairs.size === 1 && isUsed ? [...pairs][0] : undefined;
}
