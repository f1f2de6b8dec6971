import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../paths';
import type { ChildAnswer, ChildRequest } from './graph-request';
import { hashOf } from './graph-view';
import { BenchError } from './python-index';

/** The files that all contenders work on. */
export interface GraphInput {
  readonly workspace: string;
  /** Folders of the projects, from the workspace. */
  readonly roots: readonly string[];
  /** The file with what Nx has made ready. */
  readonly view: string;
  /** The one that is changed before a warm run; from the workspace. */
  readonly changed: string;
}

/** One run of a contender. */
export interface Sample {
  /** Milliseconds within the call; of the process where there is no call. */
  readonly inside: number;
  /** Milliseconds from the start of the process to its end. */
  readonly whole: number;
  readonly answer?: ChildAnswer;
}

const CHILD = join(__dirname, 'graph-child.js');
const OURS = {
  plugin: join(ROOT, 'packages/nx-sentries/dist/plugin.js'),
  from: ROOT,
  options: {},
};

/** Our plugin without a cache, and then with the one that this left, after one file has changed. */
export function coldAndWarm(input: GraphInput, wantsEdges = false): { cold: Sample; warm: Sample } {
  const cache = mkdtempSync(join(tmpdir(), 'sentries-graph-'));
  const path = join(input.workspace, input.changed);
  const original = readFileSync(path);
  try {
    const request = { ...OURS, view: input.view, wantsEdges };
    const cold = child(input, request, cache);
    appendFileSync(path, '\n# changed\n');
    const change = { file: input.changed, hash: hashOf(readFileSync(path)) };
    return { cold, warm: child(input, { ...request, change }, cache) };
  } finally {
    writeFileSync(path, original);
    rmSync(cache, { recursive: true, force: true });
  }
}

/** A fresh process that only reads the files. */
export const onlyReads = (input: GraphInput): Sample =>
  child(input, { view: input.view, plugin: '', from: ROOT, options: {}, wantsEdges: false }, '');

/** @nxlv/python, installed in a folder. */
export function nxlv(input: GraphInput, folder: string, wantsEdges = false): Sample {
  const options = { packageManager: 'uv', inferDependencies: true };
  const request = { view: input.view, plugin: '@nxlv/python', from: folder, options, wantsEdges };
  return child(input, request, join(folder, 'nx-cache'));
}

/** `ruff analyze graph`, with nothing excluded. */
export function ruff(input: GraphInput, executable: string, threads?: number): Sample {
  const { whole } = runRuff(input, executable, 'ignore', threads);
  return { inside: whole, whole };
}

/** For each file that ruff lists, the files that it imports. */
export function askRuff(input: GraphInput, executable: string): Record<string, string[]> {
  const { stdout } = runRuff(input, executable, 'pipe');
  return JSON.parse(stdout) as Record<string, string[]>;
}

function runRuff(
  { workspace, roots }: GraphInput,
  executable: string,
  stdout: 'pipe' | 'ignore',
  threads?: number,
): { whole: number; stdout: string } {
  const settings = ['exclude=[]', 'respect-gitignore=false'].flatMap((one) => ['--config', one]);
  const start = performance.now();
  const ran = spawnSync(executable, ['analyze', 'graph', '--isolated', ...settings, ...roots], {
    cwd: workspace,
    env: { ...process.env, ...(threads && { RAYON_NUM_THREADS: String(threads) }) },
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'ignore'],
    maxBuffer: 1 << 29,
  });
  const whole = performance.now() - start;
  if (ran.status !== 0) throw new BenchError('ruff analyze graph failed', 'Run it by hand.');
  return { whole, stdout: ran.stdout ?? '' };
}

function child({ workspace }: GraphInput, request: ChildRequest, cache: string): Sample {
  const env = {
    ...process.env,
    NX_CACHE_DIRECTORY: cache,
    NX_WORKSPACE_ROOT_PATH: workspace,
    NX_DAEMON: 'false',
  };
  const start = performance.now();
  const ran = spawnSync(process.execPath, [CHILD, JSON.stringify(request)], {
    cwd: workspace,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const whole = performance.now() - start;
  const line = ran.stdout.trimEnd().split('\n').at(-1)!;
  if (ran.status !== 0 || !line.startsWith('{'))
    throw new BenchError(
      `a measured process failed (${ran.status ?? ran.signal}): ${ran.stderr.trim().slice(-2000)}`,
      'Build with npx tsc -b; delete .cache/bench/graph-* where the files themselves are at fault.',
    );
  const answer = JSON.parse(line) as ChildAnswer;
  const inside = Object.values(answer.spent).reduce((sum, ms) => sum + ms, 0);
  return { inside, whole, answer };
}
