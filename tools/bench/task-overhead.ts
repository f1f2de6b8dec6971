import { PYTHON } from '../paths';
import type { Workspace } from '../workspace';
import { plainRun, sentryRun } from './direct-runs';
import { FOLDER, PROJECT } from './green-project';
import { inTurn, timed, withWorkspace, type Pair } from './measure';

/** What a green run costs, next to plain pytest. */
export interface TaskOverhead {
  /** Both as targets of Nx: what people wait for. */
  readonly throughNx: readonly Pair[];
  /** Both without Nx, whose own time is in either of the above and makes them more alike. */
  readonly direct: readonly Pair[];
}

/** pytest with nothing around it, beside the inferred target. */
const projectJson = JSON.stringify({
  name: PROJECT,
  targets: {
    'plain-test': {
      executor: 'nx:run-commands',
      cache: false,
      options: { command: `"${PYTHON}" -m pytest`, cwd: FOLDER },
    },
  },
});

export function taskOverhead(count: number): Promise<TaskOverhead> {
  return withWorkspace({ [`${FOLDER}/project.json`]: projectJson }, async (workspace) => {
    const throughNx = await warmInTurn(
      count,
      () => nxRun(workspace, 'sentry-test'),
      () => nxRun(workspace, 'plain-test'),
    );
    const direct = await warmInTurn(
      count,
      () => greenRun(workspace),
      () => plainRun(workspace, ' passed'),
    );
    return { throughNx, direct };
  });
}

async function warmInTurn(
  count: number,
  ...works: readonly [() => Promise<number>, () => Promise<number>]
): Promise<Pair[]> {
  for (const work of works) await work();
  return inTurn(count, ...works);
}

async function nxRun(workspace: Workspace, target: string): Promise<number> {
  const args = ['run', `${PROJECT}:${target}`, '--skip-nx-cache'];
  const { ms, value } = await timed(() => workspace.nx(args));
  if (value.code !== 0) throw new Error(`nx ${args.join(' ')} failed:\n${value.output}`);
  return ms;
}

async function greenRun(workspace: Workspace): Promise<number> {
  const { ms, value } = await timed(() => sentryRun(workspace));
  if (value.result !== 'green') throw new Error(`not green: ${JSON.stringify(value, null, 2)}`);
  return ms;
}
