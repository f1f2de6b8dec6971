import { loadSettings } from '../../config/load';
import { globsOf } from '../../config/settings';
import type { FileTree } from '../../docs/code/tree';
import { workspaceTexts } from '../../docs/workspace-texts';
import type { DocRequest } from '../request';

/** The texts outside of the project that the workspace's configuration gives it to look after. */
export async function workspaceDocs({ workspace, project, log }: DocRequest): Promise<FileTree> {
  const { settings } = await loadSettings(workspace, {});
  return workspaceTexts(workspace, globsOf(settings.docs.workspace, project), log);
}
