import { loadSettings } from '../config/load';
import { globsOf } from '../config/settings';
import { within } from '../guard/allowlist';
import type { PatchSection } from '../patch/unified-diff';
import type { RunRecord } from '../report/run-record';

/**
 * The first file of a patch that lies outside of the project's folder and that the workspace's own configuration does
 * not give to the project, whatever its record says; undefined where there is none.
 *
 * @throws UsageError for a configuration that can't be read.
 */
export async function notGiven(
  workspace: string,
  { project, change }: RunRecord,
  sections: readonly PatchSection[],
): Promise<string | undefined> {
  const folder = change?.folders[0];
  if (folder === undefined || folder === '.') return undefined;
  const outside = sections.map(({ path }) => path).filter((path) => !path.startsWith(`${folder}/`));
  if (outside.length === 0) return undefined;
  const { settings } = await loadSettings(workspace, {});
  const isGiven = within('.', globsOf(settings.docs.workspace, project));
  return outside.find((path) => !isGiven(path));
}
