import type { NodeUse } from '../workspace-use';
import { ACTIONS } from './actions';
import { quoted, run, step } from './lines';

/** How a package manager installs what the lockfile says, and runs Nx; `safely` runs no scripts of packages. */
const MANAGERS: Readonly<
  Record<NodeUse['manager'], { install: string; safely: string; nx: string; cache: string }>
> = {
  npm: { install: 'npm ci', safely: 'npm ci --ignore-scripts', nx: 'npx nx', cache: 'npm' },
  pnpm: {
    install: 'pnpm install --frozen-lockfile',
    safely: 'pnpm install --frozen-lockfile --ignore-scripts',
    nx: 'pnpm exec nx',
    cache: 'pnpm',
  },
  yarn: {
    install: 'yarn install --frozen-lockfile',
    safely: 'yarn install --frozen-lockfile --ignore-scripts',
    nx: 'yarn --silent nx',
    cache: 'yarn',
  },
  berry: {
    install: 'yarn install --immutable',
    safely: 'YARN_ENABLE_SCRIPTS=false yarn install --immutable',
    nx: 'yarn nx',
    cache: 'yarn',
  },
};

/** Without a lockfile there is nothing to hold an installation to. */
const UNLOCKED: Readonly<Partial<Record<NodeUse['manager'], [string, string]>>> = {
  npm: ['npm install', 'npm install --ignore-scripts'],
  pnpm: ['pnpm install', 'pnpm install --ignore-scripts'],
};

/** Nx, as the package manager starts it. */
export const nxCommand = ({ manager }: NodeUse): string => MANAGERS[manager].nx;

/** Node and the packages of the workspace, with a cache; scripts of packages run. */
export const nodeSteps = (use: NodeUse): string[] => [
  ...setUp(use, '', use.isLocked ? `cache: ${MANAGERS[use.manager].cache}` : NO_CACHE),
  ...step(
    'Install the packages',
    run((use.isLocked ? undefined : UNLOCKED[use.manager]?.[0]) ?? MANAGERS[use.manager].install),
  ),
];

/**
 * Node and the packages of a checkout in a folder, for a job that may write: no script of a package runs, and no
 * cache is read, since jobs that run code of a pull request could have filled it.
 */
export const safeNodeSteps = (use: NodeUse, folder: string): string[] => [
  ...setUp(use, `${folder}/`, NO_CACHE),
  ...step('Install the packages, without running their scripts', [
    `working-directory: ${folder}`,
    ...run((use.isLocked ? undefined : UNLOCKED[use.manager]?.[1]) ?? MANAGERS[use.manager].safely),
  ]),
];

const NO_CACHE = 'package-manager-cache: false';

const setUp = (use: NodeUse, prefix: string, cache: string): string[] => [
  ...(use.manager === 'npm'
    ? []
    : step(`Make ${use.manager === 'pnpm' ? 'pnpm' : 'Yarn'} available`, run('corepack enable'))),
  ...step('Set up Node', [
    `uses: ${ACTIONS.setupNode}`,
    'with:',
    use.versionFile === null
      ? "  node-version: 'lts/*'"
      : `  node-version-file: ${quoted(`${prefix}${use.versionFile}`)}`,
    `  ${cache}`,
  ]),
];
