import type { Evidence } from '../reference';
import type { ChainUse, PythonUses } from './python-uses';
import { called } from './python-paths';

/** What an expression in an example stands for: something that the page names. */
interface Named {
  readonly kind: 'named';
  /** With what imports add; a word ends in parentheses where what it names is called. */
  readonly name: string;
  readonly evidence: readonly Evidence[];
  /** Nothing on the page says what its first word is. */
  readonly isFree: boolean;
  /** See {@link Reference.stars}. */
  readonly stars: readonly string[];
}

/** The same; or what the page writes itself, a function, a class, a member of one; or what its text does not tell. */
type Meaning = Named | { readonly kind: 'own' } | { readonly kind: 'untold' };

const OWN: Meaning = { kind: 'own' };
const UNTOLD: Meaning = { kind: 'untold' };

/** Names that lead from one to another in a circle end here. */
const MAX_STEPS = 8;

/** What the names of a page stand for: each example goes on from those before. */
export class PageNames {
  readonly #known = new Map<string, Meaning>();
  /** The modules of which an example imported everything. */
  readonly #stars = new Set<string>();

  /** The whole name of a path whose first word an example imported. */
  imported(path: readonly string[]): string | undefined {
    const known = this.#known.get(plain(path[0]!));
    return known?.kind === 'named' && known.evidence.includes('page-import') && !isInferred(known)
      ? whole(known.name, path)
      : undefined;
  }

  example(uses: PythonUses): ExampleNames {
    for (const { name } of uses.stars) {
      // Of two that bring the same name, the later one counts.
      this.#stars.delete(name);
      this.#stars.add(name);
    }
    return new ExampleNames(uses, this.#known, [...this.#stars]);
  }
}

/** What the names of one example stand for. */
class ExampleNames {
  readonly #imported: ReadonlyMap<string, string>;
  /** Names that are imported from two places. */
  readonly #unclear: ReadonlySet<string>;

  constructor(
    private readonly uses: PythonUses,
    private readonly page: Map<string, Meaning>,
    private readonly stars: readonly string[],
  ) {
    this.#imported = new Map(uses.imports.map(({ binding, target }) => [binding, target]));
    const again = uses.imports.filter(
      ({ binding, target }) => this.#imported.get(binding) !== target,
    );
    this.#unclear = new Set(again.map(({ binding }) => binding));
  }

  /** True for an imported name that the example gives another meaning, too. */
  isRebound(binding: string): boolean {
    return this.#unclear.has(binding) || this.uses.defined.has(binding);
  }

  /** Undefined for names that the example makes itself. */
  meaningOf({ of, words }: Pick<ChainUse, 'of' | 'words'>): Named | undefined {
    // Of what no words can say, the members may still be known.
    if (of === null) return unexplained(['', ...words]);
    const path = [...of, ...words];
    const meaning = this.meaning(path, MAX_STEPS);
    if (meaning.kind === 'own') return undefined;
    if (meaning.kind === 'untold') return path.length > 1 ? unexplained(path) : undefined;
    return path.length === 1 && this.isOfPage(path[0]!) ? undefined : meaning;
  }

  /** True for a name that an example gave a value. */
  private isOfPage(name: string): boolean {
    if (this.uses.values.has(name)) return true;
    const known = this.#imported.has(name) ? undefined : this.page.get(name);
    return known?.kind === 'named' && isInferred(known);
  }

  /** Makes known to the examples that follow what this one brought. */
  close(): void {
    const { imports, defined, values, own: written } = this.uses;
    const own = [...defined].map((name): [string, Meaning] => {
      const meaning = values.has(name) ? this.meaning([name], MAX_STEPS) : UNTOLD;
      if (meaning.kind === 'own') return [name, OWN];
      // What others have of it may be of its own.
      if (meaning.kind === 'named' && values.get(name)!.own.size === 0)
        return [name, { ...meaning, evidence: later(meaning.evidence) }];
      return [name, written.has(name) ? OWN : UNTOLD];
    });
    for (const { binding, target } of imports)
      this.page.set(binding, imported(target, 'page-import'));
    for (const [name, meaning] of own) if (!this.#imported.has(name)) this.page.set(name, meaning);
  }

  private meaning(path: readonly string[], steps: number): Meaning {
    const first = plain(path[0]!);
    const value = this.uses.values.get(first);
    if (value) {
      if (path.length > 1 && value.own.has(plain(path[1]!))) return OWN;
      if (steps === 0) return UNTOLD;
      const start = path[0] === first ? value.path : called(value.path);
      const meaning = this.meaning([...start, ...path.slice(1)], steps - 1);
      if (meaning.kind !== 'named') return meaning;
      const isDirect = value.by === 'call' && path.length > 1 && path[0] === first;
      const isKnown = isDirect && !meaning.isFree && !isInferred(meaning);
      return { ...meaning, evidence: isKnown ? ['instance'] : inferred(meaning.evidence) };
    }
    if (this.uses.own.has(first)) return OWN;
    if (this.uses.defined.has(first) || this.#unclear.has(first)) return UNTOLD;
    const here = this.#imported.get(first);
    if (here !== undefined) return imported(whole(here, path), 'import');
    const known = this.page.get(first);
    if (known?.kind === 'named') return { ...known, name: whole(known.name, path) };
    if (known) return known;
    const { stars } = this;
    const evidence: readonly Evidence[] = stars.length > 0 ? ['page-import', 'inferred'] : [];
    const isFree = stars.length === 0;
    return { kind: 'named', name: path.join('.'), evidence, isFree, stars };
  }
}

const imported = (name: string, by: 'import' | 'page-import'): Named => ({
  ...{ kind: 'named', name, evidence: [by], isFree: false, stars: [] },
});

const isInferred = ({ evidence }: Named): boolean => evidence.includes('inferred');

const inferred = (evidence: readonly Evidence[]): Evidence[] => [
  ...new Set<Evidence>([...evidence, 'inferred']),
];

/** In a later example it may be another thing. */
const later = (evidence: readonly Evidence[]): Evidence[] =>
  inferred(evidence.map((one) => (one === 'import' || one === 'instance' ? 'page-import' : one)));

const unexplained = (path: readonly string[]): Named => ({
  ...{ kind: 'named', name: path.join('.'), evidence: ['unexplained'], isFree: false, stars: [] },
});

const plain = (word: string): string => word.replace(/(\(\))+$/, '');

/** A path, with the name that its first word stands for. */
function whole(name: string, [first, ...rest]: readonly string[]): string {
  return [name + first!.slice(plain(first!).length), ...rest].join('.');
}
