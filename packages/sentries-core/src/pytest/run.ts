import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RunFacts } from './facts';
import type { ExecutedLines } from './lines';
import { startProcess, type Ended } from './process';

export interface PytestRequest {
  /** The interpreter. */
  readonly python: string;
  /** The workspace, or its isolated copy; absolute and free of links. */
  readonly root: string;
  /** Another folder whose paths stand for those of `root`: where the byte code of a copy was compiled. */
  readonly compiledIn?: string;
  /** The project's folder, where pytest runs; from `root`. */
  readonly project: string;
  /** The user's own arguments, passed as they are. */
  readonly args: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  /** Only these tests, by key (or whole files, by node id), of these files (from `root`) run. */
  readonly select?: { readonly files: readonly string[]; readonly keys: readonly string[] };
  /**
   * Only what pytest collects from these files (from `root`) runs. They are not named to it: what it is named it collects,
   * whether the project has it run or not.
   */
  readonly only?: readonly string[];
  /** How a closer look at the tests is taken. */
  readonly look?: Look;
  /** rootdir and ini file (absolute) as the first run found them, so that a run of fewer files finds the same. */
  readonly session?: { readonly rootdir: string; readonly ini: string | null };
  /** Searched for modules before everything else. */
  readonly importRoots?: readonly string[];
  /**
   * The folder for byte code, which must not go beside the sources. Left out for a run in an isolated copy,
   * which keeps none (Python tells stale byte code by the second and the size of its source, too coarse where
   * sources are exchanged), writes no reports and has temporary folders of its own.
   */
  readonly bytecode?: string;
  /** Fixes the order of sets of strings: the user's own, or 0, where left out. */
  readonly hashSeed?: number;
  /** Gets pytest's output as it comes, up to a limit. */
  readonly onOutput?: (chunk: string) => void;
  /** Ends the run; it counts as crashed then. */
  readonly signal?: AbortSignal;
}

/** What a run does otherwise than a plain one. */
export interface Look {
  /** In the reverse of their order. */
  readonly reversed: boolean;
  /** Files and folders (from `root`) whose executed lines are told. */
  readonly traced: readonly string[];
}

export type PytestExit =
  | 'passed'
  | 'failed'
  | 'interrupted'
  | 'internal-error'
  | 'usage-error'
  | 'no-tests'
  | 'no-pytest'
  | 'timeout'
  | 'crashed';

export interface PytestRun extends RunFacts {
  readonly exit: PytestExit;
  /** The test that had begun and not ended when the run broke off. */
  readonly running: string | null;
  /** The end of what pytest printed. */
  readonly tail: string;
  /** Of a closer look: empty where nothing could be traced. */
  readonly lines: ExecutedLines;
}

const PLUGIN_FOLDER = join(__dirname, '../../python');

/** pytest's documented exit codes; anything else, or no finish record, is a crash. */
const EXITS: Readonly<Record<number, PytestExit>> = {
  0: 'passed',
  1: 'failed',
  2: 'interrupted',
  3: 'internal-error',
  4: 'usage-error',
  5: 'no-tests',
};

/**
 * Runs pytest once, with the facts plugin, and reads what happened.
 *
 * @throws EnvironmentError when the interpreter can't be started at all.
 */
