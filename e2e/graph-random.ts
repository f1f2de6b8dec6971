import fc, { type GeneratorValue } from 'fast-check';
import type { NxLine } from '../tools/paths';
import {
  ASKS,
  DECOYS,
  IMPORTS,
  pep621,
  PLUGINS,
  poetry,
  requirements,
  type Ask,
} from './graph-texts';

/** A file, and what it means for the graph. */
interface ModelFile {
  readonly text: string;
  /** Modules that it imports. */
  readonly uses: readonly string[];
  /** Projects that it asks for as a manifest. */
  readonly asks: readonly Plan[];
}

/** A project that is there, or may come: its names are known from the start. */
interface Plan {
  readonly folder: string;
  /** Where its package is. */
  readonly code: string;
  readonly module: string;
  readonly distribution: string;
  /** In the graph. */
  readonly name: string;
  readonly isPoetry: boolean;
  readonly hasTests: boolean;
}

const WORDS = 'units billing shop orders stock prices users audit search maps media files tax geo';

/** Modules of a namespace without a project of their own: they may move from one to another. */
const MOVING = ['acme.rates', 'acme.dates'];

const CONFTEST = 'libs/conftest.py';

/** A workspace of random projects whose edges are known, and random edits of it. */
export class RandomWorkspace {
  readonly #plans: readonly Plan[];
  readonly #there: Plan[] = [];
  readonly #asks = new Map<Plan, (Ask & { readonly plan: Plan })[]>();
  readonly #files = new Map<string, ModelFile>();
  #count = 0;

  constructor(private readonly g: GeneratorValue) {
    this.#plans = WORDS.split(' ').map((word) => this.plan(word));
    for (let size = this.below(5) + 8; size > 0; size--) this.add();
    for (const module of MOVING) this.move(module);
    this.put(CONFTEST, this.python(this.module()));
    this.text('web/package.json', '{ "name": "web" }');
    this.text('web/src/index.ts', 'export const units = 1;');
    this.text('README.md', 'import units');
  }

