import type { Home, Lookup, ProjectCode } from '../code/project-code';
import type { CodeSymbol } from '../reference';
import { BUILTINS } from './words';

/*
 * Where nothing on a page says what a name in an example begins with, its last word may still tell: if the project
 * has one thing of that name, and the word or what it is asked of is unmistakable. Such a guess is good enough to say what
 * a change left behind, never to say that something is broken.
 */

type Found = Extract<Lookup, { kind: 'found' }>;

/** The only thing of the project that a name of an example can mean by its last word. */
export function guessOf(words: readonly string[], code: ProjectCode): Found | undefined {
  const word = words.at(-1)!;
  if (BUILTINS.has(word) || /^__\w+__$/.test(word)) return undefined;
  const all = code.named(word);
  if (all.length === 0 || !all.every(({ file }) => code.isInside(file))) return undefined;
  const found = all.map((one) => foundAt(one, code));
  const isMember = words.length > 1;
  const fit = found.filter((one) => one && (isMember || !isInClass(one.home)));
  if (isMember && fit.length !== found.length) return undefined;
  return fit.length === 1 ? fit[0] : first(fit, code);
}

/** What a symbol stands for, if that is known. */
export function foundAt({ name }: CodeSymbol, code: ProjectCode): Found | undefined {
  const found = code.lookup(name.split('.'));
  return found.kind === 'found' && found.symbol.name === name ? found : undefined;
}

export const isInClass = (home: Home | null): boolean => home?.path.includes('.') === true;

/** Of `Account.close`, `Account`; empty for what is in no class. */
export const holderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/** Of a member that classes define anew which inherit from each other, the one that all others inherit from. */
function first(all: readonly (Found | undefined)[], code: ProjectCode): Found | undefined {
  return all.find(
    (one) =>
      one !== undefined &&
      isInClass(one.home) &&
      all.every((other) => other?.home && isHeir(other.home, one.home!, code)),
  );
}

/** True where the class of a member inherits from that of another one, or is the same. */
function isHeir(member: Home, of: Home, code: ProjectCode): boolean {
  return inherits({ ...member, path: holderOf(member.path) }, holderOf(of.path), of, code);
}

/** True where a class inherits from another one, or is the same. */
export function inherits(
  { module, path }: Pick<Home, 'module' | 'path'>,
  holder: string,
  of: Pick<Home, 'module'>,
  code: ProjectCode,
): boolean {
  for (const one of code.lineage(module, path, () => undefined))
    if (one.path === holder && one.module.name === of.module.name) return true;
  return false;
}
