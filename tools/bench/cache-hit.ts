import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PYTHON } from '../paths';
import type { Workspace } from '../workspace';
import { PROJECT } from './green-project';
import { withWorkspace } from './measure';

/** How often Python was started. */
export interface CacheHit {
  /** On the run that fills the cache: shows that starts are counted at all. */
  readonly miss: number;
  readonly hit: number;
  /** The hit again, with the artifacts deleted in between. */
  readonly restored: number;
  /** The artifacts are back after that. */
  readonly artifacts: boolean;
}

const LOG = '.starts/log';
const SHADOW = '.starts/bin';
const ARTIFACTS = `.sentries/${PROJECT}/sentry-test`;

/**
 * Counts the starts of Python on a cache hit. Every interpreter that a run could find is a script that
 * leaves a line behind: the workspace's environment, and the names on the PATH.
 *
 * @returns undefined on Windows, where a script is no interpreter.
 */
export async function cacheHit(): Promise<CacheHit | undefined> {
  if (process.platform === 'win32') return undefined;
  return withWorkspace({}, async (workspace) => {
    countStarts(workspace);
    const miss = await startsOf(workspace, 'Successfully ran');
    const hit = await startsOf(workspace, FROM_CACHE);
    rmSync(join(workspace.root, ARTIFACTS), { recursive: true });
    const restored = await startsOf(workspace, FROM_CACHE);
    const artifacts = existsSync(join(workspace.root, ARTIFACTS, 'run.json'));
    return { miss, hit, restored, artifacts };
  });
}

/** What Nx says of a task that it did not run. */
const FROM_CACHE = 'Nx read the output from the cache instead of running the command';

function countStarts(workspace: Workspace): void {
  const log = join(workspace.root, LOG);
  const script = `#!/bin/sh\necho "$0 $*" >> "${log}"\nexec "${PYTHON}" "$@"\n`;
  const scripts = ['.venv/bin/python', `${SHADOW}/python`, `${SHADOW}/python3`];
  rmSync(join(workspace.root, '.venv'));
  workspace.write({ [LOG]: '', ...Object.fromEntries(scripts.map((path) => [path, script])) });
  for (const path of scripts) chmodSync(join(workspace.root, path), 0o755);
}

async function startsOf(workspace: Workspace, expected: string): Promise<number> {
  const before = starts(workspace);
  const { code, output } = await workspace.nx(['run', `${PROJECT}:sentry-test`], {
    PATH: join(workspace.root, SHADOW) + delimiter + process.env['PATH'],
    VIRTUAL_ENV: '',
  });
  if (code !== 0 || !output.includes(expected)) {
    throw new Error(`Nx did not say "${expected}":\n${output}`);
  }
  return starts(workspace) - before;
}

const starts = (workspace: Workspace): number =>
  readFileSync(join(workspace.root, LOG), 'utf8').split('\n').length - 1;
