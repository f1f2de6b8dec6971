import { applyPatches, planPatches, readRuns } from 'sentries-core';
import { currentWorkspace } from '../current-settings';

/** What `sentries apply` says, as it prints it with `--json`. Paths go from the workspace root. */
export interface Applied {
  /** Nothing was written. */
  readonly dryRun: boolean;
  readonly projects: readonly {
    readonly name: string;
    /** The files of the patches of its tasks; none where it has no patch. */
    readonly files: readonly string[];
  }[];
  /** The files that were written, or would be. */
  readonly written: readonly string[];
  /** The files that had the content of their patch already. */
  readonly unchanged: readonly string[];
}

/**
 * Applies the patches in the artifacts to the working tree: all of them or none. No task is run for it.
 *
 * @param projects Names; all projects that have artifacts where it is empty.
 * @throws UsageError outside of a workspace, and for a project that has no artifacts.
 * @throws PatchError where artifacts are damaged or not what they say, or a file has changed since.
 */
export async function applyArtifacts(
  projects: readonly string[],
  dryRun: boolean,
): Promise<Applied> {
  const workspace = currentWorkspace();
  const runs = await readRuns(workspace, projects.length > 0 ? projects : undefined);
  const patches = runs.flatMap(({ patch }) => patch ?? []);
  const { pending, done } = await planPatches(workspace, patches);
  const names = [...new Set(runs.map(({ record }) => record.project))];
  if (!dryRun) await applyPatches(workspace, patches);
  return {
    dryRun,
    projects: names.map((name) => ({
      name,
      files: runs
        .filter(({ record }) => record.project === name)
        .flatMap(({ sections }) => sections.map(({ path }) => path)),
    })),
    written: pending,
    unchanged: done,
  };
}

/** The same for people. */
export function appliedText({ dryRun, projects, written, unchanged }: Applied): string {
  const lines: string[] = [];
  const verb = dryRun ? 'would be written' : 'applied to the working tree';
  if (written.length > 0) lines.push(`${verb}:`, ...written.map((path) => `  ${path}`));
  if (unchanged.length > 0) lines.push('applied already:', ...unchanged.map((path) => `  ${path}`));
  if (lines.length > 0) return lines.join('\n');
  return projects.length > 0
    ? `nothing to apply: no patch in the artifacts of ${projects.map(({ name }) => name).join(', ')}`
    : 'nothing to apply: there are no artifacts. `npx nx affected -t sentry-test sentry-doc` makes them.';
}
