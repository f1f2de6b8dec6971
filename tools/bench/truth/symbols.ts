import { originOf, plainCode } from './bindings';
import type { CodePart } from './code';
import type { Seed, TruthPlace } from './page';
import { inText, OBJECTS, occurrences, partAt, PYTHON_ROLES, type Search } from './search';

export function symbolPlaces(search: Search): TruthPlace[] {
  const { old, new: after } = search.seed;
  return occurrences(search, old).map((start) => {
    const end = start + old.length;
    const own = partAt(search, start);
    return { start, end, after, isNamed: own !== undefined && isSymbol(search, own, start) };
  });
}

function isSymbol(search: Search, own: CodePart, at: number): boolean {
  const { page, seed } = search;
  if (own.isPast) return false;
  const text = page.text.slice(own.start, own.end);
  const here = at - own.start;
  const [before, behind] = [text.slice(0, here), text.slice(here + seed.old.length)];
  if (
    /^\s*=(?!=)/.test(behind) ||
    /[/\\-]$/.test(before) ||
    /^[/\\]|^\.(py|md|rst|txt)\b/.test(behind)
  )
    return false;
  const prefix = /([\w.]*)\.$/.exec(before)?.[1];
  switch (own.kind) {
    case 'role':
      return PYTHON_ROLES.test(own.name) && isHolder(search, prefix);
    case 'directive':
      return OBJECTS.test(own.name) && !before.includes('(') && isHolder(search, prefix);
    case 'field':
      return /^raises?$/.test(own.name) && isHolder(search, prefix);
    case 'span':
      return (
        /^[@~!.]?[\w.]+(\(.*\))?$|^\w[\w.]*\(/.test(text) &&
        inText(text, here) &&
        !(seed.texts ?? []).includes(text) &&
        isHolder(search, prefix)
      );
    case 'python':
      return inExample(search, own, at, prefix);
    case 'text':
      return false;
  }
}

const isMember = ({ path }: Seed): boolean => path.includes('.');

/** What stands before the dot may hold it: nothing, its module, its class, the package or a name from it. */
function isHolder({ page, seed, packages }: Search, prefix: string | undefined): boolean {
  if (prefix === undefined || prefix === '') return true;
  const words = prefix.split('.');
  const modules = [...seed.module.split('.'), ...packages];
  const classes = seed.path.split('.').slice(0, -1);
  const last = words.at(-1)!;
  // A module does not hold what a class has.
  if (isMember(seed) && modules.includes(last) && !classes.includes(last)) return false;
  const holders = [...modules, ...classes];
  if (holders.includes(last) && (words.length === 1 || holders.includes(words[0]!))) return true;
  return aliases(page.text, packages).has(words[0]!);
}

/** Names that a page's imports bring from the packages. */
function aliases(text: string, packages: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(/\b(?:from ([\w.]+) )?import ([\w., ()]+?)(?=$|[#`])/gm)) {
    for (const one of match[2]!.split(',')) {
      const [name, alias] = one
        .replace(/[()]/g, '')
        .trim()
        .split(/\s+as\s+/);
      const from = (match[1] ?? name ?? '').split('.')[0]!;
      if (packages.includes(from)) found.add(alias ?? name!.split('.')[0]!);
    }
  }
  return found;
}

/** In an example: no text or comment, and no name that the examples give another meaning or have from elsewhere. */
function inExample(search: Search, own: CodePart, at: number, prefix: string | undefined): boolean {
  const { page, seed, packages, parts } = search;
  if (plainCode(page.text, parts, own.block)[at - own.block.start] === ' ') return false;
  const blocks = [
    ...new Set(parts.filter(({ kind }) => kind === 'python').map((one) => one.block)),
  ];
  const codes = blocks.map((block) => plainCode(page.text, parts, block));
  const origin = (name: string): ReturnType<typeof originOf> =>
    originOf(name, codes, blocks.indexOf(own.block));
  const isForeign = (from: ReturnType<typeof originOf>): boolean =>
    from !== undefined && from !== null && from.source !== '' && !packages.includes(from.source);
  const first = (prefix ?? '').split('.')[0]!;
  if (isMember(seed)) {
    if (prefix === undefined || origin(seed.old) === null) return false;
    const holder = first === '' ? undefined : origin(first);
    return !(holder?.isModule && isForeign(holder));
  }
  if (first !== '') return !isForeign(origin(first)) && isHolder(search, prefix);
  const from = origin(seed.old);
  return from !== null && !isForeign(from);
}
