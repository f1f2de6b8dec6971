import { basename, dirname, join } from 'node:path';
import { scanImports, type ModuleReference } from 'sentries-core/imports';
import { Distributions } from './manifest/distributions';
import type { FactsCache, Scanned } from './facts/facts-cache';
import { FileReader, type ReadFile } from './facts/file-reader';
import { foreignTo } from './projects/foreign';
import { MANIFESTS, manifestText, normalise, type ManifestFacts } from './manifest/manifest';
import { memberOf, type Member } from './members';
import type { Match } from './modules/module-index';
import { faultOf } from './projects/projects';
import { Resolver } from './modules/resolver';
import type { ViewedFile, WorkspaceView } from './workspace-view';

/** A line that makes one project depend on another. */
export interface Reference {
  /** From the workspace root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly kind: ModuleReference['kind'] | 'manifest' | 'entry point';
  /** The module that is imported, or the distribution or path that a manifest asks for. */
  readonly what: string;
}

/** Who asks for edges. Projects are numbers, in the order of the view. */
export interface EdgeVisitor {
  /** False for an edge that is of no interest, or known: it spares the work. */
  wants(source: number, target: number): boolean;
  take(source: number, target: number, reference: Reference): void;
}

export interface AnalysisOptions {
  /** Globs of what is left out, from the workspace root. */
  readonly exclude?: readonly string[];
  /** Take strings that read like a module of another project for imports. */
  readonly stringImports?: boolean;
}

/**
 * Relates the Python projects of a workspace by what their files import and what their manifests ask for.
 * What the files say comes from the cache, by content; what it means is worked out anew each time, for all of
 * them: so a package that comes later gains its edges, and one that goes loses them.
 *
 * @returns What a person should know, each in a sentence.
 */
export function analyse(
  view: WorkspaceView,
  cache: FactsCache,
  options: AnalysisOptions,
  visitor: EdgeVisitor,
): readonly string[] {
  const analysis = new Analysis(view, cache, options, visitor);
  analysis.visitManifests();
  analysis.visitFiles();
  return analysis.warnings();
}

/** A file that changed so many milliseconds ago may have changed after Nx hashed it. */
const UNSETTLED = 10_000;

class Analysis {
  readonly #warnings: string[] = [];
  readonly #reader = new FileReader();
  /** Milliseconds since 1970; Nx has hashed the files a moment ago. */
  readonly #settledBefore = Date.now() - UNSETTLED;
  readonly #members: readonly Member[];
  readonly #resolver: Resolver;
  /** For each project, those that its manifests ask for. */
  readonly #requires: Set<number>[];
  /** For each project, the distributions that its manifests ask for and that come from elsewhere. */
  readonly #outside: Set<string>[];
  /** By the id of a module in the table; undefined where it was not asked yet. */
  readonly #matches: (Match | null | undefined)[] = [];
  /** Ambiguous imports by the projects they may mean, so that each is told once. */
  readonly #ambiguous = new Map<string, { readonly first: Reference; others: number }>();

