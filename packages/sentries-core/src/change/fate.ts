import type { Evidence } from '../report/run-record';
import type { ChangedFile } from './changed-file';
import { stillUses } from './follow-through';
import { absoluteModule, isInPackage, isOrHolds, moduleName, sourceRoot } from './modules';
import type { Removal } from './moves';
import { mayOffer, offersOf, type ImportedName, type Offers } from './offers';
import type { SymbolRename } from './renames';
import type { ModuleSymbol } from './symbols';

/** What the change made of a dotted name that does not lead anywhere any more. */
export type Fate =
  | {
      readonly kind: 'renamed' | 'moved';
      /** The dotted name that it has now. */
      readonly name: string;
      readonly evidence: readonly Evidence[];
    }
  | { readonly kind: 'removed'; readonly evidence: readonly Evidence[] }
  /** Several names could be meant. */
  | { readonly kind: 'unclear'; readonly candidates: readonly string[] };

/** What is known of a change, for the fates of names. */
export interface Knowledge {
  readonly files: readonly ChangedFile[];
  readonly renames: readonly SymbolRename[];
  readonly removals: readonly Removal[];
}

/** Imports that lead in a circle end here. */
const MAX_DEPTH = 8;

/**
 * What became of `acme.money.Account.close`, read from the left: the module, a name that it defines or
 * imports, the members of a class. Undefined where the change left the name alone, or does not tell.
 */
export function fateOf(dotted: string, change: Knowledge, depth = MAX_DEPTH): Fate | undefined {
  const words = dotted.split('.');
  if (depth === 0 || words.includes('')) return undefined;
  for (let length = words.length; length > 0; length -= 1) {
    const module = words.slice(0, length).join('.');
    const fitting = change.files.flatMap((file) => {
      const root = file.old && sourceRoot(file.oldPath, module);
      return root === undefined || root === null ? [] : [{ file, root }];
    });
    // A package may have a module of its own name in it.
    const found = fitting.filter(
      ({ file }) => !fitting.some((other) => isInPackage(file.oldPath, other.file.oldPath)),
    );
    // Two projects may have a module of the same name; nothing says which one is meant.
    if (found.length > 1) return undefined;
    const [own] = found;
    if (own) {
      const place: Place = { ...own, module, change, depth };
      return length === words.length ? moduleFate(place) : nameFate(place, words.slice(length));
    }
  }
  return givenOn(words, change);
}

interface Place {
  readonly file: ChangedFile;
  readonly root: string;
  readonly module: string;
  readonly change: Knowledge;
  readonly depth: number;
}

/** The file that is the module at head; a module may have become a package. */
const atHead = ({ change, root, module }: Place): ChangedFile | undefined =>
  change.files.find(({ path, new: now }) => now && sourceRoot(path, module) === root);

function moduleFate(place: Place): Fate | undefined {
  const { file, root, change } = place;
  if (atHead(place)) return undefined;
  const evidence: Evidence[] = [gone(file, 1, 'the module was here')];
  if (file.new) return moved(file, root, '', evidence);
  // Without its symbols a module is nothing: where all of them went, it went itself.
  const own = change.removals.filter((one) => one.file === file);
  const targets = new Set(own.flatMap(({ candidates }) => candidates.map((one) => one.newFile)));
  const [target] = targets;
  if (own.length > 0 && targets.size === 1 && own.every(({ candidates }) => candidates.length > 0))
    return moved(target!, root, '', evidence);
  return targets.size === 0 ? { kind: 'removed', evidence } : scattered(targets, root);
}

const scattered = (files: Iterable<ChangedFile>, root: string): Fate => ({
  kind: 'unclear',
  candidates: [...files].map(({ path }) => moduleName(path, root) ?? path),
});

function moved(file: ChangedFile, root: string, rest: string, before: Evidence[], line = 1): Fate {
  const module = moduleName(file.path, root);
  // Beyond the folder of the sources nothing tells how the module is called.
  if (module === undefined) return { kind: 'unclear', candidates: [file.path] };
  return { kind: 'moved', name: module + rest, evidence: [...before, here(file, line, 'it is')] };
}

