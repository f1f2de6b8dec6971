import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** pytest's own defaults for `python_files`. */
const TEST_FILE = /^(test_.*|.*_test)\.py$/;

/**
 * True where a project has a file that pytest would collect. Looks where tests usually lie first and stops
 * at the first one.
 *
 * Why not by the glob of `createNodes`: Nx takes each deleted file that matches such a glob for a deleted
 * project, and then selects everything as affected.
 *
 * @param root From the workspace root.
 * @param testpaths Folders from `root` that pytest is configured to look in; all of it where undefined.
 * @param isForeign Says of a path from the workspace root whether it is none of the project's.
 */
export function hasTests(
  workspace: string,
  root: string,
  testpaths: readonly string[] | undefined,
  isForeign: (path: string) => boolean,
): boolean {
  const search = (folder: string): boolean => {
    const folders: string[] = [];
    for (const entry of entriesOf(join(workspace, folder))) {
      const path = posix.join(folder, entry.name);
      if (entry.isFile() ? TEST_FILE.test(entry.name) && !isForeign(path) : false) return true;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !isForeign(`${path}/`))
        folders.push(path);
    }
    return folders.sort(usualFirst).some(search);
  };
  const given = testpaths?.map((path) => posix.join(root, path)) ?? [];
  // A testpath may be a glob, or name nothing that is there: then pytest looks everywhere too.
  return given.some(search) || search(root);
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
