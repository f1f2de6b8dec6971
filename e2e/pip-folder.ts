import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, ROOT } from '../tools/paths';

/** Where the set-up could make no environment of its own, there is no pip, and one pytest: the system's. */
export const HAS_PIP = spawnSync(PYTHON, ['-c', 'import pip']).status === 0;

/** A folder of pinned packages, kept in the cache; on `PYTHONPATH` it goes before the environment's own. */
export function pipFolder(name: string, ...requirements: string[]): string {
  const folder = join(ROOT, '.cache', name);
  if (existsSync(folder)) return folder;
  const target = `${folder}.part`;
  const args = ['-m', 'pip', 'install', '--quiet', '--target', target, ...requirements];
  const { status, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' });
  if (status !== 0) {
    rmSync(target, { recursive: true, force: true });
    throw new Error(`pip could not get ${requirements.join(', ')}: ${stderr}`);
  }
  renameSync(target, folder);
  return folder;
}
