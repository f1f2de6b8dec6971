import { absoluteModule } from '../../change/modules';
import type { Signature } from '../../change/signatures';
import type { ModuleSymbol } from '../../change/symbols';
import type { CodeSymbol } from '../reference';
import { behind } from './behind';
import { Definitions, symbolOf } from './definitions';
import { ENUM_MEMBERS, EXCEPTION_MEMBERS, PLAIN_BASES } from './members';
import {
  classesOf,
  mayBindAtTop,
  mentionsMember,
  offersOf,
  signaturesOf,
  starModules,
  type KnownSymbol,
} from './module-facts';
import type { Module } from './modules';
import { brought } from './stars';

/** What a dotted name leads to. */
export type Lookup =
  | {
      readonly kind: 'found';
      readonly symbol: CodeSymbol;
      readonly home: Home | null;
      /** It is found by a type, and what is of that type may be of a class that has more, or has it otherwise. */
      readonly isByType?: boolean;
      /** It is what the first words name; of what stands behind them, the text of the code does not tell. */
      readonly isPart?: boolean;
    }
  /** What holds it is known through and through, and has no such name. */
  | {
      readonly kind: 'missing';
      readonly holder: CodeSymbol;
      readonly word: string;
      /** What the holder has. */
      readonly offered: readonly CodeSymbol[];
    }
  /** Of the project, but what it has can't be told from its text. */
  | { readonly kind: 'open' }
  /** Its first word is no module of the project. */
  | { readonly kind: 'foreign' };

/** The definition behind a symbol. */
export interface Home {
  readonly module: Module;
  /** In the module: `Account.close`. */
  readonly path: string;
  readonly kind: ModuleSymbol['kind'];
}

/** Names that Python itself gives. */
const SPECIAL = /^__\w+__$/;

/** Imports that lead in a circle end here. */
const MAX_DEPTH = 12;

/** Modules by their dotted names, and what else of a tree says what is in them. */
export interface NameSpace {
  readonly modules: ReadonlyMap<string, Module>;
  /** Names of modules that two projects have: nobody can say which of them is meant. */
  readonly shared: ReadonlySet<string>;
  /** Folders with modules in them, and no code of their own. */
  readonly namespaces: ReadonlySet<string>;
  /** All files. */
  readonly paths: ReadonlySet<string>;
}

/** What dotted names lead to. A module is parsed when a name leads to it. */
export class Names {
  /** What was asked before: docs name the same things again and again. */
  readonly #lookups = new Map<string, Lookup>();
  readonly #definitions: Definitions;
  #beside: ReadonlySet<string> | undefined;

  constructor(protected readonly space: NameSpace) {
    this.#definitions = new Definitions(space.modules.values());
  }

  /** All modules, those of its dependencies included. */
  get known(): Iterable<Module> {
    return this.space.modules.values();
  }

  /** Folders with modules in them, and no code of their own. */
  get namespaces(): ReadonlySet<string> {
    return this.space.namespaces;
  }

  /** True for the first word of a name of the project, or of one that it depends on. */
  isOwn(word: string): boolean {
    return this.space.modules.has(word) || this.namespaces.has(word);
  }

  /** All definitions of a name, at the top of modules or in classes. */
  named(name: string): readonly CodeSymbol[] {
    return this.#definitions.of(name);
  }

  /** What a dotted name means that begins with a module; a word may be called, see {@link Reference.name}. */
  lookup(words: readonly string[], depth = MAX_DEPTH): Lookup {
    if (depth < MAX_DEPTH) return this.lookedUp(words, depth);
    const name = words.join('.');
    const known = this.#lookups.get(name) ?? this.lookedUp(words, depth);
    this.#lookups.set(name, known);
    return known;
  }

  /**
   * What a dotted name leads to, or as much of it as can be told: of `acme.settings.limits.get`, the value that
   * `acme.settings.limits` is, whose own names no text tells.
   *
   * @param least How many words it must be at least.
   */
  reach(words: readonly string[], least: number): Lookup {
    const whole = this.lookup(words);
    for (let length = words.length - 1; whole.kind === 'open' && length >= least; length -= 1) {
      const part = this.lookup(words.slice(0, length));
      if (part.kind === 'found') return part.home ? { ...part, isPart: true } : whole;
      if (part.kind !== 'open') return whole;
    }
    return whole;
  }

