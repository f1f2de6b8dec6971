import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FactsCache } from '../facts/facts-cache';
import { foreignTo } from './foreign';
import { helperFinder } from './helpers-above';
import { LOCKFILES } from '../lockfile/lockfile';
import { requiredBy, sliceDigests, type LockUser } from '../lockfile/slices';
import { findDocFile, isDocFile } from './doc-files';
import { MANIFESTS, manifestText, type ManifestFacts } from '../manifest/manifest';
import { nameProjects } from './names';
import { findTestFile, isTestFile } from './test-files';

/** Files that name a project before its Python manifest does. */
const NAMING_FILES = ['project.json', 'package.json'];

/** The files by which projects are found: base names. */
export const PROJECT_FILES: readonly string[] = [...MANIFESTS, ...LOCKFILES, ...NAMING_FILES];

/** A folder with a Python manifest. */
export interface PythonProject {
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** The manifest that counts, from the workspace root. */
  readonly manifest: string;
  readonly name: string;
  /** The name comes from its project.json or package.json; a second one from us would replace it. */
  readonly isNamedElsewhere: boolean;
  readonly hasTests: boolean;
  /** It has texts that tell of it, or docstrings. */
  readonly hasDocs: boolean;
  /**
   * Globs, from the workspace root, of modules beside a `conftest.py` in the folders above: pytest puts those
   * folders on the path.
   */
  readonly helpersAbove: readonly string[];
  /** The lockfile that says which packages it is tested with. */
  readonly lock: UsedLock | undefined;
}

interface UsedLock {
  /** From the workspace root. */
  readonly file: string;
  /** Of what the project uses of it. */
  readonly digest: string;
}

export interface FoundProjects {
  readonly projects: readonly PythonProject[];
  /** What a person should know, each in a sentence. */
  readonly warnings: readonly string[];
}

/**
 * The Python projects among the files of a workspace. A manifest that can't be read makes a project all the
 * same, and a warning.
 *
 * @param files Those named as in {@link PROJECT_FILES}, from the workspace root.
 * @param exclude Globs of what is left out, from the workspace root.
 */
export function pythonProjects(
  files: readonly string[],
  workspace: string,
  cache: FactsCache,
  exclude: readonly string[] = [],
): FoundProjects {
  const isForeign = foreignTo(foldersOf(files, MANIFESTS), exclude);
  const own = files.filter((file) => !isForeign(file));
  const found = withManifests(own, workspace, cache);
  const roots = new Set(found.map(({ root }) => root));
  const locks = usedLocks(own, found, workspace, cache);
  const given = givenNames(own, workspace, roots);

  const unnamed = found.filter(({ root }) => !given.has(root));
  const names = nameProjects(
    unnamed.map(({ root, facts }) => ({ root, distribution: nameIn(facts) })),
    new Set(given.values()),
  );
  const isNotOf = (root: string) => (path: string) =>
    isForeign(path) || (path !== `${root}/` && roots.has(path.replace(/\/$/, '')));
  const hasTests = ({ root, facts }: WithManifests): boolean => {
    const testpaths = facts.find((one) => one.testpaths !== undefined)?.testpaths;
    const isOthers = isNotOf(root);
    const file = cache.finding(
      `a test of ${JSON.stringify([root, testpaths])}`,
      (path) => isTestFile(workspace, root, path, isOthers),
      () => findTestFile(workspace, root, testpaths, isOthers),
    );
    return file !== undefined;
  };
  const hasDocs = ({ root }: WithManifests): boolean => {
    const isOthers = isNotOf(root);
    const file = cache.finding(
      `documentation of ${JSON.stringify(root)}`,
      (path) => isDocFile(workspace, root, path, isOthers),
      () => findDocFile(workspace, root, isOthers),
    );
    return file !== undefined;
  };
  const helpersAbove = helperFinder(workspace);
  const projects = found.map((one) => ({
    root: one.root,
    manifest: one.manifest,
    name: given.get(one.root) ?? names.byRoot.get(one.root)!,
    isNamedElsewhere: given.has(one.root),
    hasTests: hasTests(one),
    hasDocs: hasDocs(one),
    helpersAbove: helpersAbove(one.root),
    lock: locks.get(one.root),
  }));
  const warnings = [
    ...found.flatMap(({ faults }) => faults),
    ...[...roots]
      .filter(isPattern)
      .map(
        (root) =>
          `${root} is read as a pattern by Nx, which then does not find the files in it: results of its tests ` +
          'are not cached, and those of its dependents may be stale. Rename the folder.',
      ),
    ...[...names.contested].map(
      ([name, contenders]) =>
        `"${name}" would be the name of more than one project; these are called by their folders ` +
        `instead: ${contenders.join(', ')}. Give each a name of its own.`,
    ),
  ];
  return { projects, warnings };
}

