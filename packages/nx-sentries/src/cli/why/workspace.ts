import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createProjectFileMapUsingProjectGraph,
  createProjectGraphAsync,
  readJsonFile,
  workspaceRoot,
  type NxJsonConfiguration,
  type ProjectGraph,
} from '@nx/devkit';
import { UsageError } from 'sentries-core';
import { analyse, type Reference } from '../../graph/analysis';
import { workspaceFacts } from '../../graph/dependencies';
import type { WorkspaceView } from '../../graph/workspace-view';
import type { SentriesPluginOptions } from '../../plugin';

/** The Nx workspace that a command was started in. */
export interface OpenWorkspace {
  /** Absolute. */
  readonly root: string;
  readonly graph: ProjectGraph;
  /** `main`, or what nx.json says. */
  readonly defaultBase: string;
  /** The lines that make a project need another, by their names. */
  references(source: string, target: string): readonly Reference[];
  /** What the plugin had to say of the graph; with Nx's daemon that is in the daemon's log alone. */
  readonly warnings: readonly string[];
}

/** @throws UsageError outside of a workspace. */
export async function openWorkspace(): Promise<OpenWorkspace> {
  if (!existsSync(join(workspaceRoot, 'nx.json')))
    throw new UsageError(
      'this is no Nx workspace: there is no nx.json',
      'Go to one and try again.',
    );
  const nxJson = readJsonFile<NxJsonConfiguration>(join(workspaceRoot, 'nx.json'));
  const graph = await createProjectGraphAsync();
  const fileMap = await createProjectFileMapUsingProjectGraph(graph);
  const projects = Object.entries(graph.nodes).map(([name, { data }]) => ({
    name,
    root: data.root,
    files: fileMap[name] ?? [],
  }));
  const roots = projects.map(({ root }) => root);
  const view = { root: workspaceRoot, projects, stray: strayConftests(roots) };
  const { references, warnings } = allReferences(view, optionsIn(nxJson));
  return {
    root: workspaceRoot,
    graph,
    defaultBase: nxJson.defaultBase ?? 'main',
    references: (source, target) => references.get(pair(source, target)) ?? [],
    warnings: [...new Set(warnings)],
  };
}

const pair = (source: string, target: string): string => `${source}\0${target}`;

function allReferences(view: WorkspaceView, options: SentriesPluginOptions) {
  const references = new Map<string, Reference[]>();
  const cache = workspaceFacts();
  const warnings = analyse(view, cache, options, {
    wants: () => true,
    take: (source, target, reference) => {
      const key = pair(view.projects[source]!.name, view.projects[target]!.name);
      const known = references.get(key);
      if (known) known.push(reference);
      else references.set(key, [reference]);
    },
  });
  cache.save();
  return { references, warnings };
}

/** Nx tells a command which files projects have; those of no project it keeps to itself. */
function strayConftests(roots: readonly string[]) {
  const folders = new Set(roots.flatMap(above));
  return [...folders]
    .filter((folder) => !roots.includes(folder))
    .map((folder) => (folder === '.' ? 'conftest.py' : `${folder}/conftest.py`))
    .filter((file) => existsSync(join(workspaceRoot, file)))
    .map((file) => {
      const hash = createHash('sha1').update(readFileSync(join(workspaceRoot, file)));
      return { file, hash: hash.digest('hex') };
    });
}

/** The folders above a folder, up to the root. */
function above(root: string): string[] {
  const found: string[] = [];
  for (let at = root; at !== '.'; found.push(at)) at = dirname(at);
  return found;
}

function optionsIn({ plugins }: NxJsonConfiguration): SentriesPluginOptions {
  const entry = plugins?.find((one) => typeof one !== 'string' && one.plugin === 'nx-sentries') as
    { options?: SentriesPluginOptions } | undefined;
  return entry?.options ?? {};
}
