import { rmSync } from 'node:fs';
import { Workspace, type Files } from '../workspace';
import { GREEN_PROJECT } from './green-project';

/** What was compared in one pair, in milliseconds. */
export interface Pair {
  readonly ours: number;
  readonly plain: number;
}

type Work = () => Promise<number>;

/**
 * Measures two kinds of work in turn, so that a machine that gets slower or faster meanwhile does so for
 * both; which goes first alternates as well.
 */
export async function inTurn(count: number, ours: Work, plain: Work): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let at = 0; at < count; at += 1) {
    const [first, second] = at % 2 === 0 ? [ours, plain] : [plain, ours];
    const one = await first();
    const other = await second();
    pairs.push(at % 2 === 0 ? { ours: one, plain: other } : { ours: other, plain: one });
  }
  return pairs;
}

/** How long something takes, in milliseconds, with what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

/** Works in a fresh workspace with the green project, committed on `main`; removed afterwards. */
export async function withWorkspace<T>(
  more: Files,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const workspace = Workspace.create();
  try {
    workspace.write({ ...GREEN_PROJECT, ...more });
    workspace.git('init', '--quiet', '--initial-branch=main');
    workspace.commit('Green');
    return await work(workspace);
  } finally {
    rmSync(workspace.root, { recursive: true, force: true });
  }
}
