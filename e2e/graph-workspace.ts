import { NX_LINES, type NxLine } from '../tools/paths';
import { Workspace, type Files } from '../tools/workspace';

afterAll(() => Workspace.removeTemporary());

/** The lines of Nx that are supported, for `describe.each`. */
export const LINES: readonly NxLine[] = NX_LINES;

const ANSWER = '.nx/answer.json';

/** What Nx says that it would do. */
export interface Answer {
  /** How the command ended, and what it said. */
  readonly code: number | null;
  readonly output: string;
  /** Folders by the names of the projects. */
  readonly projects: Readonly<Record<string, string>>;
  /** `shop → units`, sorted. */
  readonly edges: readonly string[];
  /** Names of the projects whose tests would run, sorted. */
  readonly tested: readonly string[];
  /** The lines that the plugin warns with. */
  readonly warnings: readonly string[];
}

/** The part of Nx's own JSON that is looked at. */
interface Told {
  readonly graph: {
    readonly nodes: Readonly<Record<string, { readonly data: { readonly root: string } }>>;
    readonly dependencies: Readonly<
      Record<string, readonly { readonly source: string; readonly target: string }[]>
    >;
  };
  readonly tasks?: { readonly tasks: Readonly<Record<string, { readonly target: Target }>> };
}

interface Target {
  readonly project: string;
  readonly target: string;
}

/** A workspace with the plugin, committed on `main`. */
export function graphWorkspace(nx: NxLine, files: Files, options: object = {}): Workspace {
  const workspace = Workspace.create(undefined, nx);
  workspace.write({
    'nx.json': nxJson([{ plugin: 'nx-sentries', options }]),
    'package.json': '{ "name": "work", "private": true }',
    '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n.sentries\n',
    ...files,
  });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  return workspace;
}

export const nxJson = (plugins: readonly unknown[]): string =>
  JSON.stringify({ plugins, neverConnectToCloud: true, analytics: false });

/** What `nx affected -t sentry-test` would run; nothing is run. */
export const affected = (workspace: Workspace, base = 'HEAD'): Promise<Answer> =>
  ask(workspace, ['affected', '-t', 'sentry-test', `--base=${base}`, `--graph=${ANSWER}`]);

/** Arguments of Nx that run tests, with output of which nothing is hidden. */
export const testedFor = (command: 'affected' | 'run-many', ...more: string[]): string[] => [
  ...[command, '-t', 'sentry-test', '--outputStyle=static'],
  ...more,
];

/** The graph as `nx graph` draws it. */
export const graph = (workspace: Workspace): Promise<Answer> =>
  ask(workspace, ['graph', `--file=${ANSWER}`]);

async function ask(workspace: Workspace, args: readonly string[]): Promise<Answer> {
  workspace.write({ [ANSWER]: 'null' });
  const { code, output } = await workspace.nx(args);
  const told = JSON.parse(workspace.read(ANSWER)) as Told | null;
  if (!told)
    throw new Error(`nx ${args.join(' ')} ended with ${code} and wrote nothing: ${output}`);
  const { nodes, dependencies } = told.graph;
  const targets = Object.values(told.tasks?.tasks ?? {}).map(({ target }) => target);
  return {
    code,
    output,
    projects: Object.fromEntries(
      Object.entries(nodes).map(([name, { data }]): [string, string] => [name, data.root]),
    ),
    edges: Object.values(dependencies)
      .flat()
      .filter(({ target }) => target in nodes)
      .map(({ source, target }) => `${source} → ${target}`)
      .sort(),
    tested: targets
      .filter(({ target }) => target === 'sentry-test')
      .map(({ project }) => project)
      .sort(),
    warnings: output.split('\n').filter((line) => line.startsWith('[nx-sentries]')),
  };
}

/** A project with a package in `src`, and a test. */
export function project(
  folder: string,
  { name = folder.split('/').at(-1)!, code = '', test = '', manifest = '' } = {},
): Files {
  const module = name.replaceAll('-', '_');
  return {
    [`${folder}/pyproject.toml`]: `[project]\nname = "${name}"\nversion = "1"\n${manifest}`,
    [`${folder}/src/${module}/__init__.py`]: '',
    [`${folder}/src/${module}/core.py`]: `VALUE = 1\n${code}`,
    [`${folder}/tests/test_${module}.py`]: `${test}\n\ndef test_it():\n    assert True\n`,
  };
}
