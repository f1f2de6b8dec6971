import { Workspace, type Ended, type Files } from '../workspace';
import { StepError } from './toolchain';

/** What the workspace of a newcomer is made with. */
export interface Means {
  readonly manager: 'npm' | 'pnpm';
  /** The exact version. */
  readonly nx: string;
  /** More packages, name → version. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Plugins that nx.json has before ours. */
  readonly plugins?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const greeting = (word: string): string =>
  `def greet(name, sign="!"):\n    return f"${word}, {name}{sign}"\n`;

/** Two Python projects, of which one uses the other; a test of each expects the greeting. */
export const SOURCES: Files = {
  'lib/src/greet.py': greeting('Hello'),
  'lib/tests/test_greet.py':
    'from greet import greet\n\n\ndef test_greet():\n    assert greet("Ann") == "Hello, Ann!"\n',
  'shop/src/shop.py': 'from greet import greet\n\n\ndef welcome(name):\n    return greet(name)\n',
  'shop/tests/test_shop.py':
    'from shop import welcome\n\n\ndef test_welcome():\n    assert welcome("Bo") == "Hello, Bo!"\n',
};

/** The tests of {@link SOURCES} that the change makes stale. */
export const STALE = ['lib/tests/test_greet.py', 'shop/tests/test_shop.py'];

/** Where the tests find the sources, in the syntax of pyproject.toml. */
export const pytestTable = (...folders: readonly string[]): string =>
  `[tool.pytest.ini_options]\npythonpath = ${JSON.stringify(folders)}\n`;

export const MANIFESTS: Files = {
  'lib/pyproject.toml': `[project]\nname = "greet"\nversion = "1"\n\n${pytestTable('src')}`,
  'shop/pyproject.toml':
    '[project]\nname = "shop"\nversion = "1"\ndependencies = ["greet"]\n\n' +
    pytestTable('src', '../lib/src'),
};

/** A workspace of somebody who has Nx, and has never heard of us. Commands run as typed, with what the registry has. */
export class Newcomer {
  private constructor(
    readonly workspace: Workspace,
    readonly means: Means,
  ) {}

  /** A fresh folder with the files; Nx is installed, and all is committed on `main`. */
  static async settle(means: Means, files: Files): Promise<Newcomer> {
    const workspace = Workspace.temporary();
    const { packages = {}, plugins = [] } = means;
    workspace.write({
      'package.json': json({
        name: 'work',
        private: true,
        devDependencies: { nx: means.nx, ...packages },
      }),
      'nx.json': json({
        neverConnectToCloud: true,
        analytics: false,
        ...(plugins.length > 0 && { plugins }),
      }),
      '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n',
      ...files,
    });
    workspace.git('init', '--quiet', '--initial-branch=main');
    const newcomer = new Newcomer(workspace, means);
    await newcomer.must(means.manager, ['install']);
    newcomer.workspace.commit('first');
    return newcomer;
  }

  /** Rewords the greeting, on a branch: two tests are stale. */
  change(): void {
    this.workspace.git('switch', '--quiet', '--create', 'change');
    this.workspace.write({ 'lib/src/greet.py': greeting('Good day') });
    this.workspace.commit('reword the greeting');
  }

  /** Runs Nx as it is typed with this package manager. */
  nx(...args: readonly string[]): Promise<Ended> {
    return this.means.manager === 'npm'
      ? this.run('npx', ['nx', ...args])
      : this.run('pnpm', ['exec', 'nx', ...args]);
  }

  run(command: string, args: readonly string[], folder = '.'): Promise<Ended> {
    return this.workspace.run(command, args, folder, this.means.env);
  }

  /** @throws StepError where it fails. */
  async must(command: string, args: readonly string[], folder = '.'): Promise<string> {
    const { code, output } = await this.run(command, args, folder);
    if (code !== 0) throw new StepError([command, ...args].join(' '), output);
    return output;
  }

  /** Files that are not as committed, in order. */
  changed(): string[] {
    const lines = this.workspace.git('status', '--porcelain').split('\n');
    return lines.filter((line) => line !== '').map((line) => line.slice(3));
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
