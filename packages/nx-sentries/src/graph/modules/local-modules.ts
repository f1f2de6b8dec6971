import { posix } from 'node:path';

/**
 * Says whether a file finds a module beside itself or in a folder above, within its project: pytest and
 * scripts put such folders on the path, so a test's helper is the test's own, whatever others call theirs.
 */
export class LocalModules {
  readonly #files: ReadonlySet<string>;
  /** For each project, the names of its files and folders: made when they are asked for. */
  readonly #names = new Map<string, ReadonlySet<string>>();

  /** @param byRoot The Python files of each project, by its folder; all from the workspace root. */
  constructor(private readonly byRoot: ReadonlyMap<string, readonly string[]>) {
    this.#files = new Set([...byRoot.values()].flat());
  }

  /**
   * True where a part of the module's name at least as long as `prefix` is a file in the folder of `file`, or
   * in one above it up to `root`.
   */
  has(file: string, root: string, module: string, prefix: string): boolean {
    const isInside = root === '.' || file.startsWith(`${root}/`);
    // Most imports of other projects' modules are told from local ones by their first word alone.
    if (isInside && !this.namesIn(root).has(module.split('.', 1)[0]!)) return false;
    for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
      // The folder of a regular package is not on the path: what lies in it is found by the package's name.
      if (!this.isRegularPackage(folder) && this.hasIn(folder, module, prefix)) return true;
      if (folder === root || folder === '.') return false;
    }
  }

  private namesIn(root: string): ReadonlySet<string> {
    let names = this.#names.get(root);
    if (!names) {
      names = namesOf(this.byRoot.get(root) ?? []);
      this.#names.set(root, names);
    }
    return names;
  }

  private hasIn(folder: string, module: string, prefix: string): boolean {
    const start = folder === '.' ? '' : `${folder}/`;
    for (let name = module; name.length >= prefix.length; name = parentOf(name)) {
      const path = start + name.replaceAll('.', '/');
      if (FORMS.some((form) => this.#files.has(path + form))) return true;
      if (name === '') break;
    }
    return false;
  }

  /** True where a folder is a package with a file of its own, and so not one that projects share. */
  isRegularPackage(folder: string): boolean {
    return PACKAGE_FORMS.some((form) => this.#files.has(folder + form));
  }
}

/** Names of files and of the folders above them. Files of one folder mostly come one after the other. */
function namesOf(files: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  let known: string | undefined;
  for (const file of files) {
    const begin = file.lastIndexOf('/') + 1;
    const folder = file.slice(0, begin);
    if (folder !== known) for (const part of folder.split('/')) names.add(part);
    known = folder;
    const ending = file.endsWith('.py') ? 3 : file.endsWith('.pyi') ? 4 : 0;
    names.add(file.slice(begin, file.length - ending));
  }
  return names;
}

const PACKAGE_FORMS = ['/__init__.py', '/__init__.pyi'];
const FORMS = ['.py', '.pyi', ...PACKAGE_FORMS];

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
