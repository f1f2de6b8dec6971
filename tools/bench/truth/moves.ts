import type { CodePart } from './code';
import type { TruthPlace } from './page';
import { partAt, PYTHON_ROLES, type Search } from './search';
import { escaped } from './words';

/** Where a name is said to be in the module that it moved from. */
export function movePlaces(search: Search): TruthPlace[] {
  return [...dottedPlaces(search), ...importPlaces(search), ...moduleUses(search)];
}

function code(search: Search, at: number): CodePart | undefined {
  const own = partAt(search, at);
  if (!own || own.isPast || own.kind === 'text' || own.kind === 'field') return undefined;
  return own.kind !== 'role' || PYTHON_ROLES.test(own.name) ? own : undefined;
}

const matchesIn = ({ page, range }: Search, pattern: string, flags = 'g'): RegExpExecArray[] => [
  ...page.text.slice(range.start, range.end).matchAll(new RegExp(pattern, flags)),
];

/** By its whole name, or in a role by the end of it: Sphinx looks for `.cups.pour` in all modules. */
function dottedPlaces(search: Search): TruthPlace[] {
  const { seed, range } = search;
  const [old, now] = [seed.old.split('.'), seed.new.split('.')];
  return old.flatMap((_, from): TruthPlace[] => {
    const [module, after] = [old, now].map((words) => words.slice(from).join('.')) as [
      string,
      string,
    ];
    const before = from === 0 ? '(?<![\\w.])' : '(?<=[`~!<]\\.)';
    return matchesIn(search, `${before}${escaped(module)}\\.${escaped(seed.path)}(?!\\w)`).flatMap(
      ({ index }): TruthPlace[] => {
        const start = range.start + index;
        const own = code(search, start);
        if (from > 0 && own?.kind !== 'role') return [];
        return [{ start, end: start + module.length, after, isNamed: own !== undefined }];
      },
    );
  });
}

const namesOf = (list: string): string[] => list.split(',').map((one) => one.trim());

/** In an import from its module. The names that stay keep theirs, beside that of the one that moved. */
function importPlaces(search: Search): TruthPlace[] {
  const { seed, range } = search;
  const name = escaped(seed.path);
  const statement = `^(.*)\\bfrom ${escaped(seed.old)} import ([\\w, ]*\\b${name}\\b[\\w, ]*)`;
  return matchesIn(search, statement, 'gm').map((match) => {
    const [whole, lead, list] = match as unknown as [string, string, string];
    const start = range.start + match.index + `${lead}from `.length;
    const isNamed = code(search, start) !== undefined;
    const isMoved = (one: string): boolean => one.replace(/ as \w+$/, '') === seed.path;
    const moved = namesOf(list).filter(isMoved).join(', ');
    const rest = namesOf(list)
      .filter((one) => !isMoved(one))
      .join(', ');
    if (rest === '') return { start, end: start + seed.old.length, after: seed.new, isNamed };
    const after = [
      `${seed.old} import ${rest}\n${lead}from ${seed.new} import ${moved}`,
      `${seed.new} import ${moved}\n${lead}from ${seed.old} import ${rest}`,
    ];
    return { start, end: range.start + match.index + whole.trimEnd().length, after, isNamed };
  });
}

/** Through its module: in an example, the import of that has to follow. */
function moduleUses(search: Search): TruthPlace[] {
  const { seed, range } = search;
  const [last, now] = [seed.old, seed.new].map((one) => one.split('.').at(-1)!) as [string, string];
  const imports = new Map<number, TruthPlace>();
  const uses = matchesIn(search, `(?<![\\w.])${escaped(last)}\\.${escaped(seed.path)}(?!\\w)`).map(
    ({ index }): TruthPlace => {
      const start = range.start + index;
      const own = code(search, start);
      const isNamed = own !== undefined && own.kind !== 'directive';
      const place = { start, end: start + last.length, isNamed };
      if (own?.kind !== 'python') return { ...place, after: now };
      // A package may have the name of its module, and have in it what the module has.
      if (isPackage(search, own, last)) return { ...place, after: now, isNamed: false };
      const at = importedAt(search, own, last);
      if (at === undefined) return { ...place, after: [] };
      const imported = imports.get(at) ?? {
        ...{ start: at, end: at + last.length, isNamed: false },
        after: [`${last}, ${now}`, now],
      };
      imports.set(at, imported);
      return { ...place, after: now, with: imported };
    },
  );
  return [...uses, ...imports.values()];
}

/** True where the module lies in a package of its name, and an example imports that. */
function isPackage({ page, seed }: Search, { block }: CodePart, last: string): boolean {
  const [parent, outer] = [seed.old.split('.').slice(0, -1), seed.old.split('.').slice(0, -2)];
  if (parent.at(-1) !== last || outer.length === 0) return false;
  const statement = `\\bfrom ${escaped(outer.join('.'))} import [^\\n]*\\b${escaped(last)}\\b`;
  return new RegExp(statement).test(page.text.slice(block.start, block.end));
}

/** Where an example, or the nearest one before it, imports a module from its package. */
function importedAt(
  { page, parts, seed }: Search,
  own: CodePart,
  last: string,
): number | undefined {
  const parent = seed.old.slice(0, -last.length - 1);
  const statement = new RegExp(`\\bfrom ${escaped(parent)} import ([\\w, ]+)$`, 'gm');
  const blocks = new Set(parts.filter(({ kind }) => kind === 'python').map(({ block }) => block));
  for (const { start, end } of [...blocks].filter((one) => one.start <= own.block.start).reverse())
    for (const match of page.text.slice(start, end).matchAll(statement)) {
      if (!namesOf(match[1]!).includes(last)) continue;
      const list = match.index + match[0].length - match[1]!.length;
      return start + list + new RegExp(`\\b${escaped(last)}\\b`).exec(match[1]!)!.index;
    }
  return undefined;
}
