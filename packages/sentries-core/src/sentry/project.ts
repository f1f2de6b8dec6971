import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors';
import { findInterpreter } from '../python/interpreter';
import type { TaskRequest } from './request';

/**
 * The absolute path of the project's folder.
 *
 * @throws UsageError where it is not there.
 */
export async function projectFolder({ workspace, folder }: TaskRequest): Promise<string> {
  const path = join(workspace, folder);
  const isFolder = await stat(path)
    .then((status) => status.isDirectory())
    .catch(() => false);
  if (isFolder) return path;
  throw new UsageError(
    `there is no folder ${folder} in the workspace`,
    'Name the folder of a project.',
  );
}

/** The project's interpreter, which is told to people. */
export async function interpreterOf(request: TaskRequest): Promise<string> {
  const { workspace, python, log } = request;
  const { path, found } = await findInterpreter(await projectFolder(request), workspace, python);
  log(`[nx-sentries] ${path} (${found})\n`);
  return path;
}