  /** The same where a package may have a module, and something that it defines or imports, by one name: that is meant. */
  member(words: readonly string[]): Lookup {
    const found = this.lookup(words);
    const holder = this.space.modules.get(words.slice(0, -1).join('.'));
    if (found.kind !== 'found' || found.symbol.kind !== 'module' || !holder) return found;
    const { symbols, imports } = offersOf(holder.source);
    const name = words.at(-1)!;
    if (!symbols.has(name) && !imports.has(name)) return found;
    const own = this.within(holder, [name]);
    return own.kind === 'found' ? own : found;
  }

  private lookedUp(words: readonly string[], depth: number): Lookup {
    if (depth === 0) return { kind: 'open' };
    if (!this.isOwn(words[0]!)) return { kind: 'foreign' };
    for (let length = words.length; length > 0; length -= 1) {
      const name = words.slice(0, length).join('.');
      if (this.space.shared.has(name)) return { kind: 'open' };
      const module = this.space.modules.get(name);
      if (module) return this.within(module, words.slice(length), depth);
      if (this.namespaces.has(name)) break;
    }
    // Nothing says what else is in a folder without code of its own: other projects may share it.
    return { kind: 'open' };
  }

  /**
   * What a package binds to the name of a module in it, as in `from .money import Money as money`: for who asks the
   * package, and not for who is in that module.
   */
  bound(words: readonly string[]): Lookup | undefined {
    for (let length = words.length - 1; length > 1; length -= 1) {
      const name = words.slice(0, length).join('.');
      const holder = this.space.modules.get(words.slice(0, length - 1).join('.'));
      if (!this.space.modules.has(name) || !holder) continue;
      if (!offersOf(holder.source).imports.has(words[length - 1]!)) return undefined;
      const found = this.within(holder, words.slice(length - 1));
      return found.kind === 'found' ? found : undefined;
    }
    return undefined;
  }

  /** What a name means on a page that imports everything of some modules; undefined where none of ours brings it. */
  broughtBy(
    stars: readonly string[],
    words: readonly string[],
  ): { readonly lookup: Lookup; readonly isSure: boolean } | undefined {
    const modules = stars.map((star) =>
      this.space.shared.has(star) ? undefined : this.space.modules.get(star),
    );
    const { lookup, isSure } = brought(this, modules, words);
    return lookup && { lookup, isSure };
  }

  /** What a name means inside of a module: one that it defines, imports, or gets by a star. */
  within(module: Module, words: readonly string[], depth = MAX_DEPTH): Lookup {
    const [first, ...rest] = words;
    if (first === undefined) return { kind: 'found', symbol: symbolOf(module), home: null };
    const name = uncalled(first);
    // What a call gives has no name of its own.
    if (name !== first && rest.length === 0) return { kind: 'open' };
    if (depth === 0) return { kind: 'open' };
    const { symbols, imports } = offersOf(module.source);
    const symbol = symbols.get(name);
    if (symbol) return this.ofSymbol(module, symbol, rest, depth, name !== first);
    // Python gives such names to each module.
    if (SPECIAL.test(name)) return { kind: 'open' };
    const call = first.slice(name.length);
    const binding = imports.get(name);
    if (binding) {
      const from = absoluteModule(binding.module, module.name, module.file);
      const target = [
        ...(from?.split('.') ?? ['']),
        ...(binding.imported === null ? [] : [binding.imported]),
      ];
      target.push(`${target.pop()!}${call}`);
      const found = this.lookup([...target, ...rest], depth - 1);
      if (found.kind === 'found' || (found.kind === 'missing' && rest.length > 0)) return found;
      const line = { file: module.file, line: binding.line };
      const own: CodeSymbol = { kind: 'variable', name: `${module.name}.${name}`, ...line };
      return rest.length > 0 ? { kind: 'open' } : { kind: 'found', symbol: own, home: null };
    }
    return this.givenOn(module, words, depth) ?? this.absent(module, name);
  }

  /** A name that a star import brings. */
  private givenOn(module: Module, words: readonly string[], depth: number): Lookup | undefined {
    const stars = starModules(module.source).map((star) => {
      const from = absoluteModule(star, module.name, module.file);
      return from === undefined ? undefined : this.space.modules.get(from);
    });
    const { lookup, isSure } = brought(this, stars, words, depth - 1);
    return lookup ?? (isSure ? undefined : { kind: 'open' });
  }

