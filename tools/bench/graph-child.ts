/*
 * One contender in a process of its own: everything that Nx would have ready is read before the clock starts.
 * The request comes as the only argument, the answer is the last line of the output.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CreateDependencies, CreateNodesV2, ProjectConfiguration } from '@nx/devkit';
import type { ChildAnswer, ChildRequest, Spent } from './graph-request';
import { pythonFiles, type NxView } from './graph-view';

interface Plugin {
  readonly createNodes?: CreateNodesV2;
  readonly createDependencies: CreateDependencies;
}

type Edges = [source: string, target: string][];
type Work = (view: NxView, request: ChildRequest, clock: Clock) => Promise<Edges>;

/** Adds up what was spent under each name. */
class Clock {
  readonly spent: Record<Spent, number> = { load: 0, createNodes: 0, createDependencies: 0 };

  async run<T>(name: Spent, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const value = await work();
    this.spent[name] += performance.now() - start;
    return value;
  }
}

const askPlugin: Work = async (view, request, clock) => {
  const plugin = await clock.run('load', () => load<Plugin>(request, request.plugin));
  const { workspaceRoot, fileMap } = view;
  const nxJsonConfiguration = {};
  const found = await clock.run('createNodes', () =>
    plugin.createNodes?.[1](view.manifests, {}, { workspaceRoot, nxJsonConfiguration }),
  );
  // What Nx does in between, for both: it is none of the plugin's time.
  const projects = found ? projectsIn(found) : { ...view.projects };
  const context = {
    workspaceRoot,
    nxJsonConfiguration,
    projects,
    externalNodes: {},
    fileMap,
    filesToProcess: fileMap,
  };
  const edges = await clock.run('createDependencies', () =>
    plugin.createDependencies(request.options, context),
  );
  return edges.map(({ source, target }) => [source, target]);
};

const readOnly: Work = async (view, _request, clock) => {
  const files = pythonFiles(view);
  await clock.run('createDependencies', () => {
    for (const file of files) readFileSync(join(view.workspaceRoot, file));
  });
  return [];
};

function projectsIn(
  found: Awaited<ReturnType<CreateNodesV2[1]>>,
): Record<string, ProjectConfiguration> {
  const projects: Record<string, ProjectConfiguration> = {};
  for (const [, { projects: some }] of found)
    for (const [root, project] of Object.entries(some ?? {}))
      if (project.name) projects[project.name] = { ...project, root };
  return projects;
}

/** Required from where the plugin is installed, so that it finds the Nx it works with. */
const load = <T>({ from }: ChildRequest, module: string): T =>
  createRequire(join(from, 'package.json'))(module) as T;

async function main(): Promise<void> {
  const request = JSON.parse(process.argv[2]!) as ChildRequest;
  const view = JSON.parse(readFileSync(request.view, 'utf8')) as NxView;
  const { change } = request;
  if (change) {
    const files = Object.values(view.fileMap.projectFileMap).flat();
    Object.assign(
      files.find(({ file }) => file === change.file)!,
      change,
    );
  }
  // Nx's process has it loaded before it loads a plugin.
  if (request.plugin) load(request, '@nx/devkit');
  const before = process.memoryUsage().rss;
  const clock = new Clock();
  const edges = await (request.plugin ? askPlugin : readOnly)(view, request, clock);
  const answer: ChildAnswer = {
    spent: clock.spent,
    addedBytes: process.resourceUsage().maxRSS * 1024 - before,
    edges: request.wantsEdges ? edges : [],
  };
  console.log(`\n${JSON.stringify(answer)}`);
}

void main();
