import type { Tree } from '@nx/devkit';
import { UsageError } from 'sentries-core';
import type { SentriesPluginOptions } from '../../plugin';
import { readJsonText } from '../json-text';

/** What the workspace is installed with: what its CI has to set up. */
export interface WorkspaceUse {
  readonly node: NodeUse;
  readonly python: PythonUse;
  /** The branch that changes go to. */
  readonly defaultBranch: string;
  /** Names of the inferred targets. */
  readonly targets: readonly [test: string, doc: string];
}

export interface NodeUse {
  /** `yarn` is Yarn 1; `berry` is every later one. */
  readonly manager: 'npm' | 'pnpm' | 'yarn' | 'berry';
  /** Without a lockfile nothing is cached, and versions are what the day brings. */
  readonly isLocked: boolean;
  /** The file that names the version of Node; null where none does. */
  readonly versionFile: '.nvmrc' | '.node-version' | 'package.json' | null;
}

export interface PythonUse {
  /** True where there is any project of Python. */
  readonly isThere: boolean;
  /** Folders with a `uv.lock`, from the workspace root. */
  readonly uv: readonly { readonly folder: string; readonly isWorkspace: boolean }[];
  /** Folders with a `poetry.lock`. */
  readonly poetry: readonly string[];
  /** Files of requirements of pip; read only where neither uv nor poetry is in use. */
  readonly requirements: readonly string[];
  /** True where one of them asks for pytest. */
  readonly asksForPytest: boolean;
  /** The file that names the version of Python; null where none does. */
  readonly versionFile: '.python-version' | 'pyproject.toml' | null;
}

const REQUIREMENTS = /^(?:requirements[\w.-]*|[\w.-]+-requirements)\.txt$/;
const MANIFESTS: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.py', 'setup.cfg']);

/**
 * What the files of a workspace say that it is installed with. Files that git ignores don't count.
 *
 * @throws UsageError for Bun, for which there is no workflow.
 */
export function workspaceUse(tree: Tree): WorkspaceUse {
  return {
    node: nodeUse(tree),
    python: pythonUse(tree, filesBelow(tree, '').sort()),
    ...nxUse(tree),
  };
}

/**
 * The files of the workspace, but for those of environments, of packages and of tools. The devkit's own way to leave out what
 * is ignored asks for an Nx of the same line.
 */
function filesBelow(tree: Tree, folder: string): string[] {
  const names = tree.children(folder);
  if (names.includes('pyvenv.cfg')) return [];
  return names.flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (tree.isFile(path)) return [path];
    return name.startsWith('.') || name === 'node_modules' ? [] : filesBelow(tree, path);
  });
}

const read = (tree: Tree, path: string): string => tree.read(path, 'utf8') ?? '';

function nodeUse(tree: Tree): NodeUse {
  const manifest = readJsonText(read(tree, 'package.json'), 'package.json').content;
  const versionFile = (['.nvmrc', '.node-version'] as const).find((file) => tree.exists(file));
  const { node } = (manifest['engines'] ?? {}) as { readonly node?: string };
  return {
    ...managerOf(tree, manifest),
    versionFile: versionFile ?? (node === undefined ? null : 'package.json'),
  };
}

/**
 * Packages that lie in archives have no files that a grammar or a plugin for pytest could be loaded from.
 *
 * @throws UsageError for Yarn's Plug'n'Play, which later Yarns take where nothing else is set.
 */
export function refusePlugAndPlay(tree: Tree): void {
  const isOther = /^\s*nodeLinker:\s*["']?(?!pnp)\w/m.test(read(tree, '.yarnrc.yml'));
  if (!tree.exists('.pnp.cjs') && (!isBerry(tree) || isOther)) return;
  throw new UsageError(
    "this workspace uses Yarn's Plug'n'Play, which nx-sentries does not support",
    'Put `nodeLinker: node-modules` into .yarnrc.yml, run `yarn install`, and try again.',
  );
}

/** Yarn 2 or later. */
const isBerry = (tree: Tree): boolean => read(tree, 'yarn.lock').includes('__metadata:');

function managerOf(
  tree: Tree,
  { packageManager = '' }: { readonly packageManager?: string },
): Pick<NodeUse, 'manager' | 'isLocked'> {
  if (tree.exists('pnpm-lock.yaml')) return { manager: 'pnpm', isLocked: true };
  if (tree.exists('yarn.lock')) {
    return { manager: isBerry(tree) ? 'berry' : 'yarn', isLocked: true };
  }
  if (tree.exists('bun.lock') || tree.exists('bun.lockb'))
    throw new UsageError(
      'this workspace uses Bun, for which there is no workflow',
      'Run it with --ci=none, and write the workflow after the guide (docs/ci.md).',
    );
  const isNpm = ['package-lock.json', 'npm-shrinkwrap.json'].some((file) => tree.exists(file));
  if (isNpm || !packageManager.startsWith('pnpm@')) return { manager: 'npm', isLocked: isNpm };
  return { manager: 'pnpm', isLocked: false };
}

function pythonUse(tree: Tree, files: readonly string[]): PythonUse {
  const named = (name: string): string[] => files.filter((path) => baseOf(path) === name);
  const folders = new Set(files.filter((path) => MANIFESTS.has(baseOf(path))).map(folderOf));
  const requirements = files
    .filter((path) => REQUIREMENTS.test(baseOf(path)))
    // Those of examples and pages are none of the tests' business.
    .filter((path) => folderOf(path) === '.' || folders.has(folderOf(path)));
  return {
    isThere: folders.size > 0,
    uv: named('uv.lock').map((path) => {
      const folder = folderOf(path);
      const manifest = read(tree, inFolder(folder, 'pyproject.toml'));
      return { folder, isWorkspace: /^\[tool\.uv\.workspace\]/m.test(manifest) };
    }),
    poetry: named('poetry.lock').map(folderOf),
    requirements,
    asksForPytest: requirements.some((path) => /^\s*pytest\b(?!-)/m.test(read(tree, path))),
    versionFile: tree.exists('.python-version')
      ? '.python-version'
      : /^requires-python\s*=/m.test(read(tree, 'pyproject.toml'))
        ? 'pyproject.toml'
        : null,
  };
}

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
const inFolder = (folder: string, file: string): string =>
  folder === '.' ? file : `${folder}/${file}`;

interface NxJson {
  readonly defaultBase?: string;
  readonly affected?: { readonly defaultBase?: string };
  readonly plugins?: readonly (
    string | { readonly plugin: string; readonly options?: SentriesPluginOptions }
  )[];
}

/** What nx.json says. */
export function nxUse(tree: Tree): Pick<WorkspaceUse, 'defaultBranch' | 'targets'> {
  const content = readJsonText(read(tree, 'nx.json'), 'nx.json').content as NxJson;
  const base = content.defaultBase ?? content.affected?.defaultBase ?? 'main';
  const own = content.plugins?.find(
    (one) => typeof one === 'object' && one.plugin === 'nx-sentries',
  );
  const { testTargetName = 'sentry-test', docTargetName = 'sentry-doc' } =
    typeof own === 'object' ? (own.options ?? {}) : {};
  return {
    defaultBranch: base.replace(/^(?:refs\/(?:heads|remotes)\/)?(?:origin\/)?/, ''),
    targets: [testTargetName, docTargetName],
  };
}
