import * as offers from '../../change/offers';
import * as signatures from '../../change/signatures';
import type { Signature } from '../../change/signatures';
import type { ModuleSymbol } from '../../change/symbols';
import type { PythonSource } from '../../python/syntax';
import { FactStore } from '../kept/store';
import * as members from './members';
import * as mentions from './mentions';
import * as returns from './returns';
import * as values from './values';

/*
 * What is asked of a module, in the words of those who answer it by its syntax tree. Where a store is kept, a module
 * that an earlier run was asked about is not even parsed.
 */

/** Of a symbol what docs are held against; the rest takes the tree. */
export type KnownSymbol = Pick<ModuleSymbol, 'path' | 'name' | 'owner' | 'kind' | 'line'>;

export interface KnownOffers {
  readonly symbols: ReadonlyMap<string, KnownSymbol>;
  readonly imports: ReadonlyMap<string, offers.ImportedName>;
}

export type KnownClass = Pick<members.Heritage, 'bases' | 'isOpen'>;

/** Facts of a module that were asked for so far, as JSON. */
interface Kept {
  symbols?: readonly KnownSymbol[];
  imports?: readonly offers.ImportedName[];
  classes?: readonly (readonly [string, KnownClass])[];
  signatures?: readonly Signature[];
  stars?: readonly string[];
  values?: readonly values.Value[];
  returns?: readonly returns.Returned[];
  /** To questions about single names. */
  answers: Record<string, boolean>;
}

/** The facts of one module, and whether more were asked for than the store had. */
class ModuleFacts {
  readonly kept: Kept;
  isNew = false;
  readonly #maps = new Map<string, unknown>();

  constructor(
    readonly key: string,
    known: unknown,
  ) {
    this.kept = (known as Kept | undefined) ?? { answers: {} };
  }

  part<K extends Exclude<keyof Kept, 'answers'>>(
    part: K,
    ask: () => NonNullable<Kept[K]>,
  ): NonNullable<Kept[K]> {
    if (this.kept[part] === undefined) {
      this.kept[part] = ask();
      this.isNew = true;
    }
    return this.kept[part]!;
  }

  /** Made of kept facts, once. */
  map<T>(name: string, make: () => T): T {
    if (!this.#maps.has(name)) this.#maps.set(name, make());
    return this.#maps.get(name) as T;
  }

  answer(question: string, ask: () => boolean): boolean {
    // A name may be that of something that every object has.
    if (!Object.hasOwn(this.kept.answers, question)) {
      this.kept.answers[question] = ask();
      this.isNew = true;
    }
    return this.kept.answers[question]!;
  }
}

const known = new WeakMap<PythonSource, ModuleFacts>();

/** Answers questions about sources from a store where it can. @returns puts into it what was asked anew. */
export function keepFacts(sources: Iterable<PythonSource>, store: FactStore): () => void {
  const kept: ModuleFacts[] = [];
  for (const source of sources) {
    const key = FactStore.key('module', source.text);
    const facts = new ModuleFacts(key, store.get(key));
    kept.push(facts);
    known.set(source, facts);
  }
  return () => {
    for (const facts of kept)
      if (facts.isNew) {
        store.put(facts.key, facts.kept);
        facts.isNew = false;
      }
  };
}

export function offersOf(source: PythonSource): KnownOffers {
  const facts = known.get(source);
  if (!facts) return offers.offersOf(source);
  return facts.map('offers', () => {
    const symbols = facts.part('symbols', () =>
      [...offers.offersOf(source).symbols.values()].map(({ path, name, owner, kind, line }) => ({
        ...{ path, name, owner, kind, line },
      })),
    );
    const imports = facts.part('imports', () => [...offers.offersOf(source).imports.values()]);
    return {
      symbols: new Map(symbols.map((symbol) => [symbol.path, symbol])),
      imports: new Map(imports.map((binding) => [binding.name, binding])),
    };
  });
}

export function signaturesOf(source: PythonSource): ReadonlyMap<string, Signature> {
  const facts = known.get(source);
  if (!facts) return signatures.signaturesOf(source);
  return facts.map('signatures', () => {
    const all = facts.part('signatures', () => [...signatures.signaturesOf(source).values()]);
    return new Map(all.map((signature) => [signature.path, signature]));
  });
}

const plainReturns = new WeakMap<PythonSource, ReadonlyMap<string, returns.Returned>>();

export function returnsOf(source: PythonSource): ReadonlyMap<string, returns.Returned> {
  const facts = known.get(source);
  if (facts)
    return facts.map('returns', () => {
      const all = facts.part('returns', () => [...returns.returnsOf(source).values()]);
      return new Map(all.map((one) => [one.path, one]));
    });
  const own = plainReturns.get(source) ?? returns.returnsOf(source);
  plainReturns.set(source, own);
  return own;
}

export function starModules(source: PythonSource): string[] {
  const facts = known.get(source);
  if (!facts) return offers.starModules(source);
  return [...facts.part('stars', () => offers.starModules(source))];
}

export function classesOf(source: PythonSource): ReadonlyMap<string, KnownClass> {
  const facts = known.get(source);
  if (!facts) return members.classesOf(source);
  return facts.map(
    'classes',
    () =>
      new Map(
        facts.part('classes', () =>
          [...members.classesOf(source)].map(([path, { bases, isOpen }]) => [
            path,
            { bases, isOpen },
          ]),
        ),
      ),
  );
}

const plainValues = new WeakMap<PythonSource, ReadonlyMap<string, values.Value>>();

export function valuesOf(source: PythonSource): ReadonlyMap<string, values.Value> {
  const facts = known.get(source);
  const own = plainValues.get(source);
  if (!facts && own) return own;
  if (!facts) {
    const made = values.valuesOf(source);
    plainValues.set(source, made);
    return made;
  }
  return facts.map('values', () => {
    const all = facts.part('values', () => [...values.valuesOf(source).values()]);
    return new Map(all.map((one) => [one.path, one]));
  });
}

const answer = (source: PythonSource, question: string, ask: () => boolean): boolean =>
  known.get(source)?.answer(question, ask) ?? ask();

export const mayBindAtTop = (source: PythonSource, name: string): boolean =>
  answer(source, `binds ${name}`, () => mentions.mayBindAtTop(source, name));

/** @param path Of a class in the module. */
export const mentionsMember = (source: PythonSource, path: string, name: string): boolean =>
  answer(source, `member ${path} ${name}`, () =>
    mentions.mentionsMember(source, members.classesOf(source).get(path)?.node, name),
  );

export const isGiven = (source: PythonSource, name: string): boolean =>
  answer(source, `gives ${name}`, () => mentions.isGiven(source, name));
