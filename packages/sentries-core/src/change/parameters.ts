import type { ChangedFile } from './changed-file';
import { nameExchanges, type NameExchange } from './exchanges';
import { isOrHolds, sourceRoot } from './modules';
import type { SymbolRename } from './renames';
import { signaturesOf, type Parameter, type Signature } from './signatures';

/** Something that is called in another way than before. */
export interface SignatureChange {
  readonly file: ChangedFile;
  readonly old: Signature;
  readonly new: Signature;
  /** An old parameter's name → the parameter that it is now; none for those that were removed. */
  readonly now: ReadonlyMap<string, Parameter>;
  /** Old parameters of which nothing says whether they were renamed or made way for another one. */
  readonly unclear: ReadonlySet<string>;
}

/** The functions, methods and constructors whose parameters the change touched. */
export function signatureChanges(
  files: readonly ChangedFile[],
  renames: readonly SymbolRename[],
): SignatureChange[] {
  const exchanges = nameExchanges(files);
  return files.flatMap((file) => {
    if (!file.old || !file.new) return [];
    const after = signaturesOf(file.new);
    return [...signaturesOf(file.old).values()].flatMap((old) => {
      const now = after.get(pathAtHead(file, old.path, renames));
      if (!now || told(old) === told(now)) return [];
      const isTold = (one: Parameter, other: Parameter): boolean =>
        exchanges.some((exchange) => exchangesParameter(exchange, one, other, file, now)) ||
        // A field of a class is its parameter, too.
        renames.some(
          ({ file: path, newOwner, oldName, newName }) =>
            path === file.path &&
            newOwner === now.path &&
            oldName === one.name &&
            newName === other.name,
        );
      return [{ file, old, new: now, ...fates(old.parameters, now.parameters, isTold) }];
    });
  });
}

const told = ({ parameters }: Signature): string =>
  JSON.stringify(parameters.map(({ name, kind, default: value }) => [name, kind, value]));

/** A path under the names that its parts have at head. */
function pathAtHead(file: ChangedFile, path: string, renames: readonly SymbolRename[]): string {
  let owner = '';
  let now = '';
  for (const word of path.split('.')) {
    const rename = renames.find(
      (one) => one.file === file.path && one.owner === owner && one.oldName === word,
    );
    now = [...(now === '' ? [] : [now]), rename?.newName ?? word].join('.');
    owner = owner === '' ? word : `${owner}.${word}`;
  }
  return now;
}

/** In the definition's own lines, or where the change calls it (or something) by the new name. */
function exchangesParameter(
  { pair, file, line, isLabel }: NameExchange,
  one: Parameter,
  other: Parameter,
  own: ChangedFile,
  { line: start, endLine }: Signature,
): boolean {
  if (pair !== `${one.name}→${other.name}`) return false;
  return isLabel || (file === own && start <= line && line <= endLine);
}

function fates(
  old: readonly Parameter[],
  now: readonly Parameter[],
  isTold: (one: Parameter, other: Parameter) => boolean,
): Pick<SignatureChange, 'now' | 'unclear'> {
  const kept = new Set(old.map(({ name }) => name).filter((n) => now.some((p) => p.name === n)));
  /** The place among those that stayed: others may have come or gone before it. */
  const rank = (all: readonly Parameter[], one: Parameter): number =>
    all.slice(0, all.indexOf(one)).filter(({ name }) => kept.has(name)).length;
  const fresh = now.filter(({ name }) => !kept.has(name));
  const found = new Map<string, Parameter>();
  const unclear = new Set<string>();
  for (const one of old) {
    const same = now.find(({ name }) => name === one.name);
    if (same) {
      found.set(one.name, same);
      continue;
    }
    const there = fresh.filter((other) => rank(now, other) === rank(old, one));
    const rivals = there.filter(({ kind }) => kind === one.kind);
    // With its new name it may have become one that has to be named.
    const heirs = there.filter(
      ({ kind }) => kind === one.kind || (one.kind === 'either' && kind === 'keyword-only'),
    );
    const sure = heirs.filter((other) => isTold(one, other));
    if (sure.length === 1) found.set(one.name, sure[0]!);
    else if (rivals.length > 0) unclear.add(one.name);
  }
  // Names that cross over are as likely swapped by mistake as renamed.
  const places = old.flatMap(({ name }) => {
    const to = kept.has(name) ? undefined : found.get(name);
    return to ? [{ name, at: now.indexOf(to) }] : [];
  });
  if (places.some(({ at }, index) => index > 0 && at < places[index - 1]!.at)) {
    for (const { name } of places) {
      found.delete(name);
      unclear.add(name);
    }
  }
  return { now: found, unclear };
}

/** The changes that a dotted name may mean, at the base or at head: of the module itself before its packages. */
export function changesOf(dotted: string, all: readonly SignatureChange[]): SignatureChange[] {
  const fitting = all.flatMap((change) =>
    [change.old.path, change.new.path].flatMap((path) => {
      if (!dotted.endsWith(`.${path}`)) return [];
      const module = dotted.slice(0, -path.length - 1);
      const isOwn = sourceRoot(change.file.path, module) !== undefined;
      return isOwn || isOrHolds(change.file.path, module) ? [{ change, isOwn }] : [];
    }),
  );
  const own = fitting.filter(({ isOwn }) => isOwn);
  return [...new Set((own.length > 0 ? own : fitting).map(({ change }) => change))];
}
