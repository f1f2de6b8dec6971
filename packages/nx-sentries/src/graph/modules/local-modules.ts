import { posix } from 'node:path';

/**
 * Says whether a file finds a module beside itself or in a folder above, within its project: pytest and
 * scripts put such folders on the path, so a test's helper is the test's own, whatever others call theirs.
 */
export class LocalModules {
  readonly #files: ReadonlySet<string>;

  /** @param files All Python files, from the workspace root. */
  constructor(files: Iterable<string>) {
    this.#files = new Set(files);
  }

  /**
   * True where a part of the module's name at least as long as `prefix` is a file in the folder of `file`, or
   * in one above it up to `root`.
   */
  has(file: string, root: string, module: string, prefix: string): boolean {
    for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
      // The folder of a regular package is not on the path: what lies in it is found by the package's name.
      if (!this.isRegularPackage(folder) && this.hasIn(folder, module, prefix)) return true;
      if (folder === root || folder === '.') return false;
    }
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

const PACKAGE_FORMS = ['/__init__.py', '/__init__.pyi'];
const FORMS = ['.py', '.pyi', ...PACKAGE_FORMS];

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
