import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULTS, readRun, runSentry, type RunRecord, type SentryRequest } from 'sentries-core';
import { recheck } from '../packages/sentries-core/src/publish/recheck';
import { PYTHON } from '../tools/paths';
import { Workspace, type Files } from '../tools/workspace';

afterAll(() => Workspace.removeTemporary());

/** A module with a function, and another that uses it. */
export const greeting = (name: string, word: string): string =>
  `def ${name}(name, sign="!"):\n    return f"${word}, {name}{sign}"\n\n\n` +
  `def shout(name):\n    return ${name}(name).upper()\n`;

/** The smallest project that can go stale: a greeting, and a test that expects it. */
export const LIBRARY: Files = {
  'lib/pyproject.toml':
    '[project]\nname = "greet"\nversion = "1"\n[tool.pytest.ini_options]\npythonpath = ["src"]\n',
  'lib/src/greet.py': greeting('greet', 'Hello'),
  'lib/tests/test_greet.py':
    'from greet import greet\n\n\ndef test_greet():\n    assert greet("Ann") == "Hello, Ann!"\n\n\ndef test_sign():\n    assert greet("Bo", "?").endswith("?")\n',
};

/** The change that makes `test_greet` stale on purpose. */
export const REWORDED = greeting('greet', 'Good day');

/** A workspace with the library, committed on `main`. */
export function library(files: Files = {}, folder?: string): Workspace {
  const workspace = Workspace.create(folder);
  workspace.write({ '.gitignore': 'node_modules\n.venv\n__pycache__\n', ...LIBRARY, ...files });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  return workspace;
}

/** Runs the pipeline on the library, without Nx. What it leaves must be fit to act on. */
export async function sentry(
  workspace: Workspace,
  request: Partial<SentryRequest> = {},
): Promise<RunRecord> {
  const record = await runSentry({
    workspace: workspace.root,
    project: 'greet',
    ...DEFAULTS,
    strategy: 'rules',
    environment: {},
    target: 'sentry-test',
    folder: 'lib',
    dependencies: [],
    others: [],
    defaultBase: 'main',
    pytestArgs: [],
    python: PYTHON,
    testTimeout: 60,
    log: () => undefined,
    ...request,
  });
  const run = await readRun(workspace.root, record.project, record.sentry);
  expect(run!.record).toEqual(record);
  const paths = run!.sections.map(({ path }) => path);
  const before = new Map(paths.map((path) => [path, readFileSync(join(workspace.root, path))]));
  await recheck(run!.sections, before);
  return record;
}

/** Test → outcome. */
export const outcomes = (record: RunRecord): Record<string, string> =>
  Object.fromEntries(record.failures.map(({ id, outcome }) => [id, outcome]));
