import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PYTHON, ROOT } from '../paths';

const HELPERS = join(ROOT, 'tools/bench');

/** Runs one of the Python scripts beside this file, which read and write JSON. */
export function askPython<T>(script: string, input: unknown): T {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [join(HELPERS, script)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout) as T;
}

interface PluginRun {
  readonly python: string;
  readonly root: string;
  /** The folder that modules are imported from. */
  readonly sources: string;
  readonly args: readonly string[];
  /** A module beside this file that writes lines of JSON into the file BENCH_OUTCOMES. */
  readonly plugin: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs pytest with a plugin of ours and returns what that wrote. */
export function pytestWith<T>(run: PluginRun): { lines: T[]; exit: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sentries-bench-'));
  const written = join(folder, 'lines');
  const args = ['-m', 'pytest', '-p', run.plugin, '-p', 'no:cacheprovider', '-q', '--tb=no'];
  const { status, stdout } = spawnSync(run.python, [...args, ...run.args], {
    cwd: run.root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 300_000,
    env: {
      ...process.env,
      ...run.environment,
      PYTHONPATH: [run.sources, HELPERS].join(delimiter),
      // Sources are exchanged between runs, faster than byte code can tell.
      PYTHONDONTWRITEBYTECODE: '1',
      BENCH_OUTCOMES: written,
    },
  });
  const text = existsSync(written) ? readFileSync(written, 'utf8') : '';
  rmSync(folder, { recursive: true, force: true });
  const lines = text.split('\n').filter((line) => line !== '');
  return { lines: lines.map((line) => JSON.parse(line) as T), exit: status, output: stdout };
}
