import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file with the hash of its content, as Nx knows it. */
export interface HashedFile {
  readonly file: string;
  readonly hash: string;
}

/** What Nx has made ready before it asks a plugin for the graph; kept as JSON for the measured processes. */
export interface NxView {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Files by which the plugin finds projects, from the workspace root. */
  readonly manifests: readonly string[];
  readonly projects: Readonly<Record<string, { readonly root: string; readonly name: string }>>;
  readonly fileMap: {
    readonly projectFileMap: Readonly<Record<string, HashedFile[]>>;
    readonly nonProjectFiles: HashedFile[];
  };
}

interface Root {
  readonly name: string;
  readonly root: string;
}

/** Makes the view of some projects of a workspace ready. No project lies inside of another one. */
export function writeView(path: string, workspaceRoot: string, projects: readonly Root[]): NxView {
  const projectFileMap: Record<string, HashedFile[]> = {};
  for (const { name, root } of projects)
    projectFileMap[name] = filesBelow(workspaceRoot, root).map((file) =>
      hashed(workspaceRoot, file),
    );
  const view: NxView = {
    workspaceRoot,
    manifests: projects.map(({ root }) => `${root}/pyproject.toml`).sort(),
    projects: Object.fromEntries(projects.map(({ name, root }) => [name, { name, root }])),
    fileMap: {
      projectFileMap,
      nonProjectFiles: readdirSync(workspaceRoot, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => hashed(workspaceRoot, name)),
    },
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(view));
  return view;
}

/** The view of the first so many projects. */
export function writePart(path: string, view: NxView, names: readonly string[]): NxView {
  const kept = new Set(names);
  const pick = <T>(from: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(from).filter(([name]) => kept.has(name)));
  const projects = pick(view.projects);
  const roots = new Set(Object.values(projects).map(({ root }) => root));
  const { projectFileMap, nonProjectFiles } = view.fileMap;
  const part: NxView = {
    ...view,
    manifests: view.manifests.filter((file) => roots.has(dirname(file))),
    projects,
    fileMap: { projectFileMap: pick(projectFileMap), nonProjectFiles },
  };
  writeFileSync(path, JSON.stringify(part));
  return part;
}

export const pythonFiles = ({ fileMap }: NxView): string[] =>
  Object.values(fileMap.projectFileMap)
    .flat()
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.py'));

/** Decimal, as Nx's own hashes are. */
export const hashOf = (content: Uint8Array): string =>
  BigInt(`0x${createHash('sha1').update(content).digest('hex').slice(0, 16)}`).toString();

const hashed = (root: string, file: string): HashedFile => ({
  file,
  hash: hashOf(readFileSync(join(root, file))),
});

function filesBelow(root: string, folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...filesBelow(root, path));
    else found.push(path);
  }
  return found.sort();
}
