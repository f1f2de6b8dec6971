import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, posix } from 'node:path';

const TEXT = /^readme(\..*)?$|\.(md|markdown|rst)$/i;
/** A line that begins with a string in three quotes: hardly anything but a docstring. */
const DOCSTRING = /^[ \t]*[rRuU]?("""|''')/m;

/**
 * A file that documents a project, from the workspace root: a text in its folder or below `docs`, or else a module
 * with a docstring. Undefined where there is none.
 *
 * @param root From the workspace root.
 * @param isForeign Says of a path from the workspace root whether it is none of the project's.
 */
export function findDocFile(
  workspace: string,
  root: string,
  isForeign: (path: string) => boolean,
): string | undefined {
  const below = (folder: string): { files: string[]; folders: string[] } => {
    const found = { files: [] as string[], folders: [] as string[] };
    for (const entry of entriesOf(join(workspace, folder))) {
      const path = posix.join(folder, entry.name);
      if (entry.isFile() && !isForeign(path)) found.files.push(path);
      if (entry.isDirectory() && !entry.name.startsWith('.') && !isForeign(`${path}/`))
        found.folders.push(path);
    }
    return found;
  };
  const search = (
    folders: readonly string[],
    isDoc: (path: string) => boolean,
  ): string | undefined => {
    const queue = [...folders];
    for (const folder of queue) {
      const { files, folders: more } = below(folder);
      const found = files.find(isDoc);
      if (found !== undefined) return found;
      queue.push(...more);
    }
    return undefined;
  };
  const isText = (path: string): boolean => TEXT.test(basename(path));
  return (
    below(root).files.find(isText) ??
    search([posix.join(root, 'docs')], isText) ??
    search([root], (path) => isDocumented(workspace, path))
  );
}

/** True where {@link findDocFile} could still give a file that it gave once, with the same arguments. */
export function isDocFile(
  workspace: string,
  root: string,
  path: string,
  isForeign: (path: string) => boolean,
): boolean {
  if (isForeign(path)) return false;
  const [folder, name] = [posix.dirname(path), basename(path)];
  const isThere = lstatSync(join(workspace, path), { throwIfNoEntry: false })?.isFile() === true;
  const isText = TEXT.test(name) && (folder === root || path.startsWith(posix.join(root, 'docs/')));
  return isThere && (isText || isDocumented(workspace, path));
}

function isDocumented(workspace: string, path: string): boolean {
  if (extname(path) !== '.py') return false;
  try {
    return DOCSTRING.test(readFileSync(join(workspace, path), 'utf8'));
  } catch {
    return false;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
