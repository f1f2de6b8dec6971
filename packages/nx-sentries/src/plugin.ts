import { parseArgs } from 'node:util';
import {
  createNodesFromFiles,
  logger,
  type CreateDependencies,
  type CreateNodesResult,
  type CreateNodesV2,
  type PostTasksExecution,
  type PreTasksExecution,
} from '@nx/devkit';
import { SentryError } from 'sentries-core';
import { applyRuns } from './act/apply';
import { manifestDependencies } from './graph/dependencies';
import { pythonProjects, PROJECT_FILES, TEST_FILES } from './graph/projects';
import { sentryTestTarget } from './graph/targets';

export const name = 'nx-sentries';

/** The plugin's options in nx.json. */
export interface SentriesPluginOptions {
  /** Name of the inferred test target; `sentry-test`. */
  testTargetName?: string;
}

/**
 * Every folder with a Python manifest becomes a project. The glob names test files too, so that Nx's own
 * index of the workspace says where there are tests, without a walk of ours.
 */
export const createNodesV2: CreateNodesV2<SentriesPluginOptions> = [
  `**/{${[...PROJECT_FILES, ...TEST_FILES].join(',')}}`,
  async (files, options, context) => {
    const projects = pythonProjects(files, context.workspaceRoot);
    const manifests = projects.map(({ manifest }) => manifest);
    const byManifest = new Map(projects.map((project) => [project.manifest, project]));
    return createNodesFromFiles(
      (file): CreateNodesResult => {
        const { root, name: projectName, hasTests, error } = byManifest.get(file)!;
        if (error) throw error;
        const target = options?.testTargetName ?? 'sentry-test';
        return {
          projects: {
            [root]: {
              root,
              ...(projectName !== undefined && { name: projectName }),
              targets: hasTests
                ? { [target]: sentryTestTarget(root, `${projectName ?? root}:${target}`) }
                : {},
              metadata: { technologies: ['python'] },
            },
          },
        };
      },
      manifests,
      options,
      context,
    );
  },
];

/** Nx 22 to 24 ask for this name first. */
export const createNodes = createNodesV2;

export const createDependencies: CreateDependencies<SentriesPluginOptions> = (_options, context) =>
  manifestDependencies(context);

/**
 * `nx affected` keeps its `--base` and `--head` to itself; the tasks read them from the environment, where
 * their hashes see them too.
 */
export const preTasksExecution: PreTasksExecution<SentriesPluginOptions> = (_options, { argv }) => {
  const options = { base: { type: 'string' }, head: { type: 'string' } } as const;
  const { base, head } = parseArgs({ args: argv.slice(2), options, strict: false }).values;
  if (typeof base === 'string') process.env['NX_BASE'] = base;
  if (typeof head === 'string') process.env['NX_HEAD'] = head;
};

/** Acts on the artifacts once all tasks have ended, for tasks from the cache too. */
export const postTasksExecution: PostTasksExecution<SentriesPluginOptions> = async (
  options,
  { taskResults, workspaceRoot },
) => {
  const tasks = Object.values(taskResults)
    .filter(({ status }) => status !== 'skipped')
    .map(({ task }) => task.target)
    .toSorted((a, b) => (a.project < b.project ? -1 : 1));
  try {
    const usual = options?.testTargetName ?? 'sentry-test';
    const { written, waiting } = await applyRuns(workspaceRoot, tasks, usual);
    if (written.length > 0) say('applied to the working tree', written);
    // Nx does not show the output of tasks that succeed.
    if (waiting.length > 0)
      say('verified patches (take them by git apply, or --mode=apply)', waiting);
  } catch (error) {
    if (error instanceof SentryError) throw new Error(`sentries: ${error.message}. ${error.hint}`);
    throw error;
  }
};

function say(what: string, paths: readonly string[]): void {
  logger.info(`\nsentries: ${what}:\n  ${paths.join('\n  ')}`);
}
