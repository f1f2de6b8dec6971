import { join } from 'node:path';
import { artifactFolder, PatchError, readArtifacts, runOf, type Run } from 'sentries-core';

/** A task that has ended, by the names of its project and target. */
export interface EndedTask {
  readonly project: string;
  readonly target: string;
}

/**
 * What the tasks of ours among some tasks left, from the cache too. Whether a task is ours is told by its
 * artifacts, whatever its target is called.
 *
 * @param usual The names that the inferred targets have.
 * @throws PatchError where artifacts are damaged, or belong to another project.
 */
export async function endedRuns(
  workspace: string,
  tasks: readonly EndedTask[],
  usual: readonly string[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const { project, target } of tasks) {
    for (const sentry of ['sentry-test'] as const) {
      const folder = join(workspace, artifactFolder(project, sentry));
      const artifacts = await readArtifacts(folder).catch((error: unknown) => {
        // Damaged ones are no matter of a task that is not ours.
        if (usual.includes(target)) throw error;
      });
      if (artifacts?.record.target !== target) continue;
      const { record, patch } = artifacts;
      if (record.project !== project) {
        throw new PatchError(
          `the artifacts of ${project} belong to ${record.project}`,
          'Run the task again.',
        );
      }
      runs.push(runOf(record, patch));
    }
  }
  return runs;
}
