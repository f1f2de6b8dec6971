import { valuesOf } from './module-facts';
import type { Module } from './modules';
import type { Home, Lookup, Names } from './names';

/**
 * What a value has of a name, or what a call of it gives: members of the class that it is of, or of what it is another name for.
 *
 * @returns undefined where the text does not tell; that it has no such name, nobody can say.
 */
export function behind(
  code: Names,
  { module, path }: Pick<Home, 'module' | 'path'>,
  rest: readonly string[],
  depth: number,
  isCalled: boolean,
): (Lookup & { readonly kind: 'found' }) | undefined {
  const value = valuesOf(module.source).get(path);
  if (!value || (value.kind === 'gives') !== isCalled) return undefined;
  const holder =
    value.kind === 'same'
      ? homeIn(code, module, value.words, depth)
      : classOf(code, module, value, path, depth);
  const found =
    holder && code.within(holder.module, [...holder.path.split('.'), ...rest], depth - 1);
  if (found?.kind !== 'found') return undefined;
  const isExact =
    value.kind === 'same' ||
    (value.kind === 'made' && homeIn(code, module, value.words, depth)?.kind === 'class');
  return isExact ? found : { ...found, isByType: true };
}

/** The class that something is of, by its type, or by what is called to make it. */
function classOf(
  code: Names,
  module: Module,
  { kind, words }: { readonly kind: string; readonly words: readonly string[] },
  path: string,
  depth: number,
): Home | undefined {
  if (depth <= 0) return undefined;
  // Of a method, `Self` is the class that it stands in, and `self` is one of it.
  const owner = path.split('.').slice(0, -1);
  const isOwn = owner.length > 0 && /^(Self|self|cls)$/.test(words[0]!);
  const meant = isOwn ? [...owner, ...words.slice(1)] : words;
  const home = homeIn(code, module, meant, depth);
  if (!home || home.kind === 'class') return home;
  const isCall = kind === 'made' || kind === 'gives';
  const given = isCall ? valuesOf(home.module.source).get(home.path) : undefined;
  return given?.kind === 'gives'
    ? classOf(code, home.module, given, home.path, depth - 1)
    : undefined;
}

function homeIn(
  code: Names,
  module: Module,
  words: readonly string[],
  depth: number,
): Home | undefined {
  const found = depth > 0 ? code.within(module, words, depth - 1) : undefined;
  return found?.kind === 'found' ? (found.home ?? undefined) : undefined;
}
