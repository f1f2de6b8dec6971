import { isAbsolute, relative, sep } from 'node:path';
import { runPytest, type PytestRun } from '../../../pytest/run';
import { IsolatedCopy, transplant } from '../../../verify/isolated-copy';
import type { DocRequest } from '../../request';
import { brokenRun } from '../../sense';

/**
 * Runs the examples of documentation as the project has pytest run them, in a copy.
 *
 * @param only The files they are in, from the workspace root.
 * @returns the run in the terms of the workspace; or why it says nothing of the examples.
 */
export async function senseExamples(
  request: DocRequest,
  python: string,
  only: readonly string[],
): Promise<PytestRun | string> {
  const { workspace, folder, pytestArgs, testTimeout, log } = request;
  const copy = await IsolatedCopy.create(workspace, request);
  try {
    const run = await runPytest({
      python,
      root: copy.root,
      compiledIn: workspace,
      project: folder,
      args: [
        ...pytestArgs.map((arg) => arg.replaceAll(`${workspace}${sep}`, `${copy.root}${sep}`)),
        '--maxfail=0',
      ],
      timeout: testTimeout,
      only,
      onOutput: log,
    });
    return unusable(run, request) ?? inWorkspace(run, copy.root, workspace);
  } finally {
    await copy.remove();
  }
}

function unusable(run: PytestRun, request: DocRequest): string | undefined {
  if (run.exit === 'no-tests') return 'pytest, as the project has it, collects no example';
  const broken = brokenRun(run, request)?.message.split('\n')[0]?.replace(/:$/, '');
  if (broken !== undefined) return broken;
  if (run.failures.some(({ when }) => when === 'conftest')) return "a conftest.py can't be loaded";
  return undefined;
}

/** Where a copy was found, as if that had been the workspace: further copies are made of it. */
function inWorkspace(run: PytestRun, copy: string, workspace: string): PytestRun {
  const { session, roots } = run;
  const home = (path: string): string => transplant(path, copy, workspace);
  // An editable install may lead from the copy back to the workspace, which is the same so far.
  const inside = (root: string): string =>
    isAbsolute(root) && (root === workspace || root.startsWith(workspace + sep))
      ? relative(workspace, root).split(sep).join('/') || '.'
      : root;
  return {
    ...run,
    roots: [...new Set(roots.map(inside))],
    session: session && {
      ...session,
      rootdir: home(session.rootdir),
      ini: session.ini && home(session.ini),
    },
  };
}
