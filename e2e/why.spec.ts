import { Workspace, type Ended, type Files } from '../tools/workspace';

const named = (name: string, more = ''): string =>
  `[project]\nname = "${name}"\nversion = "0"\n${more}`;

const lock = (version: string): string =>
  [
    'version = 1',
    '[[package]]',
    'name = "api"',
    'version = "0"',
    'source = { editable = "api" }',
    'dependencies = [{ name = "requests" }]',
    '[[package]]',
    'name = "units"',
    'version = "0"',
    'source = { editable = "units" }',
    '[[package]]',
    'name = "requests"',
    `version = "${version}"`,
    'source = { registry = "https://example.com/simple" }',
    '',
  ].join('\n');

const FILES: Files = {
  'nx.json': '{ "plugins": ["nx-sentries"], "defaultBase": "main", "neverConnectToCloud": true }',
  '.gitignore': 'node_modules\n.venv\n.nx\n.sentries\n',
  'package.json': '{ "name": "acme", "private": true }',
  'pyproject.toml': '[tool.uv.workspace]\nmembers = ["*"]\n',
  'uv.lock': lock('2.31.0'),
  'conftest.py': '',
  'units/pyproject.toml': named('units'),
  'units/src/units/__init__.py': '',
  'billing/pyproject.toml': named('billing', 'dependencies = ["units"]\n'),
  'billing/src/billing/__init__.py': 'from units import convert\n',
  'api/pyproject.toml': named('api'),
  'api/src/api/__init__.py': '',
  'api/tests/test_api.py': 'import billing\n',
};

let workspace: Workspace;

beforeAll(() => {
  workspace = Workspace.create();
  workspace.write(FILES);
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('all');
});

afterEach(() => {
  workspace.git('checkout', '--quiet', '.');
});

afterAll(() => Workspace.removeTemporary());

const sentries = (...args: string[]): Promise<Ended> => workspace.sentries(args);

describe('sentries why', () => {
  it('names the lines behind each step from a project to another', async () => {
    const { code, output } = await sentries('why', 'api', 'units');
    expect(output.trim()).toBe(
      [
        'api → billing',
        '  api/tests/test_api.py:1  imports billing',
        'billing → units',
        '  billing/pyproject.toml:4  manifest: units',
        '  billing/src/billing/__init__.py:1  imports units.convert',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  it('says what of a change affects a project: sources upstream, a conftest above, packages of the lockfile', async () => {
    workspace.write({
      'units/src/units/__init__.py': 'X = 1\n',
      'conftest.py': 'X = 1\n',
      'uv.lock': lock('2.32.0'),
    });
    const { output } = await sentries('why', 'api');
    expect(output).toMatch(
      /api is affected by [0-9a-f]{12}\.\.the working tree:\n {2}api → billing → units\n {4}units\/src\/units\/__init__\.py\n {2}conftest\.py, which its tests read\n {2}uv\.lock, in packages that it uses\n {4}requests 2\.31\.0 → 2\.32\.0\n$/,
    );
  });

  it('prints the same as JSON', async () => {
    workspace.write({ 'units/src/units/__init__.py': 'X = 1\n' });
    const { output } = await sentries('why', 'billing', '--json');
    expect(JSON.parse(output)).toMatchObject({
      project: 'billing',
      dependencies: [{ source: 'billing', target: 'units', references: [{}, {}] }],
      affected: {
        head: null,
        causes: [{ kind: 'files', project: 'units', files: ['units/src/units/__init__.py'] }],
      },
    });
  });

  it('says that a change does not affect a project, or that there is no way to another', async () => {
    workspace.write({ 'api/src/api/__init__.py': 'X = 1\n', 'uv.lock': lock('2.32.0') });
    expect((await sentries('why', 'units')).output).toMatch(/units is not affected by/);
    expect((await sentries('why', 'units', 'api')).output).toBe('units does not depend on api\n');
  });

  it('leaves with 2 where it is asked in a wrong way, and says what would be right', async () => {
    const unknown = await sentries('why', 'bill');
    expect(unknown).toMatchObject({
      code: 2,
      output: expect.stringContaining('Did you mean billing?') as string,
    });
    expect((await sentries('why')).code).toBe(2);
    expect((await sentries('nonsense')).code).toBe(2);
    expect((await sentries('why', 'toString')).code).toBe(2);
    expect(await sentries('why', '--help')).toMatchObject({ code: 0 });
  });

  it('leaves with 1 where the change can’t be found, with what it knows all the same', async () => {
    const { code, output } = await sentries('why', 'units', '--base=nowhere');
    expect(output).toMatch(
      /units depends on no project[^]*there is no commit or branch "nowhere" here/,
    );
    expect(code).toBe(1);
  });
});
