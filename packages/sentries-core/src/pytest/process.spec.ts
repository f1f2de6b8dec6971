import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { startProcess, type Ended, type ProcessOptions } from './process';

const newFolder = temporaryFolders();

/** Runs a script of Node as the program. */
function run(script: string, options: Partial<ProcessOptions> = {}): Promise<Ended> {
  const all = { cwd: newFolder(), env: process.env, timeout: 60, ...options };
  return startProcess(process.execPath, ['-e', script], all);
}

/** A program that writes to `beat` as long as it lives. */
const HEART = `setInterval(() => require('fs').appendFileSync('beat', '.'), 20)`;
/** One that starts another in its own group, and goes on when that one lives. */
const parentOf = (then: string): string => `
  require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(HEART)}], { stdio: 'inherit' });
  const look = setInterval(() => {
    if (!require('fs').existsSync('beat')) return;
    clearInterval(look);
    ${then}
  }, 10)`;

const beats = (folder: string): number => readFileSync(join(folder, 'beat')).length;

async function isBeating(folder: string): Promise<boolean> {
  await sleep(200);
  const before = beats(folder);
  await sleep(400);
  return beats(folder) > before;
}

describe('a program that ends by itself', () => {
  it('tells its exit code and what it wrote to both streams', async () => {
    const chunks: string[] = [];
    const script = `console.log('out é'); console.error('err'); process.exitCode = 7`;
    const ended = await run(script, { onOutput: (chunk) => chunks.push(chunk) });
    expect(ended).toMatchObject({ code: 7, timedOut: false });
    expect(ended.tail.split('\n').sort()).toEqual(['', 'err', 'out é']);
    expect(chunks.join('')).toBe(ended.tail);
  });

  it('has no exit code where a signal ended it', async () => {
    const ended = await run(`process.kill(process.pid, 'SIGKILL')`);
    expect(ended).toEqual({ code: null, timedOut: false, tail: '' });
  });

  it('runs in the given folder and environment, with nothing to read', async () => {
    const cwd = newFolder();
    const script = `console.log(process.cwd(), process.env.SAID, require('fs').readFileSync(0).length)`;
    const ended = await run(script, { cwd, env: { ...process.env, SAID: 'this' } });
    expect(ended.tail).toBe(`${cwd} this 0\n`);
  });

  it('leaves no listener for signals behind', async () => {
    const count = (): number[] =>
      ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));
    const before = count();
    const running = run('');
    expect(count()).toEqual(before.map((one) => one + 1));
    await running;
    expect(count()).toEqual(before);
  });

  it('given something left running in its group, it ends that too', async () => {
    const cwd = newFolder();
    const ended = await run(parentOf('process.exit(3)'), { cwd });
    expect(ended.code).toBe(3);
    expect(await isBeating(cwd)).toBe(false);
  });

  it('given one outside its group that keeps the pipe open, it does not wait for that', async () => {
    const script = `
      const options = { stdio: 'inherit', detached: true };
      const other = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)'], options);
      console.log(other.pid);
      other.unref();`;
    const began = performance.now();
    const ended = await run(script);
    // It is still there, or this would fail.
    process.kill(Number(ended.tail), 'SIGKILL');
    expect(ended).toMatchObject({ code: 0, timedOut: false });
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('a program that does not end', () => {
  it('is ended at the time limit, with all that it started', async () => {
    const cwd = newFolder();
    const ended = await run(parentOf(HEART), { cwd, timeout: 2 });
    expect(ended).toMatchObject({ code: null, timedOut: true });
    expect(existsSync(join(cwd, 'beat'))).toBe(true);
    expect(await isBeating(cwd)).toBe(false);
  });

  it('is killed where it does not listen to the polite signal', async () => {
    const script = `process.on('SIGTERM', () => console.log('no')); console.log('up'); ${HEART}`;
    const cwd = newFolder();
    const ended = await run(script, { cwd, timeout: 2 });
    expect(ended).toEqual({ code: null, timedOut: true, tail: 'up\nno\n' });
    expect(await isBeating(cwd)).toBe(false);
  });

  it('is ended by the abort signal, which is not a time limit', async () => {
    const cwd = newFolder();
    const abort = new AbortController();
    const script = parentOf(`console.log('up'); ${HEART}`);
    const { signal } = abort;
    const ended = await run(script, { cwd, signal, onOutput: () => abort.abort() });
    expect(ended).toEqual({ code: null, timedOut: false, tail: 'up\n' });
    expect(await isBeating(cwd)).toBe(false);
  });
});

describe('a program that writes without end', () => {
  it('given more than is passed on, it says so once, and the tail is still the end', async () => {
    let passedOn = '';
    const script = `process.stdout.write('x'.repeat(6 * 1024 * 1024) + 'the end')`;
    const { tail } = await run(script, { onOutput: (chunk) => (passedOn += chunk) });
    const limit = 4 * 1024 * 1024;
    const [output, ...notes] = passedOn.split(
      '\n[nx-sentries] the rest of the output is left out\n',
    );
    expect(notes).toEqual(['']);
    expect(output!.length).toBeGreaterThanOrEqual(limit);
    expect(output!.length).toBeLessThan(limit + 1024 * 1024);
    expect(tail).toHaveLength(16 * 1024);
    expect(tail.endsWith('xthe end')).toBe(true);
  });
});

describe('a program that can’t be started', () => {
  it.each([
    ['is not there', 'no-such-program', undefined],
    ['has no folder to run in', process.execPath, 'not/there'],
  ])('is an error of the environment, given that it %s', async (_, program, inside) => {
    const cwd = join(newFolder(), inside ?? '');
    const starting = startProcess(program, [], { cwd, env: process.env, timeout: 60 });
    const error: unknown = await starting.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EnvironmentError);
    const { message, hint } = error as EnvironmentError;
    expect(message).toContain(`the interpreter ${program} could not be started: `);
    expect(hint).toContain('"python"');
  });
});
