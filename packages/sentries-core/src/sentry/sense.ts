import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '../errors';
import { runPytest, type PytestExit, type PytestRun } from '../pytest/run';
import type { SentryRequest } from './request';

/** Where the byte code of the first run is: kept between runs, and out of the work tree. */
export const byteCodeOf = (workspace: string): string =>
  join(workspace, '.sentries/.cache/bytecode');

/** Runs the project's tests once, where they are. */
export async function sense(
  request: SentryRequest,
  python: string,
  signal: AbortSignal,
): Promise<PytestRun> {
  const { workspace, folder, pytestArgs, testTimeout, log } = request;
  const bytecode = byteCodeOf(workspace);
  await mkdir(bytecode, { recursive: true });
  // The folder keeps itself out of git, whatever the workspace ignores.
  await writeFile(join(workspace, '.sentries', '.gitignore'), '*\n');
  return runPytest({
    python,
    root: workspace,
    project: folder,
    args: pytestArgs,
    timeout: testTimeout,
    bytecode,
    onOutput: log,
    signal,
  });
}

/** The error behind a run that says nothing about the tests; undefined where it does. */
export function brokenRun(
  run: PytestRun,
  { testTimeout }: Pick<SentryRequest, 'testTimeout'>,
): EnvironmentError | undefined {
  const at = run.running === null ? '' : ` while ${run.running} ran`;
  const [message, hint] = BROKEN[run.exit]?.(at, testTimeout) ?? [];
  if (message === undefined || hint === undefined) return undefined;
  const last = run.tail.trim().split('\n').slice(-5).join('\n');
  return new EnvironmentError(last === '' ? message : `${message}:\n${last}`, hint);
}

type Explanation = (at: string, timeout: number) => readonly [message: string, hint: string];

const BROKEN: Partial<Record<PytestExit, Explanation>> = {
  timeout: (at, timeout) => [
    `pytest did not end within ${timeout} s${at}`,
    'Look at that test, or raise the option "testTimeout".',
  ],
  crashed: (at) => [
    `the interpreter crashed${at}`,
    'Run pytest by hand in the project to see the crash; it is not the tests that fail.',
  ],
  'no-pytest': () => [
    'pytest is not installed for this interpreter',
    'Install it in the environment of the project (`uv add --dev pytest`, `poetry add --group dev pytest` or `pip install pytest`), or set the option "python".',
  ],
  'usage-error': () => [
    'pytest could not start (usage error)',
    'Check the pytest configuration of the project and the option "pytestArgs".',
  ],
  'internal-error': () => [
    'pytest ended with an internal error',
    'Run pytest by hand in the project: a plugin or a conftest may be broken.',
  ],
  'no-tests': () => [
    'pytest found no test to run',
    'Check pytest\'s testpaths and the option "pytestArgs", or take the target away from a project without tests.',
  ],
  interrupted: (at) => [`the run was interrupted${at}`, 'Run the task again.'],
};
