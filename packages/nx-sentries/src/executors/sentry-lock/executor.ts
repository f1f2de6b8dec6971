import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { lockUser, sliceText } from '../../graph/lockfile/slices';
import { readLockfile, type Lockfile } from '../../graph/lockfile/lockfile';
import { sliceFile, slicesFolder } from '../../graph/projects/targets';

/** The options as in `schema.json`. */
export interface SentryLockOptions {
  lockfile: string;
  folders: string[];
}

/** Writes for each project what it uses of the lockfile; all of it where the lockfile can't be read. */
export default function sentryLock(
  { lockfile, folders }: SentryLockOptions,
  { root: workspace }: ExecutorContext,
): Promise<{ success: boolean }> {
  const text = readFileSync(join(workspace, lockfile), 'utf8');
  const lock = tryRead(lockfile, text);
  rmSync(join(workspace, slicesFolder(lockfile)), { recursive: true, force: true });
  for (const root of folders) {
    const file = join(workspace, sliceFile(lockfile, root));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lock ? sliceText(lock, lockfile, lockUser(workspace, root)) : text);
  }
  return Promise.resolve({ success: true });
}

function tryRead(file: string, text: string): Lockfile | undefined {
  try {
    return readLockfile(basename(file), text);
  } catch (error) {
    logger.warn(
      `${(error as Error).message}. Until it can be read, each change of ${file} runs the tests of all ` +
        'projects that use it.',
    );
    return undefined;
  }
}
