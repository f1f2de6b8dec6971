import { join } from 'node:path';
import { applyPatches, artifactFolder, PatchError, readArtifacts } from 'sentries-core';

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
 * @throws PatchError where a file has changed since, or where artifacts are damaged.
 */
export async function applyRuns(
  workspace: string,
  tasks: readonly EndedTask[],
  usualTarget: string,
): Promise<Acted> {
  const patches: Buffer[] = [];
  const waiting: string[] = [];
  for (const { project, target } of tasks) {
    const folder = artifactFolder(project, 'sentry-test');
    const artifacts = await readArtifacts(join(workspace, folder)).catch((error: unknown) => {
      // Damaged ones are no matter of a task that is not ours.
      if (target === usualTarget) throw error;
    });
    if (!artifacts?.patch || artifacts.record.target !== target) continue;
    const { record, patch } = artifacts;
    if (record.project !== project) {
      throw new PatchError(
        `the artifacts of ${project} belong to ${record.project}`,
        'Run the task again.',
      );
    }
    if (record.mode === 'apply') patches.push(patch);
    else waiting.push(`${folder}/changes.patch`);
  }
  const written = patches.length > 0 ? await applyPatches(workspace, patches) : [];
  return { written, waiting };
}
