import { posix } from 'node:path';
import { PythonSource } from '../../python/syntax';

/** A module of the project. */
export interface Module {
  /** Dotted. */
  readonly name: string;
  /** From the root of the tree. */
  readonly file: string;
  readonly source: PythonSource;
}

/** Where a project lies in a tree. */
export interface CodeFolder {
  /** From the root of the tree; `.` for the root itself. */
  readonly folder: string;
  /** Folders in which importable code begins, beyond the usual ones; from the project's folder. */
  readonly roots: readonly string[];
}

/** What lies beside the code, and is not installed under such a name. */
const BESIDE =
  /^(tests?|testing|conftest|setup|noxfile|toxfile|tasks|docs?|examples?|benchmarks?|scripts?|tools?|bin|build|dist|samples?|demos?|ci|maintainer|fabfile|dodo|versioneer|hatch_build|[^/]*-[^/]*)$/;

/** Where other packages' code is kept in a package. */
export const isVendored = (path: string): boolean =>
  /(^|\/)_?(vendor(ed|ized)?|third_?party|extern(al)?s?|deps|_vendored_packages)\//.test(path);

/**
 * The modules of a project by their dotted names, with those folders that hold modules and are none. Code begins
 * in `src`, in the folders that are named, or in the project's folder itself.
 *
 * @param texts Python files by their paths from the project's folder.
 * @param known Modules of which those with the same text need not be parsed again.
 */
export function modulesOf(
  texts: ReadonlyMap<string, string>,
  { folder, roots }: CodeFolder,
  known: Iterable<Module> = [],
): { readonly modules: ReadonlyMap<string, Module>; readonly namespaces: ReadonlySet<string> } {
  const modules = new Map<string, Module>();
  const namespaces = new Set<string>();
  const sources = new Map([...known].map(({ file, source }) => [file, source]));
  const sourceOf = (text: string, file: string): PythonSource => {
    const source = sources.get(file);
    return source?.text === text ? source : new PythonSource(text, file);
  };
  const from = [
    ...roots.map((root) => (root === '.' || root === '' ? '' : `${root}/`)),
    'src/',
    'lib/',
    '',
  ];
  const isPackage = (folder: string): boolean => texts.has(`${folder}__init__.py`);
  for (const [file, text] of texts) {
    const root = from.find((one) => file.startsWith(one) && !isPackage(one));
    if (root === undefined) continue;
    const inside = file.slice(root.length);
    const words = inside
      .replace(/\.py$/, '')
      .replace(/(^|\/)__init__$/, '')
      .split('/');
    if (words.some((word) => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(word))) continue;
    const isFlat = root === '' && !isPackage(`${words[0]!}/`);
    if (BESIDE.test(words[0]!) && root === '') continue;
    // A folder of scripts is no package only because a namespace package would look the same.
    if (isFlat && words.length > 1 && !hasPackageBelow(words, isPackage)) continue;
    const name = words.join('.');
    const path = posix.join(folder, file);
    if (!modules.has(name)) modules.set(name, { name, file: path, source: sourceOf(text, path) });
    for (let length = 1; length < words.length; length += 1)
      namespaces.add(words.slice(0, length).join('.'));
  }
  for (const name of modules.keys()) namespaces.delete(name);
  return { modules, namespaces };
}

const hasPackageBelow = (
  words: readonly string[],
  isPackage: (folder: string) => boolean,
): boolean =>
  words.some((_, length) => length > 0 && isPackage(`${words.slice(0, length).join('/')}/`));
