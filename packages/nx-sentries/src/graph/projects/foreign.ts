import { createRequire } from 'node:module';
import type Picomatch from 'picomatch';

/** Folders of installed packages, environments and caches: nothing in them is anybody's source. */
const FOREIGN = new RegExp(
  `(^|/)(${[
    'node_modules',
    'site-packages',
    '__pycache__',
    '__pypackages__',
    'venv',
    '\\.venv',
    '\\.tox',
    '\\.nox',
    '\\.eggs',
    '[^/]+\\.egg-info',
    '\\.sentries',
    '\\.nx',
  ].join('|')})/`,
);

/** Where builds put copies of a project's sources. */
const BUILD_OUTPUT = ['build', 'dist'];

/**
 * Says of files, by their paths from the workspace root, whether they are nobody's source: installed,
 * excluded by the user, or the output of a build.
 *
 * @param roots Folders with a manifest. `build` and `dist` are output only directly below one of them: a
 *   project may lie in `tools/build`.
 */
export function foreignTo(
  roots: ReadonlySet<string>,
  exclude: readonly string[],
): (path: string) => boolean {
  const globs = exclude.flatMap((glob) => [glob, `${glob.replace(/\/$/, '')}/**`]);
  const excluded = globs.length > 0 ? matcher(globs) : () => false;
  const isOutput = (path: string): boolean => {
    for (const folder of BUILD_OUTPUT) {
      for (let at = path.indexOf(folder); at >= 0; at = path.indexOf(folder, at + 1)) {
        const isSegment = (at === 0 || path[at - 1] === '/') && path[at + folder.length] === '/';
        if (isSegment && roots.has(at === 0 ? '.' : path.slice(0, at - 1))) return true;
      }
    }
    return false;
  };
  return (path) => FOREIGN.test(path) || isOutput(path) || excluded(path);
}

/** Loaded where something is excluded: it is an eighth of what the plugin takes to load. */
function matcher(globs: string[]): (path: string) => boolean {
  const picomatch = createRequire(__filename)('picomatch') as typeof Picomatch;
  return picomatch(globs, { dot: true });
}
