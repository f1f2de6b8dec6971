import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Tells for the folders of projects the globs of modules beside a `conftest.py` in the folders above. It asks
 * the disk once for each folder.
 *
 * @returns Takes and gives paths from the workspace root.
 */
export function helperFinder(workspace: string): (root: string) => string[] {
  const known = new Map<string, readonly string[]>();
  const helpersIn = (folder: string): readonly string[] => {
    const prefix = folder === '.' ? '' : `${folder}/`;
    return existsSync(join(workspace, `${prefix}conftest.py`)) ? [`${prefix}*.py`] : [];
  };
  return (root) => {
    const found: string[] = [];
    for (let folder = root; folder !== '.';) {
      folder = dirname(folder);
      let helpers = known.get(folder);
      if (!helpers) known.set(folder, (helpers = helpersIn(folder)));
      found.push(...helpers);
    }
    return found;
  };
}