/** True where Nx would read a folder's name as a pattern, and so not find its files when it hashes a task. */
export const isPattern = (root: string): boolean => /[*?[\]{}]|[!+@]\(/.test(root);

interface WithManifests {
  readonly root: string;
  readonly manifest: string;
  readonly facts: readonly ManifestFacts[];
  readonly faults: readonly string[];
}

/** The folders with manifests, and what these say, the one that counts first. */
function withManifests(
  files: readonly string[],
  workspace: string,
  cache: FactsCache,
): WithManifests[] {
  const byRoot = new Map<string, string[]>();
  for (const kind of MANIFESTS) {
    for (const file of files.filter((path) => basename(path) === kind)) {
      const root = dirname(file);
      byRoot.set(root, [...(byRoot.get(root) ?? []), file]);
    }
  }
  const isAlone = byRoot.size === 1;
  return [...byRoot].flatMap(([root, manifests]) => {
    const texts = manifests.map((file) => ({ file, text: textOf(join(workspace, file)) }));
    if (manifests.every((file) => isModule(file, workspace))) return [];
    if (root === '.' && !isAlone && texts.every(({ file, text }) => isOnlySettings(file, text)))
      return [];
    const read = texts.map(({ file, text }) => ({ file, ...cache.manifest(basename(file), text) }));
    const faults = read.flatMap(({ file, fault }) =>
      fault ? [faultOf(file, fault.line, fault.what)] : [],
    );
    return [{ root, manifest: manifests[0]!, facts: read, faults }];
  });
}

/** How a file that can't be read is named to people. */
export function faultOf(file: string, line: number | undefined, what: string): string {
  return `${file}${line === undefined ? '' : `:${line}`} can't be read: ${what}. The rest of the graph is not touched by it.`;
}

/** A `setup.py` in a package is a module like others. */
const isModule = (file: string, workspace: string): boolean =>
  basename(file) === 'setup.py' && existsSync(join(workspace, dirname(file), '__init__.py'));

/**
 * A manifest at the root of a workspace that only sets tools up (ruff, pytest, mypy) for the projects below
 * it makes no project: that would own every file that nobody else does.
 */
function isOnlySettings(file: string, text: string): boolean {
  switch (basename(file)) {
    case 'pyproject.toml':
      return !/^\s*(\[\s*)?(project|build-system|dependency-groups|tool\.(poetry|pdm|hatch|flit|uv))\b/m.test(
        text,
      );
    case 'setup.cfg':
      return !/^\[(metadata|options)\b/m.test(text);
    default:
      return false;
  }
}

function textOf(path: string): string {
  try {
    return manifestText(readFileSync(path));
  } catch {
    // It vanished since Nx listed it: Nx will ask again.
    return '';
  }
}

const nameIn = (facts: readonly ManifestFacts[]): string | undefined =>
  facts.find(({ name }) => name !== undefined)?.name;

/**
 * The names that Nx takes from project.json and package.json files, by folder. The package.json of the
 * root makes a project only with an `nx` entry; but it names one that is there for another reason.
 */
function givenNames(
  files: readonly string[],
  workspace: string,
  roots: ReadonlySet<string>,
): Map<string, string> {
  const names = new Map<string, string>();
  for (const kind of NAMING_FILES) {
    for (const file of files.filter((path) => basename(path) === kind)) {
      const root = dirname(file);
      if (names.has(root)) continue;
      try {
        const text = readFileSync(join(workspace, file), 'utf8');
        const { name: own, nx } = JSON.parse(text) as { name?: unknown; nx?: unknown };
        // Nx calls a nameless one after its folder, where nobody else names it.
        const isNameless = kind === 'project.json' && own === undefined && !roots.has(root);
        const name = isNameless ? basename(root).toLowerCase() : own;
        const isProject =
          root !== '.' || kind === 'project.json' || nx !== undefined || roots.has(root);
        if (typeof name === 'string' && isProject) names.set(root, name);
      } catch {
        // Nx itself reports a file that is broken.
      }
    }
  }
  return names;
}

/** For each project by its folder, the lockfile that it is tested with. */
function usedLocks(
  files: readonly string[],
  projects: readonly WithManifests[],
  workspace: string,
  cache: FactsCache,
): Map<string, UsedLock> {
  const lockfiles = new Set(files.filter((file) => LOCKFILES.includes(basename(file))));
  const users = new Map<string, LockUser[]>();
  for (const { root, facts } of projects) {
    const file = lockfileOf(root, lockfiles);
    if (file !== undefined)
      users.set(file, [...(users.get(file) ?? []), { root, manifests: facts }]);
  }
  const used = new Map<string, UsedLock>();
  for (const [file, some] of users) {
    const text = textOf(join(workspace, file));
    const asked = JSON.stringify(some.map((user) => [user.root, requiredBy(user)]));
    const digests = cache.fact(`slices of ${file}`, `${asked}\n${text}`, () =>
      sliceDigests(file, text, some),
    );
    for (const { root } of some) used.set(root, { file, digest: digests[root]! });
  }
  return used;
}

/** Of some lockfiles, the one in a project's folder or the nearest one above. */
export function lockfileOf(root: string, lockfiles: ReadonlySet<string>): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    for (const kind of LOCKFILES) {
      const file = folder === '.' ? kind : `${folder}/${kind}`;
      if (lockfiles.has(file)) return file;
    }
    if (folder === '.') return undefined;
  }
}

function foldersOf(files: readonly string[], names: readonly string[]): Set<string> {
  return new Set(files.filter((file) => names.includes(basename(file))).map(dirname));
}
