import { posix } from 'node:path';
import { isInScope } from '../../change/scope';
import { modulesOf, type CodeFolder, type Module } from './modules';
import { Names, type NameSpace } from './names';
import { Pages } from './pages';
import { Settings } from './settings';

export type { Home, Lookup } from './names';

/** Files that links can lead into. */
export const PAGE = /\.(md|markdown|rst)$/i;

/** What docs can name of a project, and of those that it depends on, at one tree. */
export class ProjectCode extends Names {
  /** The project's own modules, by their dotted names. */
  readonly modules: ReadonlyMap<string, Module>;
  /** The options and the like of the project itself. */
  readonly settings: Settings;
  readonly pages: Pages;

  /**
   * @param texts Python files, manifests and pages, by their paths from the root of the tree.
   * @param paths All files.
   * @param own The project.
   * @param dependencies The projects whose code it may name as well.
   * @param like The same at another time: what is the same in both is parsed once.
   */
  constructor(
    texts: ReadonlyMap<string, string>,
    readonly paths: ReadonlySet<string>,
    private readonly own: CodeFolder = { folder: '.', roots: [] },
    private readonly dependencies: readonly CodeFolder[] = [],
    like?: ProjectCode,
  ) {
    const all = [own, ...dependencies];
    const parts = all.map((part) => {
      const inside = textsIn(part, texts, all);
      const python = new Map([...inside].filter(([path]) => path.endsWith('.py')));
      return { inside, ...modulesOf(python, part, like?.known) };
    });
    super({ ...together(parts), paths });
    const { inside, modules } = parts[0]!;
    this.modules = modules;
    this.settings = new Settings(inside, [...modules.values()]);
    // Labels and headings are those of the project's own pages, and of the texts elsewhere that tell of it.
    const isElsewhere = (path: string): boolean =>
      dependencies.some((part) => isInScope(scopeOf(part, [own]), path));
    this.pages = new Pages(
      new Map([...texts].filter(([path]) => PAGE.test(path) && !isElsewhere(path))),
    );
  }

  /** True for a path of the project itself. */
  isInside(path: string): boolean {
    return isInScope(scopeOf(this.own, this.dependencies), path);
  }

  /** True for a path of which the tree tells whether it is there. */
  covers(path: string): boolean {
    const { folder } = this.own;
    const dependencies = this.dependencies.map((one) => one.folder);
    return this.paths.has(path) || isInScope({ folder, dependencies, others: [] }, path);
  }

  /** True where a text is just a string of the code. */
  isString(text: string): boolean {
    return [...this.known].some(({ source }) =>
      ['"', "'"].some((quote) => source.text.includes(quote + text + quote)),
    );
  }

  /** The module of a file. */
  moduleOf(file: string): Module | undefined {
    return [...this.modules.values()].find((module) => module.file === file);
  }
}

/** The modules of several projects; of one that two of them have, the first. */
function together(
  parts: readonly {
    readonly modules: ReadonlyMap<string, Module>;
    readonly namespaces: ReadonlySet<string>;
  }[],
): Omit<NameSpace, 'paths'> {
  const known = new Map<string, Module>();
  const shared = new Set<string>();
  const namespaces = new Set<string>();
  for (const part of parts) {
    for (const [name, module] of part.modules)
      if (known.has(name)) shared.add(name);
      else known.set(name, module);
    for (const name of part.namespaces) namespaces.add(name);
  }
  for (const name of known.keys()) namespaces.delete(name);
  return { modules: known, shared, namespaces };
}

/** What lies in a project, by its paths from there; what is in the folder of another one inside of it is not its own. */
function textsIn(
  part: CodeFolder,
  texts: ReadonlyMap<string, string>,
  all: readonly CodeFolder[],
): Map<string, string> {
  const scope = scopeOf(
    part,
    all.filter((one) => one !== part),
  );
  return new Map(
    [...texts]
      .filter(([path]) => isInScope(scope, path))
      .map(([path, text]) => [posix.relative(part.folder, path), text]),
  );
}

const scopeOf = ({ folder }: CodeFolder, others: readonly CodeFolder[]) => ({
  folder,
  dependencies: [],
  others: others.map((one) => one.folder),
});
