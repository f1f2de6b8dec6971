import type { ChangedFile } from './changed-file';
import { ALIKE, likeness } from './likeness';
import { nameExchanges } from './exchanges';
import { moduleSymbols, type ModuleSymbol, type SymbolKind } from './symbols';

/** A symbol that is gone under its old name and stands there under a new one. */
export interface SymbolRename {
  readonly kind: SymbolKind;
  /** Where it is defined, at head. */
  readonly file: string;
  /** Where it was defined, at the base. */
  readonly oldFile: string;
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
  return successions(files, (_, now) => now === undefined);
}

/**
 * The symbols that stay, but warn now of being deprecated, each with the added one that is what it was before:
 * renames whose old name is still there for a while.
 */
export function deprecations(files: readonly ChangedFile[]): SymbolRename[] {
  return successions(files, (old, now) => now !== undefined && warns(now) && !warns(old));
}

const WARNING = /\b(deprecated|(Pending)?DeprecationWarning|FutureWarning)\b/;

/** A look at the text is far cheaper than one at its words. */
const warns = ({ text, body }: ModuleSymbol): boolean =>
  WARNING.test(text) && body.some((word) => WARNING.exec(word)?.[0] === word);

/** Symbols that the change gave up, with those that took their place. */
function successions(
  files: readonly ChangedFile[],
  isGivenUp: (old: ModuleSymbol, now: ModuleSymbol | undefined) => boolean,
): SymbolRename[] {
  const confirmed = new Map<string, number>();
  for (const { pair, isAlone } of nameExchanges(files))
    if (isAlone) confirmed.set(pair, (confirmed.get(pair) ?? 0) + 1);
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
      const removed = [...before.values()].filter(
        (s) => wanted(s) && isGivenUp(s, after.get(pathAtHead(s))),
      );
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
          oldFile: file.oldPath,
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
