import { readRun, SENTRIES, type Run } from 'sentries-core';

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
 * @throws PatchError where artifacts are damaged, or not what they say.
 */
export async function endedRuns(
  workspace: string,
  tasks: readonly EndedTask[],
  usual: readonly string[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const { project, target } of tasks) {
    for (const sentry of SENTRIES) {
      const run = await readRun(workspace, project, sentry).catch((error: unknown) => {
        // Damaged ones are no matter of a task that is not ours.
        if (usual.includes(target)) throw error;
      });
      if (run?.record.target === target) runs.push(run);
    }
  }
  return runs;
}
