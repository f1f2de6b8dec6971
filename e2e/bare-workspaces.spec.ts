import { Workspace, type Files } from '../tools/workspace';
import { greeting, LIBRARY } from './library';

afterAll(() => Workspace.removeTemporary());

const NX_JSON = '{\n  // ours\n  "neverConnectToCloud": true,\n  "analytics": false\n}\n';

/** A workspace right after `nx add`, committed on `main`. */
async function added(files: Files): Promise<Workspace> {
  const workspace = Workspace.create();
  const ignore = 'node_modules\n.nx\n.venv\n__pycache__\n';
  workspace.write({ 'nx.json': NX_JSON, '.gitignore': ignore, ...files });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  const { code, output } = await workspace.nx(['g', 'nx-sentries:init', '--interactive=false']);
  expect({ code, output }).toMatchObject({ code: 0 });
  workspace.commit('with the plugin');
  return workspace;
}

/** What npm's own workspaces make of a folder of packages: projects without any project.json. */
const PACKAGES: Files = {
  'package.json': '{ "name": "work", "private": true, "workspaces": ["packages/*"] }',
  'packages/web/package.json': '{ "name": "web", "scripts": { "build": "node --version" } }',
};

it('a workspace without Python has the projects that it had, and nothing to do', async () => {
  const workspace = await added(PACKAGES);
  workspace.write({ 'packages/web/index.js': '1;\n' });
  const shown = await workspace.nx(['show', 'projects', '--affected']);
  expect(shown).toMatchObject({ code: 0, output: expect.stringMatching(/^web$/m) as string });
  const { code, output } = await workspace.nx(['affected', '-t', 'sentry-test', 'sentry-doc']);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).not.toMatch(/nx-sentries|sentries:/);
});

it('beside packages that only have a package.json, a Python project is found and repaired', async () => {
  const workspace = await added({ ...PACKAGES, ...LIBRARY });
  workspace.write({ 'lib/src/greet.py': greeting('greet', 'Good day') });
  const args = ['affected', '-t', 'sentry-test', '--mode=apply'];
  expect(await workspace.nx(args)).toMatchObject({ code: 0 });
  expect(workspace.read('lib/tests/test_greet.py')).toContain('Good day, Ann!');
});

it('a standalone project, which is the whole workspace, is found and repaired', async () => {
  const files = Object.entries(LIBRARY).map(([path, text]) => [path.replace('lib/', ''), text]);
  const workspace = await added({
    'package.json': '{ "name": "greet", "private": true, "nx": {} }',
    ...(Object.fromEntries(files) as Files),
  });
  workspace.write({ 'src/greet.py': greeting('greet', 'Good day') });
  const args = ['affected', '-t', 'sentry-test', '--mode=apply'];
  const { code, output } = await workspace.nx(args);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(workspace.git('diff', '--name-only').trim().split('\n')).toEqual([
    'src/greet.py',
    'tests/test_greet.py',
  ]);
});
