import { basename, dirname } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { PYTEST_FILES } from 'sentries-core/pytest-files';
import { MANIFESTS } from '../manifest/manifest';
import { isPattern, type PythonProject } from './projects';

/** What a task may be told of its model: kept beside `config/settings.ts` of the core, without the key. */
export const CONFIG_FILE = 'sentries.config.json';
const MODEL_VARIABLES = [
  'LLM_BASE',
  'LLM_API',
  'MODEL_PLAN',
  'MODEL_PATCH',
  'SENTRIES_RECORD',
  'SENTRIES_REPLAY',
];

type InputDefinitions = NonNullable<TargetConfiguration['inputs']>;

/** Names of the inferred targets. */
export interface TargetNames {
  readonly test: string;
  readonly doc: string;
  readonly lock: string;
}

/** A lockfile that projects in several folders are tested with, and the project in whose folder it lies. */
interface SharedLock {
  readonly file: string;
  readonly owner: PythonProject;
  /** Folders of the projects whose tests or examples run with it. */
  readonly folders: readonly string[];
}

/**
 * The targets of all Python projects, by their folders.
 *
 * @param docs Globs, from the workspace root, of texts outside of projects, by the name of the project that they tell of.
 */
export function inferTargets(
  projects: readonly PythonProject[],
  names: TargetNames,
  docs: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, Readonly<Record<string, TargetConfiguration>>> {
  const locks = sharedLocks(projects);
  return new Map(
    projects.map((project) => {
      const used = locks.find(({ file }) => file === project.lock?.file);
      const owned = locks.filter(({ owner }) => owner === project);
      const targets = {
        ...(project.hasTests && { [names.test]: testTarget(project, names, used) }),
        ...((project.hasDocs || docs.has(project.name)) && {
          [names.doc]: docTarget(project, names, used, docs.get(project.name) ?? []),
        }),
        ...(owned[0] && { [names.lock]: lockTarget(owned[0]) }),
      };
      return [project.root, targets];
    }),
  );
}

function sharedLocks(projects: readonly PythonProject[]): SharedLock[] {
  const tested = projects.filter(({ hasTests, hasDocs }) => hasTests || hasDocs);
  return [...new Set(tested.map(({ lock }) => lock?.file))].flatMap((file) => {
    const owner = projects.find(({ root }) => file !== undefined && dirname(file) === root);
    const folders = tested.filter(({ lock }) => lock?.file === file).map(({ root }) => root);
    const isShared = folders.some((folder) => folder !== owner?.root);
    return file !== undefined && owner && isShared
      ? [{ file, owner, folders: folders.sort() }]
      : [];
  });
}

/** What a run of pytest in a project depends on. */
function pytestRun(
  { root, lock: own, helpersAbove }: PythonProject,
  names: TargetNames,
  lock: SharedLock | undefined,
): Pick<TargetConfiguration, 'cache' | 'dependsOn'> & { readonly inputs: InputDefinitions } {
  return {
    cache: !isPattern(root),
    ...(lock && { dependsOn: [{ projects: [lock.owner.name], target: names.lock }] }),
    inputs: [
      '{projectRoot}/**/*',
      '!{projectRoot}/**/__pycache__/**',
      '^{projectRoot}/**/*',
      ...[...pytestFilesAbove(root), ...helpersAbove].map((file) => `{workspaceRoot}/${file}`),
      ...(lock ? sliceInputs(lock, root) : own ? [`{workspaceRoot}/${own.file}`] : []),
    ],
  };
}

function testTarget(
  project: PythonProject,
  names: TargetNames,
  lock: SharedLock | undefined,
): TargetConfiguration {
  const run = pytestRun(project, names, lock);
  return {
    executor: 'nx-sentries:sentry-test',
    ...run,
    inputs: [
      ...run.inputs,
      `{workspaceRoot}/${CONFIG_FILE}`,
      ...['NX_BASE', 'NX_HEAD', ...MODEL_VARIABLES].map((env) => ({ env })),
    ],
    outputs: ['{workspaceRoot}/.sentries/{projectName}/sentry-test'],
    metadata: {
      technologies: ['python', 'pytest'],
      description: 'Run the pytest tests and repair those that the change made stale',
      help: {
        command: `npx nx run ${project.name}:${names.test} --help`,
        example: { options: { mode: 'apply', accept: 'mechanical' } },
      },
    },
  };
}

/**
 * What is installed counts, too: the project may have pytest run examples of its documentation. The text of a pull request
 * does not, wherever it comes from, nor what opens the way to it: a model may be told of it, but it decides nothing, so other words make no patch wrong that was proven.
 */
function docTarget(
  project: PythonProject,
  names: TargetNames,
  lock: SharedLock | undefined,
  texts: readonly string[],
): TargetConfiguration {
  const run = pytestRun(project, names, lock);
  return {
    executor: 'nx-sentries:sentry-doc',
    ...run,
    inputs: [
      ...run.inputs,
      ...texts.flatMap(filesOf).map((glob) => `{workspaceRoot}/${glob}`),
      `{workspaceRoot}/${CONFIG_FILE}`,
      ...['NX_BASE', 'NX_HEAD', ...MODEL_VARIABLES].map((env) => ({ env })),
    ],
    outputs: ['{workspaceRoot}/.sentries/{projectName}/sentry-doc'],
    metadata: {
      technologies: ['python'],
      description: 'Check the documentation against the change, and repair what it made stale',
      help: {
        command: `npx nx run ${project.name}:${names.doc} --help`,
        example: { options: { mode: 'apply', accept: 'mechanical' } },
      },
    },
  };
}

/** A glob, and what it means where it is the name of a folder. */
function filesOf(glob: string): string[] {
  const plain = glob.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  return plain.endsWith('*') ? [plain] : [plain, `${plain}/**/*`];
}

/**
 * What makes `nx affected` select a project when a shared lockfile changes, and leaves its hash alone when
 * others' packages do: on Nx 24 the slice is an output of a task that the change affects; Nx 22 and 23 look at
 * what inputs name, and not at what is taken back. What the project uses is in its hash by {@link lockInput}.
 */
function sliceInputs({ file, owner }: SharedLock, root: string): InputDefinitions {
  return [
    `{workspaceRoot}/${file}`,
    `!{workspaceRoot}/${file}`,
    ...(owner.root === root ? [`!{projectRoot}/${basename(file)}`] : []),
    { dependentTasksOutputFiles: sliceFile(file, root).replace(/[[\]{}()*?!+@]/g, '?') },
  ];
}

/**
 * A named input that no target reads. Nx hashes a project's configuration into each task of the project, and
 * of those that depend on it: so the digest of the locked packages counts for all of them, whatever becomes
 * of the targets' own inputs and dependencies.
 */
export function lockInput({ lock }: PythonProject): Record<string, string[]> | undefined {
  return lock && { 'sentry-packages': [`{workspaceRoot}/${lock.file}#${lock.digest}`] };
}

/** The folder for a lockfile's slices, from the workspace root. */
export const slicesFolder = (lockfile: string): string => `.sentries/.locks/${lockfile}`;

/** A project's slice of a lockfile, from the workspace root. */
export function sliceFile(lockfile: string, root: string): string {
  const folder = root === '.' ? '' : `${root}/`;
  return `${slicesFolder(lockfile)}/${folder}packages.txt`;
}

function lockTarget({ file, folders }: SharedLock): TargetConfiguration {
  // uv.lock says who asks for what; for others that is in the manifests.
  const manifests = basename(file) === 'uv.lock' ? [] : folders.flatMap(manifestsIn);
  return {
    executor: 'nx-sentries:sentry-lock',
    cache: true,
    options: { lockfile: file, folders },
    inputs: [`{workspaceRoot}/${file}`, ...manifests],
    outputs: [`{workspaceRoot}/${slicesFolder(file)}`],
    metadata: {
      technologies: ['python'],
      description: `Cut ${file} into what each project uses, so that only those whose packages changed are tested`,
    },
  };
}

function manifestsIn(root: string): string[] {
  const folder = root === '.' ? '' : `${root}/`;
  return MANIFESTS.map((manifest) => `{workspaceRoot}/${folder}${manifest}`);
}

/** The files above a project that its tests read, if they are there; from the workspace root. */
export function pytestFilesAbove(root: string): string[] {
  return above(root).flatMap((folder) => PYTEST_FILES.map((file) => `${folder}${file}`));
}

/** The folders above a project, each with a slash at its end; the workspace root is the empty string. */
function above(root: string): string[] {
  const parts = root === '.' ? [] : root.split('/');
  return parts
    .map((_, depth) => parts.slice(0, depth).join('/'))
    .map((path) => (path ? `${path}/` : ''));
}
