import type { ChangedFile } from './changed-file';
import { ALIKE, likeness } from './likeness';
import { nameExchanges, type NameExchange } from './exchanges';
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
 * that the change renamed, or exchanged outside of them (`get_min` that took the maximum would be its own
 * witness), and for what they call their own variables. And they must be long enough to tell, or be but another name
 * for the same class or function; or else the change itself exchanged the old name for the new one where it is used,
 * and then their texts may differ as well.
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
  const alone = nameExchanges(files).filter(({ isAlone }) => isAlone);
  // What is renamed may be used in what else is renamed.
  let known: SymbolRename[] = [];
  for (;;) {
    const pairs = known.map(({ oldName, newName }) => `${oldName}→${newName}`);
    const found = files.flatMap((file) => successionsIn(file, isGivenUp, { alone, pairs }));
    if (found.length <= known.length) return found;
    known = found;
  }
}

/** What tells that a name stands where another stood. */
interface Witnesses {
  /** Where the change exchanged names one by one. */
  readonly alone: readonly NameExchange[];
  /** `old→new` of what is renamed. */
  readonly pairs: readonly string[];
}

function successionsIn(
  file: ChangedFile,
  isGivenUp: (old: ModuleSymbol, now: ModuleSymbol | undefined) => boolean,
  witnesses: Witnesses,
): SymbolRename[] {
  if (!file.old || !file.new) return [];
  const before = moduleSymbols(file.old);
  const after = moduleSymbols(file.new);
  const members = memberPairs(before, after);
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
    const exchangesFor = (now: ModuleSymbol): ReadonlyMap<string, number> => {
      const counts = new Map<string, number>([...members, ...witnesses.pairs].map((p) => [p, 0]));
      for (const { pair, file: other, line } of witnesses.alone) {
        const isOwn = other === file && now.first <= line && line <= now.last;
        if (!isOwn) counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
      return counts;
    };
    const isAlias = (old: ModuleSymbol, now: ModuleSymbol): boolean => {
      const [target, other] = [aliased(old), aliased(now)];
      return (
        target !== undefined && target === other && isThing(before, old) && isThing(after, now)
      );
    };
    const told = { exchangesFor, isAlias };
    for (const [old, now] of matches(removed, added, ownerAtHead, told)) {
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
}

function matches(
  removed: readonly ModuleSymbol[],
  added: readonly ModuleSymbol[],
  ownerAtHead: (owner: string) => string,
  {
    exchangesFor,
    isAlias,
  }: {
    readonly exchangesFor: (now: ModuleSymbol) => ReadonlyMap<string, number>;
    /** True for two names of one thing. */
    readonly isAlias: (old: ModuleSymbol, now: ModuleSymbol) => boolean;
  },
): [ModuleSymbol, ModuleSymbol][] {
  const exchanges = added.map(exchangesFor);
  const comparable = (old: ModuleSymbol, now: ModuleSymbol): boolean =>
    old.kind === now.kind && ownerAtHead(old.owner) === now.owner;
  const scores = removed.map((old) =>
    added.map((now) => (comparable(old, now) ? likeness(old.body, now.body) : 0)),
  );
  return removed.flatMap((old, row) => {
    const candidates = scores[row]!.map((score, column) => {
      const swaps = exchanges[column]!.get(`${old.name}→${added[column]!.name}`) ?? 0;
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
    const isTelling = isClear && (old.body.length >= TELLING || isAlias(old, now));
    if (best.swaps === 0 && !isTelling) return [];
    if (!sameBut(old, now, exchanges[best.column]!, best.swaps > 0)) return [];
    return [[old, now] as [ModuleSymbol, ModuleSymbol]];
  });
}

/** What a variable is another name for: `Text` of `Str = Text`. */
function aliased({ kind, body }: ModuleSymbol): string | undefined {
  const [name, sign, target, ...rest] = body;
  const isName = kind === 'variable' && name === '·' && sign === '=' && rest.length === 0;
  return isName && target !== undefined && /^[A-Za-z_]\w*$/.test(target) ? target : undefined;
}

/** True for a variable that is another name for a class or a function beside it. */
function isThing(symbols: ReadonlyMap<string, ModuleSymbol>, alias: ModuleSymbol): boolean {
  const path = alias.owner === '' ? aliased(alias)! : `${alias.owner}.${aliased(alias)!}`;
  const target = symbols.get(path);
  return target !== undefined && target.kind !== 'variable';
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

/** True for a word of a definition that is a string. */
export const isText = (word: string): boolean => /^[a-z]{0,2}['"]/i.test(word);

/** True for equal words, but for names that may differ, and perhaps texts. */
function sameBut(
  { kind, body: one, locals: own }: ModuleSymbol,
  { body: other, locals: others }: ModuleSymbol,
  exchanged: ReadonlyMap<string, number>,
  textsToo: boolean,
): boolean {
  const [there, back] = [new Map<string, string>(), new Map<string, string>()];
  // The text of a constant is all that it is.
  const mayDiffer = textsToo && kind !== 'variable';
  /** A variable of its own may have another name, if it has it throughout and no other one has. */
  const isVariable = (word: string, now: string): boolean => {
    if (!own.has(word) || !others.has(now)) return false;
    if (!there.has(word)) there.set(word, now);
    if (!back.has(now)) back.set(now, word);
    return there.get(word) === now && back.get(now) === word;
  };
  return (
    one.length === other.length &&
    one.every((word, at) => {
      const now = other[at]!;
      const isMember = one[at - 1] === '.';
      const isSame = own.has(word) && !isMember ? isVariable(word, now) : word === now;
      return (
        isSame || exchanged.has(`${word}→${now}`) || (mayDiffer && isText(word) && isText(now))
      );
    })
  );
}
