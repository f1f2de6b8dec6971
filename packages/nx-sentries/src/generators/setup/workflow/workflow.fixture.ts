import type { NodeUse, PythonUse, WorkspaceUse } from '../workspace-use';
import { FAN_OUTS, type WorkflowPlan } from './plan';

const NO_PYTHON: PythonUse = {
  isThere: false,
  uv: [],
  poetry: [],
  requirements: [],
  asksForPytest: false,
  versionFile: null,
};

const NODES: readonly NodeUse[] = [
  { manager: 'npm', isLocked: true, versionFile: '.nvmrc' },
  { manager: 'npm', isLocked: false, versionFile: null },
  { manager: 'pnpm', isLocked: true, versionFile: 'package.json' },
  { manager: 'yarn', isLocked: true, versionFile: null },
  { manager: 'berry', isLocked: true, versionFile: null },
];

const PYTHONS: Readonly<Record<string, PythonUse>> = {
  none: NO_PYTHON,
  uv: {
    ...NO_PYTHON,
    isThere: true,
    uv: [
      { folder: '.', isWorkspace: true },
      { folder: "libs/it's here", isWorkspace: false },
    ],
  },
  poetry: {
    ...NO_PYTHON,
    isThere: true,
    poetry: ['.', 'libs/two words'],
    versionFile: '.python-version',
  },
  pip: {
    ...NO_PYTHON,
    isThere: true,
    requirements: ['requirements.txt', 'libs/two words/requirements-dev.txt'],
    versionFile: 'pyproject.toml',
  },
};

const RUNNERS = [['ubuntu-latest'], ['self-hosted', 'gpu']];

/** A workspace of npm and uv, and what differs. */
export const planOf = (
  changes: Partial<WorkflowPlan> = {},
  use: Partial<WorkspaceUse> = {},
): WorkflowPlan => ({
  use: {
    node: NODES[0]!,
    python: PYTHONS['uv']!,
    defaultBranch: 'main',
    targets: ['sentry-test', 'sentry-doc'],
    ...use,
  },
  runner: RUNNERS[0]!,
  fanOut: 'none',
  publish: true,
  ...changes,
});

/** Every workflow that can be asked for, by a name that tells of it. */
export const VARIANTS: ReadonlyMap<string, WorkflowPlan> = new Map(
  Object.entries(PYTHONS).flatMap(([name, python]) =>
    NODES.flatMap((node) =>
      RUNNERS.flatMap((runner) =>
        FAN_OUTS.flatMap((fanOut) =>
          // What installs Node has no part in whether there are jobs that publish.
          (node === NODES[0] ? [true, false] : [true]).map((publish): [string, WorkflowPlan] => [
            [
              name,
              node.manager + (node.isLocked ? '' : '-unlocked'),
              ...runner,
              fanOut,
              publish ? 'publish' : 'quiet',
            ].join('_'),
            planOf({ runner, fanOut, publish }, { node, python }),
          ]),
        ),
      ),
    ),
  ),
);
