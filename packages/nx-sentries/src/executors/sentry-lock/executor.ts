import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { sliceOf } from '../../graph/lock-slices';
import { readLockfile, type Lockfile } from '../../graph/lockfile';
import { sliceFile } from '../../graph/targets';

/** The options as in `schema.json`. */
export interface SentryLockOptions {
  lockfile: string;
  folders: string[];
}

/**
 * Writes for each project what it uses of the lockfile. Where the lockfile can't be read, that is all of it:
 * its tests then run after each change, which costs time and hides nothing.
 */
export default function sentryLock(
  { lockfile, folders }: SentryLockOptions,
  { root: workspace, projectName }: ExecutorContext,
): Promise<{ success: boolean }> {
  const artifacts = join(workspace, '.sentries', projectName!, 'sentry-lock');
  const text = readFileSync(join(workspace, lockfile), 'utf8');
  const lock = tryRead(lockfile, text);
  rmSync(artifacts, { recursive: true, force: true });
  for (const folder of folders) {
    const file = join(artifacts, sliceFile(folder));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lock ? sliceText(lock, workspace, lockfile, folder) : text);
  }
  return Promise.resolve({ success: true });
}

function tryRead(file: string, text: string): Lockfile | undefined {
  try {
    return readLockfile(basename(file), text);
  } catch (error) {
    logger.warn(
      `${file}: ${(error as Error).message}. Until it can be read, each change of it runs the tests of all ` +
        'projects that use it.',
    );
    return undefined;
  }
}

/** A line for each package: name, version, and the digest of all that the lockfile says of it. */
function sliceText(lock: Lockfile, workspace: string, lockfile: string, root: string): string {
  const packages = sliceOf(lock, lockfile, workspace, root);
  const lines = packages.map(({ name, version, digest }) => `${name} ${version} ${digest}`);
  return [`${basename(lockfile)} ${lock.digest}`, ...lines, ''].join('\n');
}
