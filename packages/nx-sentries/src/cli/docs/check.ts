import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { loadSettings, UsageError } from 'sentries-core';
import {
  checkDocs,
  globsOf,
  placedAt,
  together,
  workingTree,
  workspaceTexts,
  type BrokenReference,
  type CodeFolder,
  type FileTree,
} from 'sentries-core/docs';
import { scopeOf } from '../../executors/task-request';
import { declaredRoots } from '../../graph/manifest/declared-roots';
import { MANIFESTS } from '../../graph/manifest/manifest';
import { workspaceFolder } from '../current-settings';

/** A broken reference, as it is printed with `--json`. */
export interface Finding {
  readonly project: string;
  /** From the workspace root. */
  readonly file: string;
  readonly line: number;
  /** UTF-16 offsets in the file's text. */
  readonly span: { readonly start: number; readonly end: number };
  readonly kind: string;
  readonly text: string;
  /** What was looked for. */
  readonly name: string;
  readonly reason: string;
  /** Names that are there and alike, the nearest first. */
  readonly candidates: readonly {
    readonly name: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly certainty: 'sure' | 'likely';
}

/** What `sentries docs check` says. */
export interface Checked {
  readonly projects: readonly {
    readonly name: string;
    readonly files: number;
    readonly references: number;
    readonly resolved: number;
  }[];
  readonly broken: readonly Finding[];
}

interface Folder {
  readonly name: string;
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** Those of the projects that it depends on, directly or not. */
  readonly upstream: readonly string[];
}

/**
 * Checks the docs of one project, or of all Python projects of the workspace; outside of a workspace, of the
 * folder that the command was started in.
 *
 * @param all Also what is only likely broken.
 * @throws UsageError for a project that is not there, and outside of a workspace where there is nothing to check.
 */
export async function checkProjects(project: string | undefined, all: boolean): Promise<Checked> {
  const workspace = workspaceFolder();
  const base = workspace ?? process.cwd();
  const folders =
    workspace === null
      ? [{ name: basename(base), root: '.', upstream: [] }]
      : await projectFolders();
  const { settings } = await loadSettings(base, {});
  const chosen = choose(folders, base, project, workspace !== null);
  const trees = new Map<string, Promise<FileTree>>();
  const treeOf = (root: string): Promise<FileTree> => {
    const known = trees.get(root) ?? treeAt(base, root, folders);
    trees.set(root, known);
    return known;
  };
  const codeIn = (root: string): CodeFolder => ({
    folder: root,
    roots: declaredRoots(join(base, ...root.split('/'))),
  });
  const caches = workspace === null ? join(base, '.sentries/cache') : await nxCache();
  const projects = [];
  const broken: Finding[] = [];
  for (const { name, root, upstream } of chosen) {
    const texts = await workspaceTexts(base, globsOf(settings.docs.workspace, name), (text) =>
      process.stderr.write(text),
    );
    const tree = together([...(await Promise.all([root, ...upstream].map(treeOf))), texts]);
    const dependencies = upstream.map(codeIn);
    const cacheFile = join(caches, `${createHash('sha1').update(root).digest('hex')}.bin`);
    const own = { ...codeIn(root), dependencies, texts: texts.paths };
    const check = await checkDocs(tree, { ...own, all, cacheFile });
    const { files, references, resolved } = check;
    projects.push({ name, files, references, resolved });
    broken.push(...check.broken.map((one) => finding(one, name)));
  }
  // In a wrong folder a check must not pass for having found nothing.
  if (workspace === null && projects.every(({ files }) => files === 0))
    throw new UsageError(
      'there is neither documentation nor Python here, and no nx.json',
      'Go to the workspace, or to the folder of a project, and try again.',
    );
  return { projects, broken };
}

/** Where Nx keeps what `nx reset` forgets. */
async function nxCache(): Promise<string> {
  const { cacheDir } = await import('@nx/devkit');
  return join(cacheDir, 'sentries-docs');
}

async function projectFolders(): Promise<Folder[]> {
  const { createProjectGraphAsync } = await import('@nx/devkit');
  const graph = await createProjectGraphAsync();
  return Object.entries(graph.nodes).map(([name, { data }]) => ({
    name,
    root: data.root,
    upstream: scopeOf(name, graph).dependencies,
  }));
}

/** The files of a project, without those of others inside of it. */
async function treeAt(base: string, root: string, folders: readonly Folder[]): Promise<FileTree> {
  const inside = folders
    .filter((other) => other.root !== root && (root === '.' || other.root.startsWith(`${root}/`)))
    .map((other) => posix.relative(root, other.root));
  const tree = await workingTree(join(base, ...root.split('/')), (path) => inside.includes(path));
  return placedAt(tree, root);
}

function choose(
  folders: readonly Folder[],
  base: string,
  project: string | undefined,
  isWorkspace: boolean,
): Folder[] {
  if (project === undefined)
    return folders.filter(
      ({ root }) => !isWorkspace || MANIFESTS.some((file) => existsSync(join(base, root, file))),
    );
  const found = folders.filter(({ name }) => name === project);
  if (found.length > 0) return found;
  throw new UsageError(
    `there is no project "${project}" here`,
    isWorkspace
      ? '`npx nx show projects` lists them.'
      : 'This is no Nx workspace: leave the name out, and the docs of this folder are checked.',
  );
}

function finding({ reference, resolution }: BrokenReference, project: string): Finding {
  const { span, line, kind, text, name } = reference;
  const { reason, certainty } = resolution;
  const candidates = resolution.candidates.map((one) => ({
    name: one.name,
    file: one.file,
    line: one.line,
  }));
  return {
    project,
    file: reference.file,
    line,
    span,
    kind,
    text,
    name,
    reason,
    candidates,
    certainty,
  };
}
