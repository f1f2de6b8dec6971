import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NX_LINES } from '../tools/paths';
import { Workspace, type Files } from '../tools/workspace';
import { LIBRARY, REWORDED } from './library';

const WORKSPACE: Files = {
  ...LIBRARY,
  'nx.json': '{\n  // ours\n  "neverConnectToCloud": true,\n  "analytics": false\n}\n',
  'package.json': '{\n\t"name": "work",\n\t"private": true\n}\n',
  'package-lock.json':
    '{ "name": "work", "lockfileVersion": 3, "packages": { "": { "name": "work" } } }\n',
  '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n',
};
const MATRIX = ['--fanOut=matrix'];
const WORKFLOW = '.github/workflows/sentries.yml';

/** A workspace whose packages are installed, and nothing else of ours. */
function fresh(line: (typeof NX_LINES)[number] = NX_LINES[0], files: Files = WORKSPACE): Workspace {
  const workspace = Workspace.create(undefined, line);
  workspace.write(files);
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  return workspace;
}

const setup = (workspace: Workspace, ...options: string[]) =>
  workspace.nx(['g', 'nx-sentries:setup', '--interactive=false', ...options]);

describe.each(NX_LINES.map((line) => ({ line })))('on Nx $line', ({ line }) => {
  it('one command sets a workspace up, and run again changes nothing', async () => {
    const workspace = fresh(line);
    const written = await setup(workspace, ...MATRIX);
    expect(written).toMatchObject({ code: 0 });
    for (const file of ['CREATE sentries.config.json', `CREATE ${WORKFLOW}`, 'UPDATE nx.json'])
      expect(written.output).toContain(file);
    expect(workspace.read('nx.json')).toContain('// ours');
    const { $schema } = JSON.parse(workspace.read('sentries.config.json')) as { $schema: string };
    expect(JSON.parse(readFileSync(join(workspace.root, $schema), 'utf8'))).toHaveProperty(
      'properties.publish',
    );
    workspace.commit('set up');
    expect(await setup(workspace, ...MATRIX)).toMatchObject({ code: 0 });
    expect(workspace.git('status', '--short')).toBe('');

    // What the workflow asks Nx for, Nx answers as the next job takes it.
    workspace.write({ 'lib/src/greet.py': REWORDED });
    workspace.commit('reword');
    const [, show] = /PROJECTS=\$\(npx nx (.+)\)/.exec(workspace.read(WORKFLOW))!;
    const shown = await workspace.run(
      process.execPath,
      [join(workspace.root, 'node_modules/nx/dist/bin/nx.js'), ...show!.split(' ')],
      '.',
      { NX_BASE: 'HEAD~1', NX_HEAD: 'HEAD' },
    );
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.output)).toEqual(['greet']);
  });
});

it('a dry run says what it would write, and writes nothing', async () => {
  const workspace = fresh();
  const { code, output } = await setup(workspace, '--dry-run');
  expect(code).toBe(0);
  expect(output).toContain(`CREATE ${WORKFLOW}`);
  expect(workspace.git('status', '--short')).toBe('');
});

it('the scripts and the step of the workflow do what they say', async () => {
  const workspace = fresh();
  await setup(workspace);
  workspace.commit('set up');
  workspace.write({ 'lib/src/greet.py': REWORDED });
  workspace.commit('reword');
  const [, command] = /run: npx nx (affected .+)/.exec(workspace.read(WORKFLOW))!;
  const base = workspace.git('rev-parse', 'HEAD~1').trim();
  const head = workspace.git('rev-parse', 'HEAD').trim();
  const ran = await workspace.nx(command!.split(' '), { NX_BASE: base, NX_HEAD: head });
  expect(ran).toMatchObject({ code: 0 });
  expect(workspace.record('greet').result).toBe('repaired');
  const { scripts } = JSON.parse(workspace.read('package.json')) as {
    scripts: Record<string, string>;
  };
  const applied = await workspace.run('npm', ['run', '--silent', 'sentries:apply']);
  expect(applied).toMatchObject({ code: 0 });
  expect(workspace.git('diff', '--name-only')).toBe('lib/tests/test_greet.py\n');
  expect(scripts['sentries:test']).toBe(`nx ${command!.replace(' --strategy=rules', '')}`);
});

it('a workflow that was edited stays as it is, and that is said', async () => {
  const workspace = fresh();
  await setup(workspace);
  const edited = `${workspace.read(WORKFLOW)}# mine\n`;
  workspace.write({ [WORKFLOW]: edited });
  const { code, output } = await setup(workspace);
  expect(code).toBe(0);
  expect(output).toMatch(/left as it is[^]*git diff/);
  expect(workspace.read(WORKFLOW)).toBe(edited);
});

it('a wrong option is refused with those that there are', async () => {
  const workspace = fresh();
  const { code, output } = await setup(workspace, '--fanOut=sideways');
  expect(code).not.toBe(0);
  expect(output).toMatch(/fanOut[^]*none[^]*matrix[^]*agents/);
  expect(existsSync(join(workspace.root, WORKFLOW))).toBe(false);
});

it("Yarn's Plug'n'Play is refused with what to do instead, and nothing is written", async () => {
  const workspace = fresh(NX_LINES[0], { ...WORKSPACE, '.pnp.cjs': '' });
  const { code, output } = await setup(workspace);
  expect(code).not.toBe(0);
  expect(output).toContain("Plug'n'Play, which nx-sentries does not support");
  expect(output).toContain('nodeLinker: node-modules');
  expect(workspace.git('status', '--short')).toBe('');
});
