import { spawn, type ChildProcess } from 'node:child_process';
import { EnvironmentError } from '../errors';

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Seconds. */
  readonly timeout: number;
  /** Gets both streams as they come, up to {@link OUTPUT_LIMIT}. */
  readonly onOutput?: (chunk: string) => void;
  /** Ends the process, with all that it started. */
  readonly signal?: AbortSignal;
}

/** How a process ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** The end of its output. */
  readonly tail: string;
}

/** As much of the output is passed on, in characters. */
const OUTPUT_LIMIT = 4 * 1024 * 1024;
const TAIL_LIMIT = 16 * 1024;
/** Between the polite and the final signal, in milliseconds. */
const GRACE = 2_000;
/** How long the pipes may stay open after the process itself has ended, in milliseconds. */
const DRAIN = 1_000;
/** What ends us ends the process too: in a group of its own, it would not hear of it. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program within limits of time and output, and leaves nothing of it behind.
 *
 * @throws EnvironmentError where it can't be started.
 */
export async function startProcess(
  program: string,
  args: readonly string[],
  { cwd, env, timeout, onOutput, signal }: ProcessOptions,
): Promise<Ended> {
  // A group of its own, so that what the tests start is ended with them.
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const output = collect(child, onOutput);
  let timedOut = false;
  const stop = (): void => {
    endGroup(child, 'SIGTERM');
    setTimeout(() => endGroup(child, 'SIGKILL'), GRACE).unref();
  };
  const onSignal = (name: NodeJS.Signals): void => {
    endGroup(child, 'SIGTERM');
    process.kill(process.pid, name);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeout * 1000);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  for (const name of SIGNALS) process.once(name, onSignal);
  try {
    const code = await ending(child, program);
    return { code, timedOut, tail: output() };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}

/** Passes the output on within its limit, and keeps its end. */
function collect(child: ChildProcess, onOutput?: (chunk: string) => void): () => string {
  let tail = '';
  let passedOn = 0;
  const onData = (text: string): void => {
    tail = (tail + text).slice(-TAIL_LIMIT);
    if (passedOn >= OUTPUT_LIMIT) return;
    passedOn += text.length;
    onOutput?.(text);
    if (passedOn >= OUTPUT_LIMIT) {
      onOutput?.('\n[nx-sentries] the rest of the output is left out\n');
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', onData);
  }
  return () => tail;
}

function ending(child: ChildProcess, program: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      reject(
        new EnvironmentError(
          `the interpreter ${program} could not be started: ${error.message}`,
          'Set the option "python" to the interpreter of the project, or create its virtual environment.',
          error,
        ),
      );
    });
    child.on('exit', (code) => {
      // What the tests have left running had its chance to end by itself.
      endGroup(child, 'SIGKILL');
      const done = (): void => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(code);
      };
      child.on('close', done);
      // A process that a test left behind may keep the pipes open for ever.
      setTimeout(done, DRAIN).unref();
    });
  });
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself in the meantime.
  }
}
