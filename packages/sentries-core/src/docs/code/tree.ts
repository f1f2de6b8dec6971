import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { decodeSource } from '../../python/text';
import type { Repository } from '../../git/repository';

/** The files of a project at one moment: in the working tree, or at a commit. */
export interface FileTree {
  /** All paths, from the root of the tree, with forward slashes. */
  readonly paths: ReadonlySet<string>;
  /** The text of a file, one character a byte where it is not UTF-8; undefined where it can't be read. */
  read(path: string): Promise<string | undefined>;
}

/** Folders that hold nobody's sources. */
const SKIPPED =
  /^(\.git|\.hg|\.svn|\.tox|\.nox|\.venv|venv|\.eggs|node_modules|__pycache__|site-packages|\.mypy_cache|\.ruff_cache|\.pytest_cache|\.nx|\.sentries|\.cache|_build|.+\.egg-info)$/;

/**
 * The files below a folder of the disk, but for environments, caches and the like. Links that lead out of the
 * folder are no files of it.
 *
 * @param isLeftOut Says of a path whether it is to be left out, with all that is in it.
 */
export async function workingTree(
  folder: string,
  isLeftOut: (path: string) => boolean = () => false,
): Promise<FileTree> {
  const paths = new Set<string>();
  const root = await realpath(folder);
  const walk = async (prefix: string): Promise<void> => {
    for (const entry of await readdir(join(root, prefix), { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (SKIPPED.test(entry.name) || isLeftOut(path)) continue;
      if (entry.isDirectory()) await walk(`${path}/`);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsInside(root, path))))
        paths.add(path);
    }
  };
  await walk('');
  const read = (path: string): Promise<string | undefined> =>
    readFile(join(root, path)).then(
      (bytes) => decodeSource(bytes).text,
      () => undefined,
    );
  return { paths, read };
}

async function leadsInside(root: string, path: string): Promise<boolean> {
  try {
    const target = await realpath(join(root, path));
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false;
  }
}

/** The files below a folder at a commit. */
export async function commitTree(
  repository: Repository,
  commit: string,
  folder: string,
): Promise<FileTree> {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const files = await repository.files(commit, folder);
  const read = (path: string): Promise<string | undefined> =>
    repository.read(commit, prefix + path).then(
      (bytes) => decodeSource(bytes).text,
      () => undefined,
    );
  return { paths: new Set(files.map((path) => path.slice(prefix.length))), read };
}

/** A tree as it looks from a folder above it. */
export function placedAt(tree: FileTree, folder: string): FileTree {
  const prefix = folder === '.' ? '' : `${folder}/`;
  return {
    paths: new Set([...tree.paths].map((path) => prefix + path)),
    read: (path) => tree.read(path.slice(prefix.length)),
  };
}

/** Trees side by side: a path is that of the first that has it. */
export function together(trees: readonly FileTree[]): FileTree {
  const homes = new Map<string, FileTree>();
  for (const tree of trees.toReversed()) for (const path of tree.paths) homes.set(path, tree);
  return {
    paths: new Set(homes.keys()),
    read: async (path) => homes.get(path)?.read(path),
  };
}

/** A tree in which some files are those of another one: the rest is the same, and need not be read again. */
export function overlaid(tree: FileTree, other: FileTree, changed: ReadonlySet<string>): FileTree {
  const kept = [...tree.paths].filter((path) => !changed.has(path));
  const taken = [...changed].filter((path) => other.paths.has(path));
  return {
    paths: new Set([...kept, ...taken]),
    read: (path) => (changed.has(path) ? other : tree).read(path),
  };
}
