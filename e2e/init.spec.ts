import { NX_LINES } from '../tools/paths';
import { Workspace } from '../tools/workspace';
import { LIBRARY } from './library';

describe.each(NX_LINES.map((line) => ({ line })))('on Nx $line', ({ line }) => {
  it('the generator that nx add runs is all it takes, and runs twice without harm', async () => {
    const workspace = Workspace.create(undefined, line);
    workspace.write({
      ...LIBRARY,
      'nx.json': '{\n  // ours\n  "neverConnectToCloud": true,\n  "analytics": false\n}\n',
      'package.json': '{ "name": "work", "private": true }',
      '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n',
    });
    workspace.git('init', '--quiet', '--initial-branch=main');
    workspace.commit('first');
    const added = await workspace.nx(['g', 'nx-sentries:init', '--interactive=false']);
    expect(added).toMatchObject({ code: 0 });
    expect(workspace.git('diff', '--name-only').split('\n')).toEqual(['.gitignore', 'nx.json', '']);
    expect(workspace.read('nx.json')).toContain('// ours');
    workspace.commit('with the plugin');
    const { code, output } = await workspace.nx(['run', 'greet:sentry-test']);
    expect({ code, output }).toMatchObject({ code: 0 });
    await workspace.nx(['g', 'nx-sentries:init', '--interactive=false']);
    expect(workspace.git('status', '--short')).toBe('');
  });
});
