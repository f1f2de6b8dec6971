import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '../registry/registry';
import { VERSIONS, type Combination } from './axes';
import { Newcomer, SOURCES, STALE, type Means } from './newcomer';
import { pythonWay } from './pythons';
import { nodeFolder, pathWith, pnpmFolder, pythonToolsFolder, StepError } from './toolchain';

/** What a newcomer has in a row of the matrix, in a fresh workspace. @throws StepError where a step fails. */
export async function runRow(row: Combination, registry: Registry): Promise<void> {
  const nx = VERSIONS.nx[row.nx];
  const way = pythonWay(row.python, VERSIONS.pytest[row.pytest]);
  const node = nodeFolder(VERSIONS.node[row.node]);
  const folders = [node, pythonToolsFolder(), ...(row.manager === 'pnpm' ? [pnpmFolder()] : [])];
  const env = { ...registry.env, ...way.env, PATH: pathWith(...folders) };
  const beside: Partial<Means> =
    row.beside === '@nxlv/python'
      ? {
          packages: { '@nx/devkit': `^${row.nx}.0.0`, '@nxlv/python': VERSIONS['@nxlv/python'] },
          plugins: ['@nxlv/python'],
        }
      : {};
  const newcomer = await Newcomer.settle(
    { manager: row.manager, nx, env, ...beside },
    { ...SOURCES, ...way.files },
  );
  way.install(newcomer.workspace);
  if (newcomer.changed().length > 0) newcomer.workspace.commit('with the lockfiles of Python');
  await isNode(newcomer, VERSIONS.node[row.node]);

  await nxMust(newcomer, 'add', 'nx-sentries');
  const lock = row.manager === 'npm' ? 'package-lock.json' : 'pnpm-lock.yaml';
  same('nx add writes', newcomer.changed(), ['.gitignore', 'nx.json', 'package.json', lock]);
  newcomer.workspace.commit('with the plugin');

  await hasGraph(newcomer);
  newcomer.change();
  const args = ['affected', '-t', 'sentry-test', '--mode=apply', '--outputStyle=static'];
  const output = await nxMust(newcomer, ...args);
  said(output, new RegExp(`pytest-${VERSIONS.pytest[row.pytest].replaceAll('.', '\\.')}`));
  said(output, way.found);
  same('repaired', newcomer.changed(), STALE);
  const [python, ...first] = way.python;
  for (const project of ['lib', 'shop'])
    await newcomer.must(python!, [...first, '-m', 'pytest', '--quiet'], project);
}

async function nxMust(newcomer: Newcomer, ...args: string[]): Promise<string> {
  const { code, output } = await newcomer.nx(...args);
  if (code !== 0) throw new StepError(`nx ${args.join(' ')}`, output);
  return output;
}

async function isNode(newcomer: Newcomer, version: string): Promise<void> {
  said(await newcomer.must('node', ['--version']), new RegExp(`v${version}`));
}

/** Both projects have their target, and the shop depends on the library. */
async function hasGraph(newcomer: Newcomer): Promise<void> {
  const file = '.nx/graph.json';
  await nxMust(newcomer, 'graph', `--file=${file}`);
  const { graph } = JSON.parse(readFileSync(join(newcomer.workspace.root, file), 'utf8')) as {
    graph: {
      nodes: Record<string, { data: { targets: Record<string, unknown> } }>;
      dependencies: Record<string, { target: string }[]>;
    };
  };
  for (const name of ['greet', 'shop'])
    if (!graph.nodes[name]?.data.targets['sentry-test'])
      throw new StepError('nx graph', `${name} has no target sentry-test`);
  same('edges of shop', graph.dependencies['shop']?.map(({ target }) => target) ?? [], ['greet']);
}

function same(what: string, got: readonly string[], wanted: readonly string[]): void {
  if (got.toSorted().join() !== wanted.toSorted().join())
    throw new StepError(what, `${got.join(', ') || 'nothing'}, not ${wanted.join(', ')}`);
}

function said(output: string, wanted: RegExp): void {
  if (!wanted.test(output)) throw new StepError(`no ${wanted.source} in the output`, output);
}
