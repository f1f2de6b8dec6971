import { parseArgs } from 'node:util';
import {
  logger,
  type CreateDependencies,
  type CreateNodesV2,
  type PostTasksExecution,
  type PreTasksExecution,
} from '@nx/devkit';
import { pythonDependencies, workspaceFacts } from './graph/dependencies';
import { pythonProjects, PROJECT_FILES } from './graph/projects/projects';
import { inferTargets, lockInput } from './graph/projects/targets';
import { workspaceDocs } from './graph/projects/workspace-docs';

export const name = 'nx-sentries';

/** The plugin's options in nx.json. */
export interface SentriesPluginOptions {
  /** Name of the inferred test target; `sentry-test`. */
  testTargetName?: string;
  /** Name of the inferred target for documentation; `sentry-doc`. */
  docTargetName?: string;
  /** Name of the inferred target that cuts a shared lockfile; `sentry-lock`. */
  lockTargetName?: string;
  /** Globs, from the workspace root, of files and folders that are no part of the Python graph. */
  exclude?: string[];
  /** Take strings that read like a module of another project (`"acme.units.convert"`) for imports; false. */
  stringImports?: boolean;
}

/** The names of the targets that leave artifacts. */
const sentryNames = (options: SentriesPluginOptions | undefined) => ({
  test: options?.testTargetName ?? 'sentry-test',
  doc: options?.docTargetName ?? 'sentry-doc',
});

/** Every folder with a Python manifest becomes a project. */
export const createNodesV2: CreateNodesV2<SentriesPluginOptions> = [
  `**/{${PROJECT_FILES.join(',')}}`,
  async (files, options, { workspaceRoot }) => {
    const { projects, warnings } = pythonProjects(
      files,
      workspaceRoot,
      workspaceFacts(),
      options?.exclude,
    );
    const docs = await workspaceDocs(workspaceRoot, projects);
    warnOnce([...warnings, ...docs.warnings]);
    const names = { ...sentryNames(options), lock: options?.lockTargetName ?? 'sentry-lock' };
    const targets = inferTargets(projects, names, docs.globs);
    return projects.map((project) => {
      const { root, manifest, isNamedElsewhere } = project;
      const node = {
        root,
        ...(!isNamedElsewhere && { name: project.name }),
        targets: { ...targets.get(root) },
        namedInputs: { ...lockInput(project) },
        metadata: { technologies: ['python'] },
      };
      return [manifest, { projects: { [root]: node } }];
    });
  },
];

/** Nx 22 to 24 ask for this name first. */
export const createNodes = createNodesV2;

export const createDependencies: CreateDependencies<SentriesPluginOptions> = (options, context) => {
  const { dependencies, warnings } = pythonDependencies(context, options ?? {}, workspaceFacts());
  warnOnce(warnings);
  return [...dependencies];
};

/** Of many warnings of one graph, so many are shown. */
const SHOWN_WARNINGS = 10;
const shown = new Set<string>();

/** A plugin's process may work out many graphs, and a person wants to know once. */
function warnOnce(warnings: readonly string[]): void {
  const fresh = [...new Set(warnings)].filter((warning) => !shown.has(warning));
  for (const warning of fresh) shown.add(warning);
  for (const warning of fresh.slice(0, SHOWN_WARNINGS)) logger.warn(`[nx-sentries] ${warning}`);
  if (fresh.length > SHOWN_WARNINGS)
    logger.warn(`[nx-sentries] … and ${fresh.length - SHOWN_WARNINGS} more warnings like these.`);
}

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
  // Loaded here: the graph is asked for far more often than patches are.
  const [{ actOn }, { endedRuns }, { SentryError }] = await Promise.all([
    import('./act/act.js'),
    import('./act/ended-runs.js'),
    import('sentries-core'),
  ]);
  try {
    const usual = Object.values(sentryNames(options));
    const runs = await endedRuns(workspaceRoot, tasks, usual);
    const { written, waiting, published, notice } = await actOn(workspaceRoot, runs, process.env);
    if (written.length > 0) say('applied to the working tree', written);
    // Nx does not show the output of tasks that succeed.
    if (waiting.length > 0)
      say('verified patches (take them by git apply, or --mode=apply)', waiting);
    for (const { outcome, pull, says } of published)
      say('published', [`${outcome}${pull ? ` ${pull.url}` : ''}: ${says}`]);
    if (notice !== null) logger.warn(`\nsentries: ${notice}`);
  } catch (error) {
    if (error instanceof SentryError) throw new Error(`sentries: ${error.message}. ${error.hint}`);
    throw error;
  }
};

function say(what: string, paths: readonly string[]): void {
  logger.info(`\nsentries: ${what}:\n  ${paths.join('\n  ')}`);
}
