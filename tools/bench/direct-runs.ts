import { DEFAULTS, runSentry, type RunRecord } from 'sentries-core';
import { PYTHON } from '../paths';
import type { Workspace } from '../workspace';
import { FOLDER, PROJECT } from './green-project';
import { timed } from './measure';

/** The sentry on the green project in this process: what it costs without Nx. */
export function sentryRun({ root }: Workspace): Promise<RunRecord> {
  return runSentry({
    workspace: root,
    ...DEFAULTS,
    strategy: 'rules',
    environment: {},
    target: 'sentry-test',
    project: PROJECT,
    folder: FOLDER,
    dependencies: [],
    others: [],
    defaultBase: 'main',
    pytestArgs: [],
    python: PYTHON,
    log: () => undefined,
  });
}

/**
 * The project's tests with nothing around them.
 *
 * @param expected What pytest must say, so that no broken run is taken for a quick one.
 * @returns milliseconds.
 */
export async function plainRun(workspace: Workspace, expected: string): Promise<number> {
  const { ms, value } = await timed(() => workspace.run(PYTHON, ['-m', 'pytest'], FOLDER));
  if (!value.output.includes(expected)) {
    throw new Error(`pytest did not say "${expected}":\n${value.output}`);
  }
  return ms;
}
