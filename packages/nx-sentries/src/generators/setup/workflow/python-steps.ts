import type { PythonUse } from '../workspace-use';
import { ACTIONS } from './actions';
import { quoted, run, shellWord, step } from './lines';

/** Python and what the tests import, as the workspace installs it. */
export function pythonSteps(use: PythonUse): string[] {
  const managed = [...uvSteps(use), ...poetrySteps(use)];
  return managed.length > 0 ? managed : pipSteps(use);
}

function uvSteps({ uv }: PythonUse): string[] {
  if (uv.length === 0) return [];
  const syncs = uv.map(
    ({ folder, isWorkspace }) =>
      `uv sync --locked${isWorkspace ? ' --all-packages' : ''}${inFolder(folder)}`,
  );
  return [
    ...step('Set up uv', [`uses: ${ACTIONS.setupUv}`, 'with:', '  enable-cache: true']),
    ...step('Install what the tests import', run(syncs.join('\n'))),
  ];
}

function poetrySteps(use: PythonUse): string[] {
  if (use.poetry.length === 0) return [];
  // A project's own environment is found by its name in its folder, and is what the cache keeps.
  const inProject = ['env:', "  POETRY_VIRTUALENVS_IN_PROJECT: 'true'"];
  const installs = use.poetry.map((folder) => `poetry install${inFolder(folder)}`);
  return [
    ...step('Install Poetry', run('pipx install poetry')),
    ...step('Set up Python', [
      ...setUp(use, ['cache: poetry', ...paths(use.poetry)]),
      ...inProject,
    ]),
    ...step('Install what the tests import with Poetry', [
      ...inProject,
      ...run(installs.join('\n')),
    ]),
  ];
}

const paths = (folders: readonly string[]): string[] => [
  'cache-dependency-path: |',
  ...folders.map((folder) => `  ${folder === '.' ? '' : `${folder}/`}poetry.lock`),
];

function pipSteps(use: PythonUse): string[] {
  const { requirements, asksForPytest } = use;
  const wanted = [
    ...requirements.map((file) => `-r ${shellWord(file)}`),
    ...(asksForPytest ? [] : ['pytest']),
  ];
  const cache = ['cache: pip', 'cache-dependency-path: |', ...requirements.map((f) => `  ${f}`)];
  return [
    ...step('Set up Python', setUp(use, requirements.length > 0 ? cache : [])),
    ...step('Install what the tests import', [
      ...(requirements.length > 0
        ? []
        : ['# No lockfile and no requirements were found: name here what the tests import.']),
      ...run(`python -m pip install ${wanted.join(' ')}`),
    ]),
  ];
}

const setUp = ({ versionFile }: PythonUse, cache: readonly string[]): string[] => [
  `uses: ${ACTIONS.setupPython}`,
  'with:',
  versionFile === null
    ? "  python-version: '3.x'"
    : `  python-version-file: ${quoted(versionFile)}`,
  ...cache.map((line) => `  ${line}`),
];

const inFolder = (folder: string): string =>
  folder === '.' ? '' : ` --directory ${shellWord(folder)}`;
