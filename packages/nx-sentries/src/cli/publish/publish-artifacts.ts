import { isInActions, publishRuns, readRuns, tellActions, type PublishedRuns } from 'sentries-core';
import { currentWorkspace } from '../current-settings';

/**
 * Publishes what the artifacts of the workspace hold.
 *
 * @param projects Names; all where there are none.
 * @throws SentryError
 */
export async function publishArtifacts(
  projects: readonly string[],
  options: { readonly branch?: string; readonly isDry: boolean },
): Promise<PublishedRuns> {
  const workspace = currentWorkspace();
  const runs = await readRuns(workspace, projects.length > 0 ? projects : undefined);
  let told: PublishedRuns | undefined;
  try {
    told = await publishRuns(workspace, runs, process.env, options);
    return told;
  } finally {
    if (isInActions(process.env) && !options.isDry)
      process.stderr.write(await tellActions(runs, told?.published ?? [], process.env));
  }
}