export async function runPytest(request: PytestRequest): Promise<PytestRun> {
  const scratch = await mkdtemp(join(tmpdir(), `nx-sentries-${process.pid}-facts-`));
  try {
    const records = join(scratch, 'records');
    await mkdir(records);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      SENTRIES_FACTS: records,
      SENTRIES_PYTHONPATH: joined([...(request.importRoots ?? []), process.env['PYTHONPATH']]),
    };
    env['PYTHONPATH'] = joined([PLUGIN_FOLDER, env['SENTRIES_PYTHONPATH']]);
    if (request.bytecode === undefined) {
      env['PYTHONDONTWRITEBYTECODE'] = '1';
      env['SENTRIES_NO_REPORTS'] = '1';
      // pytest keeps the last three runs' folders: the user's own ones must stay.
      env['PYTEST_DEBUG_TEMPROOT'] = scratch;
    } else {
      env['SENTRIES_PYCACHE'] = request.bytecode;
    }
    env['PYTHONHASHSEED'] = String(request.hashSeed ?? process.env['PYTHONHASHSEED'] ?? 0);
    // After the user's arguments, so that our plugin sees which plugins they block.
    const args = ['-m', 'pytest', ...request.args, '-p', 'sentries_facts.plugin'];
    // The cache plugin stays, since a project's own options may need it, but writes elsewhere.
    args.push('-o', `cache_dir=${join(scratch, 'cache')}`, '--continue-on-collection-errors');
    if (request.session) {
      args.push(`--rootdir=${request.session.rootdir}`);
      if (request.session.ini) args.push('-c', request.session.ini);
    }
    if (request.select) {
      env['SENTRIES_SELECT'] = join(scratch, 'select.json');
      await writeFile(env['SENTRIES_SELECT'], JSON.stringify(request.select.keys));
      if (!request.only) args.push(...request.select.files.map((file) => join(request.root, file)));
    }
    if (request.only) {
      env['SENTRIES_ONLY'] = join(scratch, 'only.json');
      const paths = request.only.map((file) => join(request.root, file));
      await writeFile(env['SENTRIES_ONLY'], JSON.stringify(paths));
    }
    const traces = join(scratch, 'lines');
    await mkdir(traces);
    if (request.look) {
      env['SENTRIES_LOOK'] = join(scratch, 'look.json');
      await writeFile(env['SENTRIES_LOOK'], JSON.stringify(asked(request.look, request, traces)));
      args.push('-p', 'sentries_look');
    }
    const { python, root, project, timeout, onOutput, signal } = request;
    const running = startProcess(python, args, {
      cwd: join(root, project),
      env,
      timeout,
      ...(onOutput && { onOutput }),
      ...(signal && { signal }),
    });
    // Loaded while pytest runs, which takes longer.
    const [{ readFacts }, { readLines }] = await Promise.all([
      import('./facts.js'),
      import('./lines.js'),
    ]);
    const ended = await running;
    const facts = readFacts(await textsIn(records), root, request.compiledIn);
    const lines = readLines(await textsIn(traces), root);
    let exit = exitOf(ended, facts);
    if (exit === 'crashed' && !facts.session && !(await hasPytest(request))) exit = 'no-pytest';
    return { ...facts, exit, running: lastUnfinished(facts), tail: ended.tail, lines };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The words of `python/sentries_look.py`. */
function asked({ reversed, traced }: Look, { root }: PytestRequest, out: string): object {
  const paths = traced.map((path) => join(root, path));
  const isFile = (path: string): boolean => path.endsWith('.py');
  return {
    reversed,
    files: paths.filter(isFile),
    folders: paths.filter((path) => !isFile(path)),
    out,
  };
}

async function textsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}

const joined = (paths: readonly (string | undefined)[]): string =>
  paths.filter((path) => path !== undefined && path !== '').join(delimiter);

function exitOf(ended: Ended, facts: RunFacts): PytestExit {
  if (ended.timedOut) return 'timeout';
  const exit = ended.code === null ? undefined : EXITS[ended.code];
  if (exit === undefined || (!facts.finished && exit !== 'usage-error')) return 'crashed';
  // Collection errors count as an interruption for pytest; for us they are failures with facts.
  if (exit === 'interrupted' && facts.failures.length > 0) return 'failed';
  if (exit === 'usage-error' && facts.failures.some(({ when }) => when === 'conftest')) {
    return 'failed';
  }
  return exit;
}

/** `python -m pytest` ends with the same code where there is no pytest as where a test fails. */
async function hasPytest({ python, root }: PytestRequest): Promise<boolean> {
  const probe = 'import sys, importlib.util as u; sys.exit(u.find_spec("pytest") is None)';
  return new Promise((resolve) => {
    const child = spawn(python, ['-c', probe], { cwd: root, stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function lastUnfinished(facts: RunFacts): string | null {
  return facts.finished ? null : ([...facts.started.values()].at(-1) ?? null);
}
