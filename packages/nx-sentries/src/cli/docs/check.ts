import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { UsageError } from 'sentries-core';
import { checkDocs, workingTree, type BrokenReference } from 'sentries-core/docs';
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
}

/**
 * Checks the docs of one project, or of all Python projects of the workspace; outside of a workspace, of the
 * folder that the command was started in.
 *
 * @param all Also what is only likely broken.
 * @throws UsageError for a project that is not there.
 */
export async function checkProjects(project: string | undefined, all: boolean): Promise<Checked> {
  const workspace = workspaceFolder();
  const base = workspace ?? process.cwd();
  const folders =
    workspace === null ? [{ name: basename(base), root: '.' }] : await projectFolders();
  const chosen = choose(folders, base, project, workspace !== null);
  const caches = workspace === null ? join(base, '.sentries/cache') : await nxCache();
  const projects = [];
  const broken: Finding[] = [];
  for (const { name, root } of chosen) {
    const inside = folders
      .filter((other) => other.root !== root && (root === '.' || other.root.startsWith(`${root}/`)))
      .map((other) => posix.relative(root, other.root));
    const folder = join(base, ...root.split('/'));
    const tree = await workingTree(folder, (path) => inside.includes(path));
    const cacheFile = join(caches, `${createHash('sha1').update(root).digest('hex')}.bin`);
    const check = await checkDocs(tree, { roots: declaredRoots(folder), all, cacheFile });
    const { files, references, resolved } = check;
    projects.push({ name, files, references, resolved });
    broken.push(...check.broken.map((one) => finding(one, name, root)));
  }
  return { projects, broken };
}

/** Where Nx keeps what `nx reset` forgets. */
async function nxCache(): Promise<string> {
  const { cacheDir } = await import('@nx/devkit');
  return join(cacheDir, 'sentries-docs');
}

async function projectFolders(): Promise<Folder[]> {
  const { createProjectGraphAsync } = await import('@nx/devkit');
  const { nodes } = await createProjectGraphAsync();
  return Object.entries(nodes).map(([name, { data }]) => ({ name, root: data.root }));
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

function finding(
  { reference, resolution }: BrokenReference,
  project: string,
  root: string,
): Finding {
  const { span, line, kind, text, name } = reference;
  const { reason, certainty } = resolution;
  const path = (file: string): string => posix.join(root, file);
  const candidates = resolution.candidates.map((one) => ({
    name: one.name,
    file: path(one.file),
    line: one.line,
  }));
  return {
    project,
    file: path(reference.file),
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
