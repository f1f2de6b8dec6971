import type { RunRecord } from 'sentries-core';
import type { Workspace } from '../workspace';
import { plainRun, sentryRun } from './direct-runs';
import { REWORDED } from './green-project';
import { inTurn, timed, withWorkspace, type Pair } from './measure';

/** What a repair costs, in milliseconds. */
export interface RepairCost {
  /** All phases of the run, next to one plain run of the same tests. */
  readonly pairs: readonly Pair[];
  /** The same with the time by the clock, in which the run's own set-up and artifacts are too. */
  readonly byTheClock: readonly Pair[];
  readonly timings: readonly RunRecord['timings'][];
}

/** From one failing test among five hundred to a verified patch, next to plain pytest. */
export function factsToPatch(count: number): Promise<RepairCost> {
  return withWorkspace({}, async (workspace) => {
    workspace.git('checkout', '--quiet', '-b', 'change');
    workspace.write(REWORDED);
    workspace.commit('Reword a message');
    const timings: RunRecord['timings'][] = [];
    const ours = async (): Promise<number> => {
      const { ms, value } = await timed(() => repaired(workspace));
      timings.push(value.timings);
      return ms;
    };
    const plain = (): Promise<number> => plainRun(workspace, '1 failed');
    await ours();
    await plain();
    timings.length = 0;
    const byTheClock = await inTurn(count, ours, plain);
    const pairs = byTheClock.map((pair, at) => ({ plain: pair.plain, ours: sum(timings[at]!) }));
    return { pairs, byTheClock, timings };
  });
}

const sum = (timings: RunRecord['timings']): number =>
  Object.values(timings).reduce((total, phase) => total + phase, 0);

async function repaired(workspace: Workspace): Promise<RunRecord> {
  const record = await sentryRun(workspace);
  const sound = record.result === 'repaired' && record.failures.length === 1;
  if (!sound) throw new Error(`not one repaired test: ${JSON.stringify(record, null, 2)}`);
  return record;
}
