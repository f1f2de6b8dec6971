import type { CodeSymbol } from '../reference';
import { offersOf, type KnownSymbol } from './module-facts';
import type { Module } from './modules';

/** Where names are defined: at the top of modules or in classes. A module is parsed when its text may define the name. */
export class Definitions {
  #defining: Map<string, Module[]> | undefined;
  readonly #known = new Map<string, readonly CodeSymbol[]>();

  constructor(private readonly modules: Iterable<Module>) {}

  of(name: string): readonly CodeSymbol[] {
    const known = this.#known.get(name) ?? this.find(name);
    this.#known.set(name, known);
    return known;
  }

  private find(name: string): CodeSymbol[] {
    this.#defining ??= definitions(this.modules);
    return (this.#defining.get(name) ?? []).flatMap((module) =>
      [...offersOf(module.source).symbols.values()]
        .filter((symbol) => symbol.name === name)
        .map((symbol) => symbolOf(module, symbol)),
    );
  }
}

/** What follows `def` or `class`, or stands before `=`. */
const DEFINED = /^[ \t]*(?:(?:async )?def |class |(?:self\.)?)([A-Za-z_]\w*)(?=\s*[(:=\[])/gm;
/** Several names before `=`: `a, b = …`, `a = b = …`. */
const TOGETHER = /^[ \t]*\(?((?:[A-Za-z_]\w*\s*[,=]\s*)+(?:[A-Za-z_]\w*)?)\)?\s*=(?!=)/gm;

/** By the words that they may define: the modules. */
function definitions(modules: Iterable<Module>): Map<string, Module[]> {
  const found = new Map<string, Module[]>();
  for (const module of modules) {
    const { text } = module.source;
    const words = [...text.matchAll(DEFINED), ...text.matchAll(TOGETHER)].flatMap((match) =>
      match[1]!.match(/\w+/g)!,
    );
    for (const word of new Set(words)) {
      const others = found.get(word);
      if (others) others.push(module);
      else found.set(word, [module]);
    }
  }
  return found;
}

export function symbolOf(module: Module, symbol?: KnownSymbol): CodeSymbol {
  const { name, file } = module;
  if (!symbol) return { kind: 'module', name, file, line: 1 };
  return { kind: symbol.kind, name: `${name}.${symbol.path}`, file, line: symbol.line };
}
