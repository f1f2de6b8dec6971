import { enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import { moduleSymbols, type ModuleSymbol } from './symbols';

/** A name that an import brings into a file. */
export interface ImportedName {
  readonly name: string;
  /** As it is written: it may begin with dots. */
  readonly module: string;
  /** The name in that module; null where the name stands for the module itself. */
  readonly imported: string | null;
  readonly line: number;
}

/** What may be imported from a module: what it defines, and what it imports itself. */
export interface Offers {
  readonly symbols: ReadonlyMap<string, ModuleSymbol>;
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** A star import or a `__getattr__` may offer any name. */
  readonly isOpen: boolean;
}

const cache = new WeakMap<PythonSource, Offers>();

export function offersOf(source: PythonSource): Offers {
  const known = cache.get(source);
  if (known) return known;
  const symbols = moduleSymbols(source);
  const atTop = importedNames(source).filter(({ scope }) => scope === undefined);
  const offers: Offers = {
    symbols,
    imports: new Map(atTop.map(({ binding }) => [binding.name, binding])),
    isOpen: symbols.has('__getattr__') || starModules(source).length > 0,
  };
  cache.set(source, offers);
  return offers;
}

/** True where a module has a name at its top, or may have it. */
export const mayOffer = ({ symbols, imports, isOpen }: Offers, name: string): boolean =>
  isOpen || symbols.has(name) || imports.has(name);

/** The modules of which a file imports everything, as they are written. */
export const starModules = (source: PythonSource): string[] =>
  source
    .find('wildcard_import')
    .map((star) => star.parent?.childForFieldName('module_name')?.text ?? '');

/** Every name that an import anywhere in a file brings, and the definition in which that import stands. */
export function importedNames(
  source: PythonSource,
): { readonly binding: ImportedName; readonly node: Node; readonly scope: Node | undefined }[] {
  return source.find(['import_statement', 'import_from_statement']).flatMap((statement) => {
    const scope = enclosing(statement, 'function_definition', 'class_definition');
    const from = statement.childForFieldName('module_name');
    const line = source.lineOf(statement);
    return parts(statement)
      .filter(({ id, type }) => id !== from?.id && type !== 'wildcard_import')
      .map((node) => {
        const written = node.childForFieldName('name')?.text ?? node.text;
        const alias = node.childForFieldName('alias')?.text;
        const binding: ImportedName = from
          ? { name: alias ?? written, module: from.text, imported: written, line }
          : {
              // `import a.b` brings `a`; `import a.b as c` brings `a.b`, as `c`.
              name: alias ?? written.split('.')[0]!,
              module: alias === undefined ? written.split('.')[0]! : written,
              imported: null,
              line,
            };
        return { binding, node, scope };
      });
  });
}
