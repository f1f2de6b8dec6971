import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolders } from '../../folder.fixture';
import { NEVER } from './chat.fixture';
import { inTurn } from './queue';

const folder = temporaryFolders();
const KEY = 'http://127.0.0.1:11434';

/** Takes a turn, and gives the path of its lock. */
async function lockIn(place: string): Promise<string> {
  return inTurn(KEY, NEVER, () => Promise.resolve(join(place, readdirSync(place)[0]!)), place);
}

describe('one request at a time for an endpoint', () => {
  it('several at once go one after the other, and leave nothing behind', async () => {
    const place = folder();
    let atWork = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++atWork);
      await sleep(10);
      atWork -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => inTurn(KEY, NEVER, work, place)));
    expect(most).toBe(1);
    expect(readdirSync(place)).toEqual([]);
  });

  it('two endpoints do not wait for one another', async () => {
    const place = folder();
    const inside = inTurn(
      'one',
      NEVER,
      () => inTurn('two', NEVER, () => Promise.resolve(1), place),
      place,
    );
    await expect(inside).resolves.toBe(1);
  });

  it('a task that fails gives its turn back', async () => {
    const place = folder();
    const failed = inTurn(KEY, NEVER, () => Promise.reject(new Error('no')), place);
    await expect(failed).rejects.toThrow('no');
    await expect(inTurn(KEY, NEVER, () => Promise.resolve(1), place)).resolves.toBe(1);
  });

  it('another process is waited for, until it is killed', async () => {
    const place = folder();
    const lock = await lockIn(place);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    writeFileSync(lock, `${hostname()} ${String(other.pid)} other`);
    let done = false;
    const mine = inTurn(KEY, NEVER, () => Promise.resolve((done = true)), place);
    await sleep(300);
    expect(done).toBe(false);
    other.kill('SIGKILL');
    await mine;
    expect(done).toBe(true);
  });

  it('a holder elsewhere that was silent for long is not waited for', async () => {
    const place = folder();
    const lock = await lockIn(place);
    writeFileSync(lock, `elsewhere 1 other`);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    await expect(inTurn(KEY, NEVER, () => Promise.resolve(1), place)).resolves.toBe(1);
  });

  it('of many that find a lock left behind, still one goes at a time', async () => {
    const place = folder();
    const lock = await lockIn(place);
    writeFileSync(lock, `elsewhere 1 other`);
    utimesSync(lock, 1, 1);
    let atWork = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++atWork);
      await sleep(5);
      atWork -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => inTurn(KEY, NEVER, work, place)));
    expect(most).toBe(1);
    expect(readdirSync(place)).toEqual([]);
  });

  it('waiting ends with the signal, and leaves the other its turn', async () => {
    const place = folder();
    const lock = await lockIn(place);
    const held = `${hostname()} ${String(process.pid)} other`;
    writeFileSync(lock, held);
    const waiting = inTurn(KEY, AbortSignal.timeout(100), () => Promise.resolve(1), place);
    await expect(waiting).rejects.toThrow();
    expect(readFileSync(lock, 'utf8')).toBe(held);
  });

  it('where no lock can be kept the work is done all the same', async () => {
    const place = join(folder(), 'file');
    writeFileSync(place, '');
    await expect(inTurn(KEY, NEVER, () => Promise.resolve(1), place)).resolves.toBe(1);
  });
});
