import { posix } from 'node:path';
import picomatch from 'picomatch';

const NAMES = ['test_*.py', '*_test.py', 'conftest.py'];

/** Test folders and test files wherever pytest finds them by itself; below `src` only what is named a test. */
const FOUND = [
  '!(src)/**/{tests,test}/**',
  ...NAMES.flatMap((name) => [name, `!(src)/**/${name}`]),
  ...NAMES.map((name) => `src/**/{tests,test}/**/${name}`),
];

/**
 * Where the tests of a project are, as globs from its folder, unless an option says it.
 *
 * @param configured pytest's own `testpaths`, from the project's folder. They may name application code as
 *   well (for its doctests): of a folder that is not called `tests` or `test`, only what is named a test counts.
 */
export function defaultTestPaths(configured: readonly string[] = []): string[] {
  const own = configured.flatMap((path) =>
    /(^|\/)tests?\/?$/.test(path) ? [path] : NAMES.map((name) => posix.join(path, '**', name)),
  );
  return ['tests/**', 'test/**', '**/conftest.py', ...(configured.length > 0 ? own : FOUND)];
}

/** What of a project is test and what is code under test. Paths are from the workspace root. */
export interface TestPaths {
  /** Part of the tests: test code and whatever data lies beside it. */
  isTest(path: string): boolean;
  /** A file that a sentry may edit: part of the tests, and Python, a text with doctests or a file of snapshots. */
  isEditable(path: string): boolean;
}

/**
 * @param project The project's folder from the workspace root; `.` for the root itself.
 * @param globs From the project's folder; a plain folder's name stands for all that is in it.
 */
export function testPaths(project: string, globs: readonly string[]): TestPaths {
  const isTest = within(project, globs);
  return { isTest, isEditable: (path) => mayBeEdited(path) && isTest(path) };
}

/**
 * Says of paths from the workspace root whether some globs of a project mean them.
 *
 * @param project The project's folder from the workspace root; `.` for the root itself.
 * @param globs From the project's folder; a plain folder's name stands for all that is in it.
 */
export function within(project: string, globs: readonly string[]): (path: string) => boolean {
  const patterns = globs
    .filter((glob) => glob.trim() !== '')
    .flatMap((glob) => {
      const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '');
      return [plain, `${plain}/**`];
    });
  const matches = picomatch(patterns, { dot: true });
  const prefix = project === '.' ? '' : `${project}/`;
  return (path) =>
    path.startsWith(prefix) &&
    !path.split('/').includes('..') &&
    matches(path.slice(prefix.length));
}

/**
 * True for the kinds of files that a sentry may edit at all, wherever a project says that its tests are:
 * never what starts programs, or says which packages are installed.
 */
export function mayBeEdited(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1)!.toLowerCase();
  // A hidden folder or file configures something: git, its hosts, CI, an editor.
  const isOrdinary = parts.every((part) => part !== '' && !part.startsWith('.'));
  return isOrdinary && EDITABLE.test(name) && !MANIFEST.test(name) && !STARTED.has(name);
}

const EDITABLE = /\.(py|txt|rst|md|ambr)$/;
const MANIFEST = /(^|[-_.])(requirements|constraints)([-_.].*)?\.txt$|^cmakelists\.txt$/;
/** Python files that run without being asked for, or when something is built or installed. */
const STARTED = new Set(
  ['setup', 'sitecustomize', 'usercustomize', 'noxfile', 'toxfile', 'hatch_build', 'conanfile']
    .concat('fabfile', 'dodo', 'pavement')
    .map((name) => `${name}.py`),
);