function nameFate(place: Place, words: readonly string[]): Fate | undefined {
  const { file, root, module, change } = place;
  const [name, ...members] = words as [string, ...string[]];
  const before = offersOf(file.old!);
  const now = atHead(place);
  const symbol = before.symbols.get(name);
  const binding = before.imports.get(name);
  if (!symbol && !binding && before.isOpen)
    return givenOn([...module.split('.'), ...words], change);
  const rename = change.renames.find(
    (one) => one.file === (now ?? file).path && one.owner === '' && one.oldName === name,
  );
  const target = now ?? (file.new ? file : undefined);
  const home = target && (target === now ? module : moduleName(target.path, root));
  if (target && home === undefined) return { kind: 'unclear', candidates: [target.path] };
  const at = (rest: readonly string[]): string => [home, ...rest].join('.');
  if (target && rename)
    return { kind: 'renamed', name: at([rename.newName, ...members]), evidence: renamed(rename) };
  const after = target?.new ? offersOf(target.new) : undefined;
  if (target && after && mayOffer(after, name)) {
    if (members.length > 0) {
      const fate = symbol
        ? memberFate(place, symbol, target, at, [name], members)
        : binding && importFate(place, binding, after, home, members);
      if (fate) return fate;
    }
    const evidence = [gone(file, symbol?.line ?? binding?.line ?? 1, `${name} was here`)];
    return target === now ? undefined : moved(target, root, `.${words.join('.')}`, evidence);
  }
  if (binding) return importFate(place, binding, after, home, members);
  return symbol && departed(place, symbol, members);
}

/** A name that its module neither defines nor imports any more. */
function departed(place: Place, symbol: ModuleSymbol, members: readonly string[]): Fate {
  const { file, root, change } = place;
  const own = change.removals.find((one) => one.file === file && one.symbol.name === symbol.name);
  const candidates = own?.candidates ?? [];
  const [only] = candidates;
  const evidence = [gone(file, symbol.line, `${symbol.name} was defined here`)];
  if (!only) return { kind: 'removed', evidence };
  if (candidates.length > 1)
    return scattered(
      candidates.map(({ newFile }) => newFile),
      root,
    );
  const rest = [symbol.name, ...members].map((word) => `.${word}`).join('');
  return moved(only.newFile, root, rest, evidence, only.moved.line);
}

/** Members of a class that stays: the first one that the class has not any more decides. */
function memberFate(
  place: Place,
  holder: ModuleSymbol,
  target: ChangedFile,
  at: (rest: readonly string[]) => string,
  owners: readonly string[],
  members: readonly string[],
): Fate | undefined {
  if (holder.kind !== 'class') return undefined;
  const [name, ...rest] = members as [string, ...string[]];
  const owner = owners.join('.');
  const rename = place.change.renames.find(
    (one) => one.file === target.path && one.owner === owner && one.oldName === name,
  );
  if (rename) {
    const now = at([...rename.newOwner.split('.'), rename.newName, ...rest]);
    return { kind: 'renamed', name: now, evidence: renamed(rename) };
  }
  const member = offersOf(place.file.old!).symbols.get(`${owner}.${name}`);
  if (!member || offersOf(target.new!).symbols.has(member.path)) {
    return member && rest.length > 0
      ? memberFate(place, member, target, at, [...owners, name], rest)
      : undefined;
  }
  // A base class may have it now: that it is gone is not for sure.
  return undefined;
}

