import { posix } from 'node:path';
import { STDLIB } from './stdlib';

/** What the index needs to know of a project. */
export interface IndexedProject {
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** Its Python files, from the workspace root. */
  readonly files: readonly string[];
  /** Where importable code begins, from `root`, as far as the configuration says. */
  readonly sourceRoots: readonly string[];
  /** Others can import from it: it has a Python manifest. */
  readonly isImportable: boolean;
}

/** Who has a module. */
export interface Match {
  /** The part of the name that was found. */
  readonly prefix: string;
  /** Numbers of the projects that have it; more than one where it is ambiguous. */
  readonly owners: readonly number[];
}

/** What lies beside the code in a project's folder, and is not installed under such a name. */
const BESIDE_THE_CODE: ReadonlySet<string> = new Set(
  'src tests test testing conftest setup noxfile toxfile tasks docs doc examples'.split(' '),
);

/**
 * Which project has which module. Every file of a project is known by its dotted name, so namespace packages
 * that several projects share are told apart by the longest name that is there.
 */
export class ModuleIndex {
  readonly #owners = new Map<string, number | number[]>();
  /** First parts of the names that any project has. */
  readonly #tops = new Map<string, Set<number>>();
  readonly #rootsByPath = new Map<string, number>();
  /** The first folders of these paths: most names of modules need no further look. */
  readonly #topFolders = new Set<string>();
  readonly #sourceRoots: readonly (readonly string[])[];

  constructor(projects: readonly IndexedProject[]) {
    this.#sourceRoots = projects.map(sourceRootsOf);
    for (const [number, project] of projects.entries()) {
      if (!project.isImportable) continue;
      this.#rootsByPath.set(project.root, number);
      this.#topFolders.add(firstPart(project.root, '/'));
      this.addProject(number, project);
    }
  }

  /**
   * The projects that have a module, or the longest part of its name from the left that is a file. A name
   * that begins with the folders of the workspace (`libs.units.convert`) is found by them.
   */
  find(module: string): Match | null {
    const top = firstPart(module);
    const match = this.#tops.has(top) ? this.longest(module) : null;
    return match ?? (this.#topFolders.has(top) ? this.byFolders(module) : null);
  }

  /** True where a project shares the first part of one of its names with another: a namespace package. */
  sharesNames(project: number): boolean {
    for (const owners of this.#tops.values())
      if (owners.size > 1 && owners.has(project)) return true;
    return false;
  }

  private longest(module: string): Match | null {
    for (let prefix = module; ; prefix = prefix.slice(0, prefix.lastIndexOf('.'))) {
      const owners = this.#owners.get(prefix);
      if (owners !== undefined)
        return { prefix, owners: typeof owners === 'number' ? [owners] : owners };
      if (!prefix.includes('.')) return null;
    }
  }

  private byFolders(module: string): Match | null {
    for (let path = module.replaceAll('.', '/'); path.includes('/'); path = posix.dirname(path)) {
      const owner = this.#rootsByPath.get(path);
      if (owner !== undefined) return { prefix: path.replaceAll('/', '.'), owners: [owner] };
    }
    return null;
  }

  /**
   * The dotted names of a file or folder, by the source roots that it is in.
   *
   * @param path From the workspace root.
   */
  namesOf(project: number, path: string): string[] {
    const roots = this.#sourceRoots[project]!.filter((root) => path.startsWith(root));
    return roots.map((root) => moduleName(path.slice(root.length))).filter((name) => name !== '');
  }

  private addProject(number: number, { root, files }: IndexedProject): void {
    const folder = root === '.' ? '' : `${root}/`;
    const sourceRoots = this.#sourceRoots[number]!;
    for (const file of files) {
      for (const sourceRoot of sourceRoots) {
        if (!file.startsWith(sourceRoot)) continue;
        const top = firstPart(file.slice(sourceRoot.length), '/').replace(/\.pyi?$/, '');
        if (STDLIB.has(top) || (sourceRoot === folder && BESIDE_THE_CODE.has(top))) continue;
        const module = moduleName(file.slice(sourceRoot.length));
        if (module !== '') this.add(module, top, number);
      }
    }
  }

  private add(module: string, top: string, number: number): void {
    const owners = this.#owners.get(module);
    if (owners === undefined) this.#owners.set(module, number);
    else if (typeof owners !== 'number') {
      if (!owners.includes(number)) owners.push(number);
    } else if (owners !== number) this.#owners.set(module, [owners, number]);
    const having = this.#tops.get(top);
    if (having) having.add(number);
    else this.#tops.set(top, new Set([number]));
  }
}

/**
 * The folders in which importable code begins, from the workspace root with a slash at the end; the workspace
 * root is the empty string. What is configured adds to the usual layouts: a `pythonpath` for test helpers does
 * not say that the code lies elsewhere. A project whose folder is a package itself begins above it.
 */
function sourceRootsOf({ root, files, sourceRoots }: IndexedProject): string[] {
  const folder = root === '.' ? '' : `${root}/`;
  const hasInit = (inside: string): boolean => files.includes(`${folder}${inside}__init__.py`);
  const usual = [hasInit('src/') ? [] : ['src'], root !== '.' && hasInit('') ? ['..'] : [], ['.']];
  const found = [...sourceRoots, ...usual.flat()];
  return [...new Set(found.map((one) => posix.join(folder, one, '/').replace(/^\.\//, '')))];
}

/** `acme/units/__init__.py` and `acme/units.pyi` are both `acme.units`. */
function moduleName(path: string): string {
  const end = path.endsWith('.py') ? -3 : path.endsWith('.pyi') ? -4 : path.length;
  const stem = path.slice(0, end);
  if (stem === INIT) return '';
  return (stem.endsWith(`/${INIT}`) ? stem.slice(0, -INIT.length - 1) : stem).replaceAll('/', '.');
}

const INIT = '__init__';

function firstPart(name: string, separator = '.'): string {
  const end = name.indexOf(separator);
  return end < 0 ? name : name.slice(0, end);
}