  constructor(
    private readonly view: WorkspaceView,
    private readonly cache: FactsCache,
    private readonly options: AnalysisOptions,
    private readonly visitor: EdgeVisitor,
  ) {
    const manifests = view.projects.flatMap(({ root, files }) =>
      files.filter(({ file }) => MANIFESTS.includes(basename(file)) && dirname(file) === root),
    );
    const isForeign = foreignTo(
      new Set(manifests.map(({ file }) => dirname(file))),
      options.exclude ?? [],
    );
    this.#members = view.projects.map((project) =>
      memberOf(project, isForeign, (file) => this.readManifest(file)),
    );
    this.#resolver = new Resolver(this.#members);
    this.#requires = this.#members.map(() => new Set());
    this.#outside = this.#members.map(() => new Set());
  }

  visitManifests(): void {
    const distributions = new Distributions(this.#members);
    for (const [source, { root, manifests }] of this.#members.entries()) {
      for (const { file, facts } of manifests) {
        for (const requirement of facts.requires) {
          const targets = distributions.find(requirement, [dirname(file), root]);
          const what = requirement.path ?? requirement.distribution ?? '';
          const reference = { file, line: requirement.line, kind: 'manifest', what } as const;
          if (targets.length === 1) this.#requires[source]!.add(targets[0]!);
          const { distribution } = requirement;
          if (targets.length === 0 && distribution !== undefined)
            this.#outside[source]!.add(distribution);
          this.edge(source, targets, reference, false);
        }
      }
    }
  }

  visitFiles(): void {
    const conftests = new Conftests(this.view);
    for (const [source, { root, python, manifests }] of this.#members.entries()) {
      for (const file of python) this.visitImports(source, file);
      if (python.length > 0)
        for (const file of conftests.above(root)) this.visitImports(source, file);
      for (const { file, facts } of manifests) {
        for (const { module, line } of facts.entryPoints) {
          const owners = this.#resolver.find(module)?.owners ?? [];
          this.edge(source, owners, { file, line, kind: 'entry point', what: module }, false);
        }
      }
    }
  }

  warnings(): string[] {
    for (const [projects, { first, others }] of this.#ambiguous) {
      this.#warnings.push(
        `${first.file}:${first.line} names ${first.what}, which more than one project has ` +
          `(${projects})${others > 0 ? `; so do ${others} more lines` : ''}. No edge was made: ` +
          'let the manifest ask for the one that is meant.',
      );
    }
    return this.#warnings;
  }

  private visitImports(source: number, viewed: ViewedFile): void {
    const { imports } = this.cache;
    const { file } = viewed;
    const key = this.options.stringImports ? `${viewed.hash}+strings` : viewed.hash;
    const found = this.cache.importsOf(key, () => this.scan(file));
    if (!found) return;
    if (found.fault) this.#warnings.push(faultOf(file, found.fault.line, found.fault.what));
    imports.forEach(found, (id, handle) => {
      const match = this.match(id, source, file);
      if (!match || match.owners.includes(source)) return;
      if (match.owners.every((owner) => !this.visitor.wants(source, owner))) return;
      const { module, line, kind, weak } = imports.reference(id, handle);
      // A top-level name alone is a word like any other.
      if (kind === 'string' && !match.prefix.includes('.')) return;
      if (this.#resolver.isLocal(source, file, module, match)) return;
      if (this.isFromElsewhere(source, match)) return;
      this.edge(source, match.owners, { file, line, kind, what: module }, weak);
    });
  }

  /** The manifest asks for a distribution of the module's name, and for none of the projects that have it. */
  private isFromElsewhere(source: number, { prefix, owners }: Match): boolean {
    const top = normalise(prefix.split('.', 1)[0]!);
    const isAsked = owners.some((owner) => this.#requires[source]!.has(owner));
    return !isAsked && this.#outside[source]!.has(top);
  }

  private match(id: number, source: number, file: string): Match | null {
    const known = this.#matches[id];
    if (known !== undefined) return known;
    const module = this.cache.imports.modules[id]!;
    if (module.startsWith('.')) return this.#resolver.findRelative(source, file, module);
    return (this.#matches[id] = this.#resolver.find(module));
  }

  /** @param targets More than one where nothing in the reference tells which is meant. */
  private edge(
    source: number,
    targets: readonly number[],
    reference: Reference,
    isWeak: boolean,
  ): void {
    if (targets.includes(source)) return;
    const asked = targets.filter((target) => this.#requires[source]!.has(target));
    const [target, ...more] = asked.length > 0 ? asked : targets;
    if (target === undefined) return;
    if (more.length === 0) {
      if (this.visitor.wants(source, target)) this.visitor.take(source, target, reference);
    } else if (asked.length === 0 && !isWeak) this.ambiguous(targets, reference);
  }

  private ambiguous(targets: readonly number[], reference: Reference): void {
    const projects = targets.map((target) => this.view.projects[target]!.name).join(', ');
    const known = this.#ambiguous.get(projects);
    if (known) known.others++;
    else this.#ambiguous.set(projects, { first: reference, others: 0 });
  }

  private scan(file: string): Scanned | undefined {
    const read = this.read(file);
    if (!read) return undefined;
    const scanned = scanImports(read.bytes, { strings: this.options.stringImports ?? false });
    return { file: scanned, isSettled: this.isSettled(read) };
  }

  private readManifest({ file, hash }: ViewedFile): ManifestFacts | undefined {
    const facts = this.cache.manifestOf(basename(file), hash, () => {
      const read = this.read(file);
      return read && { text: manifestText(read.bytes), isSettled: this.isSettled(read) };
    });
    if (facts?.fault) this.#warnings.push(faultOf(file, facts.fault.line, facts.fault.what));
    return facts;
  }

  private isSettled({ modifiedAt }: ReadFile): boolean {
    return modifiedAt < this.#settledBefore;
  }

  /** A file that is gone, or a link that leads nowhere, is a warning and not the end of the graph. */
  private read(file: string): ReadFile | undefined {
    try {
      return this.#reader.read(join(this.view.root, file));
    } catch (error) {
      this.#warnings.push(faultOf(file, undefined, (error as Error).message));
      return undefined;
    }
  }
}

/** The `conftest.py` files of a workspace, which pytest loads for all tests below them. */
class Conftests {
  readonly #byFolder = new Map<string, ViewedFile>();

  constructor({ projects, stray }: WorkspaceView) {
    for (const files of [stray, ...projects.map((project) => project.files)])
      for (const viewed of files)
        if (basename(viewed.file) === 'conftest.py')
          this.#byFolder.set(dirname(viewed.file), viewed);
  }

  /** Those in the folders above a project. */
  above(root: string): ViewedFile[] {
    const found: ViewedFile[] = [];
    for (let folder = root; folder !== '.';) {
      folder = dirname(folder);
      const viewed = this.#byFolder.get(folder);
      if (viewed) found.push(viewed);
    }
    return found;
  }
}
