import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** pytest's own defaults for `python_files`. */
const TEST_FILE = /^(test_.*|.*_test)\.py$/;

/**
 * A file of a project that pytest would collect, from the workspace root. Looks where tests usually lie first
 * and stops at the first one; undefined where there is none.
 *
 * Why not by the glob of `createNodes`: Nx takes each deleted file that matches such a glob for a deleted
 * project, and then selects everything as affected.
 *
 * @param root From the workspace root.
 * @param testpaths Folders from `root` that pytest is configured to look in; all of it where undefined.
 * @param isForeign Says of a path from the workspace root whether it is none of the project's.
 */
export function findTestFile(
  workspace: string,
  root: string,
  testpaths: readonly string[] | undefined,
  isForeign: (path: string) => boolean,
): string | undefined {
  const search = (folder: string): string | undefined => {
    const folders: string[] = [];
    for (const entry of entriesOf(join(workspace, folder))) {
      const path = posix.join(folder, entry.name);
      if (entry.isFile() && TEST_FILE.test(entry.name) && !isForeign(path)) return path;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !isForeign(`${path}/`))
        folders.push(path);
    }
    return firstOf(folders.sort(usualFirst), search);
  };
  const given = testpaths?.map((path) => posix.join(root, path)) ?? [];
  // A testpath may be a glob, or name nothing that is there: then pytest looks everywhere too.
  return firstOf([...given, root], search);
}

/** True where {@link findTestFile} could still give a file that it gave once, with the same arguments. */
export function isTestFile(
  workspace: string,
  root: string,
  path: string,
  isForeign: (path: string) => boolean,
): boolean {
  if (!lstatSync(join(workspace, path), { throwIfNoEntry: false })?.isFile()) return false;
  if (isForeign(path)) return false;
  for (let folder = dirname(path); folder !== root && folder !== '.'; folder = dirname(folder))
    if (isForeign(`${folder}/`)) return false;
  return true;
}

function firstOf<T>(
  places: readonly string[],
  search: (place: string) => T | undefined,
): T | undefined {
  for (const place of places) {
    const found = search(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const usualFirst = (a: string, b: string): number => Number(isUsual(b)) - Number(isUsual(a));
const isUsual = (path: string): boolean => /(^|\/)tests?$/.test(path);