  private absent(module: Module, name: string): Lookup {
    const folder = module.file.endsWith('/__init__.py')
      ? module.file.slice(0, -'__init__.py'.length)
      : undefined;
    const isBuilt =
      folder !== undefined &&
      (this.namespaces.has(`${module.name}.${name}`) ||
        /^_?_?(version|about|build|generated)/i.test(name) ||
        this.isFileOrFolder(folder + name));
    if (isBuilt || mayBindAtTop(module.source, name)) return { kind: 'open' };
    const { symbols, imports } = offersOf(module.source);
    const own = [...symbols.values()]
      .filter(({ owner }) => owner === '')
      .map((one) => symbolOf(module, one));
    const brought = [...imports.values()].map(({ name: other, line }): CodeSymbol => ({
      kind: 'variable',
      name: `${module.name}.${other}`,
      file: module.file,
      line,
    }));
    return { kind: 'missing', holder: symbolOf(module), word: name, offered: [...own, ...brought] };
  }

  /** True for the path of a folder, or of a file without its ending. */
  private isFileOrFolder(path: string): boolean {
    this.#beside ??= new Set([...this.space.paths].flatMap(stemsOf));
    return this.#beside.has(path);
  }

  private ofSymbol(
    module: Module,
    symbol: KnownSymbol,
    rest: readonly string[],
    depth: number,
    isCalled: boolean,
  ): Lookup {
    if (rest.length === 0) {
      const home = { module, path: symbol.path, kind: symbol.kind };
      return { kind: 'found', symbol: symbolOf(module, symbol), home };
    }
    if (symbol.kind !== 'class')
      return behind(this, { module, path: symbol.path }, rest, depth, isCalled) ?? { kind: 'open' };
    return this.memberOf(module, symbol, rest, depth);
  }

  private memberOf(
    module: Module,
    holder: KnownSymbol,
    [first, ...rest]: readonly string[],
    depth: number,
  ): Lookup {
    const name = uncalled(first!);
    if (name !== first && rest.length === 0) return { kind: 'open' };
    const offered: CodeSymbol[] = [];
    let isOpen = SPECIAL.test(name);
    for (const { module: at, path } of this.lineage(
      module,
      holder.path,
      () => (isOpen = true),
      depth,
    )) {
      const symbols = offersOf(at.source).symbols;
      const found = symbols.get(`${path}.${name}`);
      if (found) return this.ofSymbol(at, found, rest, depth - 1, name !== first);
      for (const one of symbols.values()) if (one.owner === path) offered.push(symbolOf(at, one));
      isOpen ||= mentionsMember(at.source, path, name);
    }
    if (isOpen || EXCEPTION_MEMBERS.has(name) || ENUM_MEMBERS.has(name)) return { kind: 'open' };
    return { kind: 'missing', holder: symbolOf(module, holder), word: name, offered };
  }

  /** A class and those that it inherits from, as far as they are the project's own. */
  *lineage(
    module: Module,
    path: string,
    onOpen: () => void,
    depth = MAX_DEPTH,
  ): Generator<{ readonly module: Module; readonly path: string }> {
    const own = classesOf(module.source).get(path);
    if (!own || depth === 0) return onOpen();
    const { symbols } = offersOf(module.source);
    if (own.isOpen || symbols.has(`${path}.__getattr__`) || symbols.has(`${path}.__getattribute__`))
      onOpen();
    yield { module, path };
    for (const base of own.bases) {
      const found = this.within(module, base, depth - 1);
      if (found.kind === 'found' && found.home?.kind === 'class')
        yield* this.lineage(found.home.module, found.home.path, onOpen, depth - 1);
      else if (!PLAIN_BASES.has(base.at(-1)!)) onOpen();
    }
  }

  /** The bases of a class as its text names them. */
  basesOf(module: Module, path: string): string[] {
    return (classesOf(module.source).get(path)?.bases ?? []).map((words) => words.join('.'));
  }

  /** How something is called; undefined where its text does not tell for sure. */
  signature({ module, path, kind }: Home): Signature | undefined {
    const own = signaturesOf(module.source).get(path);
    if (own || kind !== 'class') return own?.doubt === null ? own : undefined;
    let isOpen = false;
    for (const at of this.lineage(module, path, () => (isOpen = true))) {
      const inherited = signaturesOf(at.module.source).get(at.path);
      // What makes its instances in another way takes what that takes.
      if (offersOf(at.module.source).symbols.has(`${at.path}.__new__`)) return undefined;
      if (isOpen) return undefined;
      if (inherited) return inherited.doubt === null ? inherited : undefined;
    }
    return undefined;
  }
}

/** A word without the parentheses of its call. */
const uncalled = (word: string): string => word.replace(/(\(\))+$/, '');

/** Of `a/b.c/d.e`: `a`, `a/b`, `a/b.c` and `a/b.c/d`. */
const stemsOf = (path: string): string[] =>
  [...path.matchAll(/(?<=[^/])[./]/g)].map(({ index }) => path.slice(0, index));
