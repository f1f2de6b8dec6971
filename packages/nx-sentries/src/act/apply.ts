import { applyPatches, artifactFolder, readRun } from 'sentries-core';

/** A task that has ended, by the names of its project and target. */
export interface EndedTask {
  readonly project: string;
  readonly target: string;
}

/** What was done with the patches of a run; paths go from the workspace root. */
export interface Acted {
  /** The files written. */
  readonly written: readonly string[];
  /** The patches that wait for somebody to take them. */
  readonly waiting: readonly string[];
}

/**
 * Applies the patches of the tasks that ask for it to the working tree, all of them or none. Whether a task
 * is ours is told by its artifacts, whatever its target is called.
 *
 * @param usualTarget The name that the inferred targets have.
 * @throws PatchError where a file has changed since, or where artifacts are damaged or not what they say.
 */
export async function applyRuns(
  workspace: string,
  tasks: readonly EndedTask[],
  usualTarget: string,
): Promise<Acted> {
  const patches: Buffer[] = [];
  const waiting: string[] = [];
  for (const { project, target } of tasks) {
    const run = await readRun(workspace, project, 'sentry-test').catch((error: unknown) => {
      // Damaged ones are no matter of a task that is not ours.
      if (target === usualTarget) throw error;
    });
    if (!run?.patch || run.record.target !== target) continue;
    if (run.record.mode === 'apply') patches.push(run.patch);
    else waiting.push(`${artifactFolder(project, 'sentry-test')}/changes.patch`);
  }
  const written = patches.length > 0 ? await applyPatches(workspace, patches) : [];
  return { written, waiting };
}
