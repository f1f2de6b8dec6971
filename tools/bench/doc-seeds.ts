import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { DocWorkspace, Texts } from './doc-workspace';
import { askPython } from './repair-python';
import { linkPlaces } from './truth/links';
import type { DocPage, DocstringLines, Seed, TruthPlace } from './truth/page';
import { isPastPage } from './truth/past';
import { placesOf } from './truth/places';

/** A seed with all that it needs to be sown and judged. */
export interface Sowing {
  readonly package_: string;
  readonly seed: Seed & { readonly file?: string };
}

/** The one that is asked, and what it imports. */
const SCRIPTS = [
  'doc_seeds.py',
  'seed_source.py',
  'seed_project.py',
  'seed_changes.py',
  'seed_texts.py',
] as const;

interface Made {
  readonly texts: Texts;
  readonly docstrings: readonly DocstringLines[];
}

/** A package in which changes are seeded. */
export class SeedField {
  readonly #paths: ReadonlySet<string>;
  readonly #docs: readonly string[];
  readonly #python: readonly string[];
  readonly #docstrings: readonly DocstringLines[];
  readonly #candidates: readonly Seed[];
  /** The first words of the names that its modules have. */
  readonly packages: readonly string[];

  constructor(readonly workspace: DocWorkspace) {
    const paths = workspace.paths();
    this.#paths = new Set(paths);
    this.#docs = paths.filter(isDocPage);
    this.#python = paths.filter((path) => path.endsWith('.py'));
    const { seeds, docstrings } = workspace.kept('seeds', SCRIPTS, () =>
      askPython<{ seeds: Seed[]; docstrings: DocstringLines[] }>(SCRIPTS[0], {
        root: workspace.root,
        files: this.#python,
        wanted: null,
      }),
    );
    this.#docstrings = docstrings;
    this.#candidates = seeds;
    this.packages = [...new Set(docstrings.map(({ module }) => module.split('.')[0]!))];
  }

  /** The changes of which the docs know, and those of which they don't; in an order that only the seed decides. */
  sowings(seed: number): { readonly documented: Sowing[]; readonly silent: Sowing[] } {
    const pages = this.pages({}, []);
    const name = this.workspace.package_;
    const all = [...this.#candidates, ...this.fileSeeds()].map((one) => ({
      package_: name,
      seed: one,
    }));
    const told = all.map((one) => ({ one, places: this.places(one.seed, pages) }));
    const rank = ({ seed: own }: Sowing): string =>
      createHash('sha256')
        .update([seed, name, own.kind, own.module, own.path, own.old, own.new].join(' '))
        .digest('hex');
    const sorted = (some: typeof told): Sowing[] =>
      some.map(({ one }) => one).toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
    return {
      documented: sorted(told.filter(({ places }) => places.some(({ isNamed }) => isNamed))),
      silent: sorted(
        told.filter(({ one, places }) => one.seed.kind !== 'file' && places.length === 0),
      ),
    };
  }

  /** The texts that seeds make of the package; undefined where one can't be made. */
  made(seeds: readonly Seed[]): (Made | null)[] {
    const code = seeds.filter(({ kind }) => kind !== 'file');
    const texts = askPython<(Made | null)[]>(SCRIPTS[0], {
      root: this.workspace.root,
      files: this.#python,
      wanted: code,
    });
    const byCode = new Map(code.map((one, at) => [one, texts[at]!]));
    return seeds.map((one) =>
      one.kind === 'file'
        ? { texts: { [one.old]: null, [one.new]: this.workspace.read(one.old) }, docstrings: [] }
        : byCode.get(one)!,
    );
  }

  /** The pages of documentation, once some texts are exchanged. */
  pages(texts: Texts, docstrings: readonly DocstringLines[]): DocPage[] {
    const changed = new Set(Object.keys(texts));
    const paths = [...new Set([...this.#docs, ...Object.keys(texts).filter(isDocPage)])];
    const plain = paths.flatMap((file): DocPage[] => {
      const text = file in texts ? texts[file] : this.workspace.read(file);
      return typeof text === 'string' ? [{ file, text }] : [];
    });
    const kept = this.#docstrings.filter(({ file }) => !changed.has(file));
    const byFile = new Map<string, DocstringLines[]>();
    for (const one of [...kept, ...docstrings])
      byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
    const modules = [...byFile].map(([file, own]): DocPage => ({
      file,
      text: texts[file] ?? this.workspace.read(file),
      docstrings: own,
    }));
    return [...plain, ...modules];
  }

  places(seed: Seed, pages: readonly DocPage[]): TruthPlace[] {
    return pages.flatMap((page) => this.placesOn(page, seed));
  }

  placesOn(page: DocPage, seed: Seed): readonly TruthPlace[] {
    if (seed.kind === 'file') {
      const paths = new Set([...this.#paths].filter((path) => path !== seed.old).concat(seed.new));
      return page.docstrings ? [] : linkPlaces(page, seed.old, seed.new, paths);
    }
    return page.text.includes(seed.old) || seed.kind === 'move' || seed.kind === 'default'
      ? placesOf(page, seed, this.packages)
      : [];
  }

  /** Documents under another name, and in another folder. */
  private fileSeeds(): Seed[] {
    return this.#docs
      .filter((path) => path.includes('/') && !/\/(index|readme)\.\w+$/i.test(path))
      .flatMap((old, at): Seed[] => {
        const [folder, base] = [posix.dirname(old), posix.basename(old)];
        const now = at % 2 === 0 ? base.replace(/(\.\w+)$/, '-page$1') : `more/${base}`;
        return [{ kind: 'file', old, new: posix.join(folder, now), module: '', path: old }];
      });
  }
}

/** Documentation of the version at hand, and no copy of it that Sphinx made beside its output. */
export const isDocPage = (path: string): boolean =>
  /\.(md|markdown|rst)$/i.test(path) &&
  !isPastPage(path) &&
  !/(^|\/)(tests?|testing|fixtures|templates?|_templates|_?static|_sources|\.[^/]+|[^/]*\.egg-info)\//i.test(
    path,
  );
