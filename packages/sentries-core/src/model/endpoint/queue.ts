import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who holds a turn says so this often; who was silent for longer than the second number is gone. Milliseconds. */
const HEARTBEAT = 2_000;
const SILENCE = 15_000;

/**
 * Does the work when no other task of this user on this machine is at work with the same key: a
 * local server has one model in memory, and two requests at once make both slow, or run into
 * their time limits. A courtesy, not a guard: where no lock can be kept, the work is done without.
 *
 * The lock is a file with the holder's name. A holder that was killed is found by its process, or
 * by its silence, and nobody waits for it. The libraries for this bring three dependencies, and
 * none can be waited for with a signal.
 */
export async function inTurn<T>(
  key: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  folder = join(tmpdir(), `sentries-${String(process.getuid?.() ?? '')}`),
): Promise<T> {
  const lock = join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.lock`);
  const name = `${hostname()} ${String(process.pid)} ${randomUUID()}`;
  const kept = await mkdir(folder, { recursive: true, mode: 0o700 }).then(
    () => take(lock, name, signal),
    () => false,
  );
  if (!kept) return work();
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, HEARTBEAT);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await contentOf(lock)) === name) await rm(lock, { force: true });
  }
}

/** @returns false where no lock can be kept. */
async function take(lock: string, name: string, signal: AbortSignal): Promise<boolean> {
  for (let pause = 20; ; pause = Math.min(pause * 1.5, 250)) {
    signal.throwIfAborted();
    try {
      await writeFile(lock, name, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
    const holder = await contentOf(lock);
    if (holder !== null && (await isGone(lock, holder))) await clear(lock, holder, name);
    // No two wait in step.
    else await sleep(pause * (0.5 + Math.random()), undefined, { signal });
  }
}

async function isGone(lock: string, holder: string): Promise<boolean> {
  const [host, pid] = holder.split(' ');
  if (host === hostname() && !isRunning(Number(pid))) return true;
  const last = await stat(lock).catch(() => null);
  return last !== null && Date.now() - last.mtimeMs > SILENCE;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moves the lock away before it is removed: of several that find it left behind, one succeeds. */
async function clear(lock: string, holder: string, name: string): Promise<void> {
  const aside = `${lock}.${name.slice(-36)}`;
  try {
    await rename(lock, aside);
    const moved = await contentOf(aside);
    // Another was faster, and this is its lock already.
    if (moved !== null && moved !== holder) await writeFile(lock, moved, { flag: 'wx' });
  } catch {
    // It is gone, which is what was wanted.
  }
  await rm(aside, { force: true });
}

async function contentOf(lock: string): Promise<string | null> {
  return readFile(lock, 'utf8').catch(() => null);
}