  /** The texts of all files, by path. */
  files(): Record<string, string> {
    return Object.fromEntries([...this.#files].map(([path, { text }]) => [path, text]));
  }

  /** `shop → units`, sorted. */
  edges(): string[] {
    const edges = new Set<string>();
    for (const [path, { uses, asks }] of this.#files) {
      const targets = [...uses.flatMap((module) => this.owner(module)), ...asks];
      for (const source of this.readers(path))
        for (const target of targets)
          if (target !== source && this.#there.includes(target))
            edges.add(`${source.name} → ${target.name}`);
    }
    return [...edges].sort();
  }

  /**
   * Names of the projects whose tests must run once some files have changed, sorted.
   *
   * @param nx Its line. Since 24, a file above the projects touches the tasks that have it as an input; before,
   *   the whole projects, and with them those that depend on these.
   */
  tested(changed: readonly string[], nx: NxLine): string[] {
    const touches = (isAbove: boolean): string[] =>
      changed
        .filter((path) => (path === CONFTEST) === isAbove)
        .flatMap((path) => this.readers(path))
        .flatMap(({ name, hasTests }) => (isAbove && !hasTests ? [] : [name]));
    const found = new Set([...touches(false), ...(nx < 24 ? touches(true) : [])]);
    const edges = this.edges().map((edge) => edge.split(' → '));
    for (const name of found)
      for (const [source, target] of edges) if (target === name) found.add(source!);
    for (const name of touches(true)) found.add(name);
    const tests = this.#there.filter(({ name, hasTests }) => hasTests && found.has(name));
    return tests.map(({ name }) => name).sort();
  }

  /** Changes one thing; says what. */
  edit(): string {
    const paths = [...this.#files.keys()].filter((path) => path.endsWith('.py'));
    const path = this.any(paths);
    const file = this.#files.get(path)!;
    const extra = this.any(paths.filter((one) => one.includes('/extra')));
    const edits: readonly (() => string)[] = [
      () => this.put(path, { ...file, text: `${file.text}# edited\n` }),
      () => this.put(path, this.python(...file.uses, this.module())),
      () => this.put(path, this.python()),
      () => this.put(CONFTEST, this.python(this.module())),
      () => this.text(this.any(['README.md', 'web/src/index.ts']), '// edited'),
      () => this.addExtra(this.any(this.#there)),
      () => `delete ${extra}: ${this.#files.delete(extra)}`,
      () => {
        const kept = this.#files.get(extra)!;
        this.#files.delete(extra);
        return `move ${extra}: ${this.put(extra.replace('extra', 'extra_more'), kept)}`;
      },
      () => this.move(this.any(MOVING)),
      () => this.ask(this.any(this.#there), 1),
      () => this.add(),
    ];
    return this.any(edits)();
  }

  private plan(word: string): Plan {
    const folder = `${this.any(['libs', 'apps', 'libs/deep'])}/${word}`;
    const module = this.any([`acme.${word}`, word]);
    const layout = this.any(['/src', '']);
    const distribution = this.any([word, `Corp.${word}_Dist`]);
    return {
      ...{ folder, module, distribution },
      code: `${folder}${layout}/${module.replace('.', '/')}`,
      name: distribution.replace(/[._]/g, '-').toLowerCase(),
      isPoetry: this.below(4) === 0,
      hasTests: this.below(6) > 0,
    };
  }

  /** Adds the next project, with what it imports and asks for. */
  private add(): string {
    const plan = this.#plans[this.#there.length];
    if (!plan) return 'no more projects';
    const { folder, code, hasTests } = plan;
    this.#there.push(plan);
    this.text(`${code}/__init__.py`, '');
    this.put(`${code}/core.py`, this.python());
    this.put(`${code}/main.py`, this.python(this.module()));
    this.addExtra(plan);
    if (hasTests) {
      this.put(`${folder}/tests/conftest.py`, this.python(...this.maybeModule()));
      this.put(`${folder}/tests/test_${this.#count++}.py`, this.python(...this.maybeModule()));
    }
    return `${this.ask(plan, this.below(2))}, a new project`;
  }

  private addExtra({ code }: Plan): string {
    return this.put(`${code}/extra_${this.#count++}.py`, this.python(...this.maybeModule()));
  }

  /** Asks for some more projects in the manifests of one. */
  private ask(plan: Plan, more: number): string {
    const asks = this.#asks.get(plan) ?? [];
    this.#asks.set(plan, asks);
    for (; more > 0; more--) {
      const other = this.any(this.#plans.filter((one) => one !== plan));
      const path = `${plan.folder.replace(/[^/]+/g, '..')}/${other.folder}`;
      const ask = { plan: other, how: this.any(ASKS), distribution: other.distribution, path };
      // A key can stand in a table once.
      if (asks.every((one) => one.plan !== other)) asks.push(ask);
    }
    const plans = (inFile: boolean): Plan[] =>
      asks.filter(({ how }) => (how === 'requirements') === inFile).map((one) => one.plan);
    this.put(`${plan.folder}/requirements.txt`, {
      ...{ text: requirements(asks), uses: [], asks: plans(true) },
    });
    const text = (plan.isPoetry ? poetry : pep621)(plan.distribution, asks);
    return this.put(`${plan.folder}/pyproject.toml`, { text, uses: [], asks: plans(false) });
  }

  /** Puts a module into some project, and takes it out of the one that has it. */
  private move(module: string): string {
    const end = `/${module.replace('.', '/')}.py`;
    const old = [...this.#files.keys()].find((path) => path.endsWith(end));
    const { code, folder, module: own } = this.any(this.#there);
    const kept = old === undefined ? this.python() : this.#files.get(old)!;
    if (old !== undefined) this.#files.delete(old);
    const start = code.slice(folder.length, -own.length - 1);
    return `move ${old}: ${this.put(`${folder}${start}${end}`, kept)}`;
  }

  private put(path: string, file: ModelFile): string {
    this.#files.set(path, file);
    return `${path}: ${JSON.stringify(file.text)}`;
  }

  private text(path: string, text: string): string {
    return this.put(path, { text: `${text}\n`, uses: [], asks: [] });
  }

  /** Python that imports modules in random ways, with something beside that only looks like it. */
  private python(...uses: string[]): ModelFile {
    const decoy = this.any(DECOYS)(this.any(this.#plans).module);
    const lines = uses.map((module) => this.any([...IMPORTS, ...PLUGINS])(module));
    return { text: [...lines, decoy, ''].join('\n\n'), uses, asks: [] };
  }

  /** A module of a project that is there or may come, or one that may move. */
  private module(): string {
    return this.any([...this.#plans.map(({ module }) => module), ...MOVING]);
  }

  private maybeModule(): string[] {
    return this.below(4) === 0 ? [this.module()] : [];
  }

  private owner(module: string): Plan[] {
    const own = this.#there.find((plan) => plan.module === module);
    if (own) return [own];
    const end = `/${module.replace('.', '/')}.py`;
    const path = [...this.#files.keys()].find((one) => one.endsWith(end));
    return path === undefined ? [] : this.readers(path);
  }

  /** The projects that a file says something of: its own, or those below a `conftest.py`. */
  private readers(path: string): Plan[] {
    return path === CONFTEST
      ? this.#there.filter(({ folder }) => folder.startsWith('libs/'))
      : this.#there.filter(({ folder }) => path.startsWith(`${folder}/`));
  }

  private any<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  private below(end: number): number {
    return this.g(fc.nat, { max: end - 1 });
  }
}
