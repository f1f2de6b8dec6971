/*
 * A module's dotted name depends on the folder it is imported from, which no path tells. But who names a
 * module tells: where `acme.money` is the end of a file's path, the rest of the path is that folder, and
 * under it every other file has its name.
 */

/** `acme/money` for `acme/money.py` and for `acme/money/__init__.py`. */
const stemOf = (path: string): string => path.replace(/\.py$/, '').replace(/(^|\/)__init__$/, '');

/** The folder (with its last slash; empty for the workspace's root) from which a file is the module. */
export function sourceRoot(path: string, module: string): string | undefined {
  if (!path.endsWith('.py') || module === '') return undefined;
  const [stem, tail] = [stemOf(path), module.replaceAll('.', '/')];
  return stem === tail || stem.endsWith(`/${tail}`) ? stem.slice(0, -tail.length) : undefined;
}

/** Whether a file lies in the package of which another one is `__init__.py`: both may seem to be `acme`, if it is `acme/acme.py`. */
export const isInPackage = (path: string, init: string): boolean =>
  path !== init &&
  init.endsWith('__init__.py') &&
  path.startsWith(init.slice(0, -'__init__.py'.length));

/** The dotted name of a file from a folder of sources, or from the folder of that name in another project. */
export function moduleName(path: string, root: string): string | undefined {
  const stem = stemOf(path);
  if (stem.startsWith(root)) return dotted(stem.slice(root.length));
  const folder = root.split('/').at(-2);
  const [, inside, ...more] = folder === undefined ? [] : stem.split(`/${folder}/`);
  return inside === undefined || more.length > 0 ? undefined : dotted(inside);
}

const dotted = (stem: string): string | undefined =>
  /^[\p{L}_][\p{L}\p{N}_]*(\/[\p{L}_][\p{L}\p{N}_]*)*$/u.test(stem)
    ? stem.replaceAll('/', '.')
    : undefined;

/** True where a dotted module is the file's own, or a package around it that may re-export its names. */
export function isOrHolds(file: string, module: string): boolean {
  return module !== '' && `/${stemOf(file)}/`.includes(`/${module.replaceAll('.', '/')}/`);
}

/** The absolute name of a module that is imported in another: `.money` in `acme.shop` is `acme.money`. */
export function absoluteModule(written: string, from: string, path: string): string | undefined {
  const dots = /^\.*/.exec(written)![0].length;
  if (dots === 0) return written;
  const up = path.endsWith('__init__.py') ? dots - 1 : dots;
  const around = from.split('.');
  if (up > around.length) return undefined;
  const rest = written.slice(dots);
  return [...around.slice(0, around.length - up), ...(rest === '' ? [] : [rest])].join('.');
}

/** The dotted name of a file from the topmost folder that may be part of one. */
const longName = (path: string): string =>
  /(?<=^|\/)[\p{L}_][\p{L}\p{N}_]*(\/[\p{L}_][\p{L}\p{N}_]*)*$/u
    .exec(path.replace(/\.py$/, ''))?.[0]
    .replaceAll('/', '.') ?? '';

/** The name of a module that a file imports, without dots at its front. */
export function importedFrom(path: string, written: string): string | undefined {
  return written.startsWith('.') ? absoluteModule(written, longName(path), path) : written;
}

/** A module's name as a file writes it that wrote another one so; undefined where that can't be. */
export function writtenAs(path: string, module: string, other: string): string | undefined {
  if (!other.startsWith('.')) return module;
  const around = longName(path).split('.').slice(0, -1);
  const words = module.split('.');
  const parting = words.findIndex((word, at) => word !== around[at]);
  const shared = parting < 0 ? words.length : parting;
  if (shared === 0) return undefined;
  return '.'.repeat(around.length - shared + 1) + words.slice(shared).join('.');
}