/** A name that a module imports: it may be imported under another name now, or from another place. */
function importFate(
  place: Place,
  binding: ImportedName,
  after: Offers | undefined,
  home: string | undefined,
  members: readonly string[],
): Fate | undefined {
  const { file, root, module, change, depth } = place;
  const target = atHead(place) ?? file;
  const from = absoluteModule(binding.module, module, file.oldPath);
  if (from === undefined) return undefined;
  const meant = binding.imported === null ? from : `${from}.${binding.imported}`;
  const fate = fateOf([meant, ...members].join('.'), change, depth - 1);
  const now = fate && 'name' in fate ? fate.name : [meant, ...members].join('.');
  for (const [name, other] of after?.imports ?? []) {
    const source = absoluteModule(other.module, home ?? module, target.path);
    const known = other.imported === null ? source : `${source}.${other.imported}`;
    if (known === undefined || !`${now}.`.startsWith(`${known}.`)) continue;
    const reached = `${home}.${name}${now.slice(known.length)}`;
    if (reached === [module, binding.name, ...members].join('.')) return undefined;
    if (fate && 'name' in fate) return { kind: 'renamed', name: reached, evidence: fate.evidence };
    const was = gone(file, binding.line, `${binding.name} was imported here`);
    const evidence = [was, here(target, other.line, `it is ${name}`)];
    return fate ? undefined : { kind: 'renamed', name: reached, evidence };
  }
  const evidence = [gone(file, binding.line, `${binding.name} was imported here`)];
  if (target.new && stillUses(target.new, binding.name)) return { kind: 'removed', evidence };
  // The import could not stay as it was, and there is none any more: the thing itself is all that is left.
  if (fate && 'name' in fate) return { ...fate, evidence: [...evidence, ...fate.evidence] };
  const along = companions(place, binding);
  if (along.length !== 1) return { kind: 'removed', evidence };
  const rest = [binding.name, ...members].map((word) => `.${word}`).join('');
  const [{ target: goal, line }] = along as [Companion];
  return moved(goal, root, rest, evidence, line);
}

interface Companion {
  readonly target: ChangedFile;
  readonly line: number;
}

/** The files to which definitions moved from this one, and in which they need the same import. */
function companions({ file, change }: Place, binding: ImportedName): Companion[] {
  const own = change.removals.filter((one) => one.file === file && one.candidates.length === 1);
  const targets = new Set(own.map(({ candidates }) => candidates[0]!.newFile));
  return [...targets].flatMap((target) => {
    const other = offersOf(target.new!).imports.get(binding.name);
    const isSame = other?.module === binding.module && other.imported === binding.imported;
    return isSame && other ? [{ target, line: other.line }] : [];
  });
}

/** A package may give on, by a star, what a module of it defines. */
function givenOn(words: readonly string[], { renames, removals }: Knowledge): Fate | undefined {
  for (let length = words.length - 1; length > 0; length -= 1) {
    const module = words.slice(0, length).join('.');
    const [name, ...members] = words.slice(length) as [string, ...string[]];
    const fitting = renames.filter(
      (one) => one.owner === '' && one.oldName === name && isOrHolds(one.file, module),
    );
    const names = [...new Set(fitting.map(({ newName }) => newName))];
    if (names.length > 1) return { kind: 'unclear', candidates: names };
    if (names.length === 1) {
      const now = [module, names[0], ...members].join('.');
      return { kind: 'renamed', name: now, evidence: renamed(fitting[0]!) };
    }
    const [own, ...others] = removals.filter(
      ({ file, symbol }) => symbol.name === name && isOrHolds(file.oldPath, module),
    );
    if (own?.candidates.length === 0 && others.length === 0) {
      const evidence = [gone(own.file, own.symbol.line, `${name} was defined here`)];
      return { kind: 'removed', evidence };
    }
  }
  return undefined;
}

/** The lines that prove a rename. */
export function renamed(rename: SymbolRename): Evidence[] {
  const { file, oldFile, oldLine, newLine, oldText, newText } = rename;
  const owner = rename.owner === '' ? '' : `${rename.owner}.`;
  const was = `${owner}${rename.oldName} was defined here`;
  return [
    { file: oldFile, line: oldLine, side: 'base', text: oldText, says: was },
    { file, line: newLine, side: 'head', text: newText, says: `it is ${rename.newName} now` },
  ];
}

const gone = (file: ChangedFile, line: number, says: string): Evidence => ({
  file: file.oldPath,
  line,
  side: 'base',
  text: file.old!.lines.line(line).trim(),
  says,
});

const here = (file: ChangedFile, line: number, what: string): Evidence => ({
  file: file.path,
  line,
  side: 'head',
  text: file.new!.lines.line(line).trim(),
  says: `${what} here now`,
});
