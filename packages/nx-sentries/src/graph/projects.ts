import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readManifest, MANIFESTS } from './manifest';

export const PROJECT_FILES: readonly string[] = MANIFESTS;
/** pytest's own defaults for `python_files`. */
export const TEST_FILES: readonly string[] = ['test_*.py', '*_test.py'];

/** A folder with a Python manifest. */
export interface PythonProject {
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** The manifest that counts, from the workspace root. */
  readonly manifest: string;
  /** Undefined where a project.json or package.json already names the project. */
  readonly name: string | undefined;
  readonly hasTests: boolean;
  /** The manifest can't be read. */
  readonly error: Error | undefined;
}

/**
 * The Python projects among the files of a workspace.
 *
 * @param files Manifests and test files, from the workspace root.
 */
export function pythonProjects(files: readonly string[], workspace: string): PythonProject[] {
  const own = files.filter((file) => !isForeign(file));
  const manifests = new Map<string, string>();
  for (const kind of MANIFESTS) {
    for (const file of own) {
      const root = dirname(file);
      if (basename(file) === kind && !manifests.has(root)) manifests.set(root, file);
    }
  }
  const tested = new Set<string>();
  for (const file of own) {
    if (MANIFESTS.includes(basename(file))) continue;
    const root = owner(file, manifests);
    if (root !== undefined) tested.add(root);
  }
  return [...manifests].map(([root, manifest]) => {
    const project = { root, manifest, hasTests: tested.has(root) };
    try {
      const named = isNamed(join(workspace, root));
      const found = readManifest(join(workspace, manifest)).name;
      const name = named ? undefined : (found ?? (root === '.' ? basename(workspace) : root));
      return { ...project, name, error: undefined };
    } catch (error) {
      return { ...project, name: undefined, error: error as Error };
    }
  });
}

/** Files of installed packages and of environments are nobody's project. */
function isForeign(file: string): boolean {
  return /(^|\/)(node_modules|site-packages|\.venv|venv|\.tox|\.nox|\.sentries|\.nx)\//.test(file);
}

/** The innermost project folder around a file. */
function owner(file: string, manifests: ReadonlyMap<string, string>): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (manifests.has(folder)) return folder;
    if (folder === '.') return undefined;
  }
}

/** Nx takes a project's name from these; a second name from us would replace it. */
function isNamed(folder: string): boolean {
  return ['project.json', 'package.json'].some((file) => {
    const path = join(folder, file);
    if (!existsSync(path)) return false;
    try {
      const { name } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown };
      return typeof name === 'string';
    } catch {
      // Nx itself reports a file that is broken.
      return true;
    }
  });
}
