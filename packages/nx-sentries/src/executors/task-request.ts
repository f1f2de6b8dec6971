import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import { DEFAULTS, type ModelTaskRequest, type Scope } from 'sentries-core/task';
import { ProgressLine } from '../cli/progress-line';

/** The options that the executors share. */
export interface TaskOptions {
  mode?: ModelTaskRequest['mode'];
  strategy?: ModelTaskRequest['strategy'];
  accept?: ModelTaskRequest['accept'];
  attempts?: number;
  base?: string;
  head?: string;
  maxFiles?: number;
  maxLines?: number;
  python?: string;
  failOnRepair?: boolean;
}

/** What a request takes from Nx's context. */
export type TaskContext = Pick<
  ExecutorContext,
  'root' | 'projectName' | 'targetName' | 'projectGraph' | 'nxJsonConfiguration'
>;

/** What any sentry is asked, from its options and Nx's context. */
export function taskRequest(options: TaskOptions, context: TaskContext): ModelTaskRequest {
  const { projectGraph, nxJsonConfiguration, root } = context;
  const project = context.projectName!;
  const base = options.base ?? process.env['NX_BASE'];
  const head = options.head ?? process.env['NX_HEAD'];
  return {
    workspace: root,
    project,
    target: context.targetName!,
    ...scopeOf(project, projectGraph),
    mode: options.mode ?? DEFAULTS.mode,
    accept: options.accept ?? DEFAULTS.accept,
    strategy: options.strategy ?? DEFAULTS.strategy,
    ...(base && { base }),
    ...(head && { head }),
    defaultBase: defaultBase(nxJsonConfiguration),
    maxFiles: options.maxFiles ?? DEFAULTS.maxFiles,
    maxLines: options.maxLines ?? DEFAULTS.maxLines,
    ...(options.python !== undefined && { python: options.python }),
    attempts: options.attempts ?? DEFAULTS.attempts,
    environment: process.env,
    log: (text) => process.stdout.write(text),
    ...(process.stdout.isTTY && { progress: progressOn(new ProgressLine(process.stdout)) }),
  };
}

const progressOn =
  (shown: ProgressLine) =>
  (line: string): void =>
    line === '' ? shown.clear() : shown.show(line);

/** `main`, or what nx.json names; older workspaces name it below `affected`. */
function defaultBase(nxJson: ExecutorContext['nxJsonConfiguration']): string {
  const older = (nxJson as { affected?: { defaultBase?: string } }).affected;
  return nxJson.defaultBase ?? older?.defaultBase ?? 'main';
}

/**
 * What a change can have to do with a project: its own folder, and those of the workspace projects that it
 * depends on, directly or not. In a stable order.
 */
export function scopeOf(project: string, graph: ProjectGraph): Scope {
  const upstream = new Set([project]);
  for (const name of upstream) {
    for (const { target } of graph.dependencies[name] ?? [])
      if (graph.nodes[target]) upstream.add(target);
  }
  const rootOf = (name: string): string => graph.nodes[name]!.data.root;
  const others = Object.keys(graph.nodes).filter((name) => !upstream.has(name));
  upstream.delete(project);
  return {
    folder: rootOf(project),
    dependencies: [...upstream].map(rootOf).sort(),
    others: others.map(rootOf).sort(),
  };
}
