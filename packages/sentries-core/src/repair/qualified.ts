import { importedFrom } from '../change/modules';
import { importedNames } from '../change/offers';
import { isImported, isWithin, type Node, type PythonSource } from '../python/syntax';
import { binds, scopeOf } from './references';

/**
 * The dotted name that `money.convert` stands for in a file, through its imports: `acme.money.convert`.
 * Undefined for what is no plain name, or where its first word may be something else.
 */
export function qualifiedThrough(source: PythonSource, expression: Node): string | undefined {
  const words: string[] = [];
  let at = expression;
  while (at.type === 'attribute') {
    words.unshift(at.childForFieldName('attribute')!.text);
    at = at.childForFieldName('object')!;
  }
  if (at.type !== 'identifier' || isBoundByCode(source, at)) return undefined;
  const meanings = new Set(
    imports(source)
      .filter(({ binding, scope }) => binding.name === at.text && isAround(scope, at))
      .map(({ binding: { module, imported } }) => {
        const from = importedFrom(source.path, module);
        return imported === null || from === undefined ? from : `${from}.${imported}`;
      }),
  );
  const [meaning, ...others] = meanings;
  if (meaning === undefined || others.length > 0) return undefined;
  return [meaning, ...words].join('.');
}

const isAround = (scope: Node | undefined, node: Node): boolean =>
  scope === undefined || isWithin(node, scope);

/** True where something else than an import gives a name its meaning at a place. */
function isBoundByCode(source: PythonSource, use: Node): boolean {
  const scopes = boundByCode(source);
  const name = use.text;
  const known = scopes.get(name) ?? scopesOf(source, name);
  scopes.set(name, known);
  return known.some((scope) => isAround(scope, use));
}

/** A file is asked for each of its names, so what is found in it is kept as long as its text. */
function kept<T>(work: (source: PythonSource) => T): (source: PythonSource) => T {
  const known = new WeakMap<PythonSource, T>();
  return (source) => {
    let found = known.get(source);
    if (found === undefined) {
      found = work(source);
      known.set(source, found);
    }
    return found;
  };
}

const imports = kept(importedNames);

/** Names that were asked for, with the scopes in which code gives them a meaning. */
const boundByCode = kept(() => new Map<string, readonly (Node | undefined)[]>());

/** The scopes in which code gives a name a meaning; undefined for the top of the file. */
const scopesOf = (source: PythonSource, name: string): (Node | undefined)[] =>
  source
    .named(name)
    .filter((node) => binds(node) && !isImported(node))
    .map(scopeOf);
