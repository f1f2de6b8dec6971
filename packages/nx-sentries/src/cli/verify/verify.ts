import {
  createProjectGraphAsync,
  readJsonFile,
  type NxJsonConfiguration,
  type ProjectGraph,
} from '@nx/devkit';
import { join } from 'node:path';
import {
  UsageError,
  readRuns,
  verifyArtifacts,
  verifyDocs,
  verifyTests,
  type RunRecord,
  type Verified,
} from 'sentries-core';
import { sentryDocRequest } from '../../executors/sentry-doc/request';
import { sentryTestRequest } from '../../executors/sentry-test/request';
import type { TaskContext } from '../../executors/task-request';
import { currentWorkspace } from '../current-settings';

/**
 * Verifies the artifacts of some projects, or of all, one after the other.
 *
 * @throws UsageError outside of a workspace, and for a project that has no artifacts, or is none any more.
 * @throws PatchError for artifacts that are damaged.
 */
export async function verifyProjects(projects: readonly string[]): Promise<Verified[]> {
  const workspace = currentWorkspace();
  const runs = await readRuns(workspace, projects.length > 0 ? projects : undefined);
  if (runs.length === 0) return [];
  const projectGraph = await createProjectGraphAsync();
  const nxJsonConfiguration = readJsonFile<NxJsonConfiguration>(join(workspace, 'nx.json'));
  const verified: Verified[] = [];
  for (const { record } of runs) {
    const context: TaskContext = {
      root: workspace,
      projectName: record.project,
      targetName: record.target,
      projectGraph,
      nxJsonConfiguration,
    };
    verified.push(await verify(record, context, optionsOf(record, projectGraph)));
  }
  return verified;
}

function verify({ sentry }: RunRecord, context: TaskContext, options: object): Promise<Verified> {
  const quiet = { log: () => undefined };
  return sentry === 'sentry-test'
    ? verifyArtifacts({ ...sentryTestRequest(options, context), ...quiet }, sentry, verifyTests)
    : verifyArtifacts({ ...sentryDocRequest(options, context), ...quiet }, sentry, verifyDocs);
}

/** What the target is configured with. What was given on the command line is not known any more. */
function optionsOf({ project, target }: RunRecord, graph: ProjectGraph): object {
  const found = graph.nodes[project]?.data.targets?.[target];
  if (found) return (found.options ?? {}) as object;
  throw new UsageError(
    `the project ${project} has no target ${target} any more`,
    'Remove its artifacts (.sentries), or run its task again.',
  );
}

/** The same for people. */
export function verifiedText(verified: readonly Verified[]): string {
  if (verified.length === 0)
    return 'nothing to verify: there are no artifacts. `npx nx affected -t sentry-test sentry-doc` makes them.';
  return verified
    .map(({ project, sentry, holds, says, hint }) => {
      const line = `${holds ? '✔' : '✘'} ${sentry} ${project}: ${says}`;
      return hint === null ? line : `${line}\n  → ${hint}`;
    })
    .join('\n');
}
