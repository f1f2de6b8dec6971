import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runRecord, type RunRecord } from 'sentries-core';
import { installation, NX_LINES, PYTHON_ENVIRONMENT, type NxLine } from './paths';

/** Where every line of Nx has it, from the workspace root. */
const NX = 'node_modules/nx/dist/bin/nx.js';
/** The command of the packages, from the workspace root. */
export const SENTRIES = 'node_modules/nx-sentries/dist/cli/main.js';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/** Path from the workspace root → text, or bytes. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** An Nx workspace with the packages installed, a Python environment and a git history; for demo and tests. */
export class Workspace {
  static readonly #temporary: string[] = [];

  private constructor(readonly root: string) {}

  /**
   * @param folder Where it is made; a fresh temporary one by default. Links to the installed packages and
   *   the Python environment are put in, so that no workspace takes the time of an installation.
   * @param nx The line of Nx that it has; the newest by default.
   */
  static create(folder?: string, nx: NxLine = NX_LINES[0]): Workspace {
    const workspace = folder === undefined ? Workspace.temporary() : Workspace.at(folder);
    symlinkSync(
      join(installation(nx), 'node_modules'),
      join(workspace.root, 'node_modules'),
      'junction',
    );
    symlinkSync(PYTHON_ENVIRONMENT, join(workspace.root, '.venv'), 'junction');
    return workspace;
  }

  /** Another workspace, with the newest commit of a branch of this one and none before it. */
  shallowClone(branch: string): Workspace {
    const clone = Workspace.create();
    clone.git('init', '--quiet');
    clone.git('fetch', '--quiet', '--depth=1', `file://${this.root}`, branch);
    clone.git('checkout', '--quiet', 'FETCH_HEAD');
    return clone;
  }

  /** A fresh folder, with nothing put in, until {@link removeTemporary}. */
  static temporary(): Workspace {
    const workspace = Workspace.at(mkdtempSync(join(tmpdir(), 'sentries-workspace-')));
    Workspace.#temporary.push(workspace.root);
    return workspace;
  }

  static removeTemporary(): void {
    for (const root of Workspace.#temporary.splice(0))
      rmSync(root, { recursive: true, force: true });
  }

  /** A folder as it is, with nothing put in. */
  static at(folder: string): Workspace {
    mkdirSync(folder, { recursive: true });
    return new Workspace(realpathSync(folder));
  }

  /** Copies a folder of files in. A `gitignore` becomes `.gitignore`: beside the sources it must not act. */
  copy(folder: string): void {
    cpSync(folder, this.root, { recursive: true });
    if (existsSync(join(this.root, 'gitignore')))
      renameSync(join(this.root, 'gitignore'), join(this.root, '.gitignore'));
  }

  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), content);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  git(...args: string[]): string {
    const identity = [
      '-c',
      'user.name=Demo',
      '-c',
      'user.email=demo@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: this.root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** Commits everything that is there. */
  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  /** Runs Nx as `npx nx` would, without the daemon. */
  async nx(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.run(process.execPath, [join(this.root, NX), ...args], '.', env);
  }

  /** Runs the command of the packages, as `npx sentries` does. */
  async sentries(
    args: readonly string[],
    folder = '.',
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    return this.run(process.execPath, [join(this.root, SENTRIES), ...args], folder, env);
  }

  /** Runs a command in a folder of the workspace. */
  run(
    command: string,
    args: readonly string[],
    folder = '.',
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    const { NX_BASE: _base, NX_HEAD: _head, ...inherited } = process.env;
    const child = spawn(command, args, {
      cwd: join(this.root, folder),
      env: {
        ...inherited,
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let output = '';
      const onData = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
      };
      child.stdout.on('data', onData);
      child.stderr.on('data', onData);
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  /** The record of a project's last run, validated. */
  record(project: string, sentry: RunRecord['sentry'] = 'sentry-test'): RunRecord {
    return runRecord.parse(JSON.parse(this.read(`.sentries/${project}/${sentry}/run.json`)));
  }
}
