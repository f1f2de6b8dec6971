import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { createTree } from '@nx/devkit/testing';
import { configFile } from '../../../../sentries-core/src/config/schema';
import { UsageError } from 'sentries-core';
import setup, { WORKFLOW, type SetupOptions } from './generator';

type Files = Readonly<Record<string, string>>;

/** A workspace of npm with one Python project. */
const WORKSPACE: Files = {
  'nx.json': '{}\n',
  'package.json': '{\n  "name": "work",\n  "private": true\n}\n',
  'package-lock.json': '{}',
  'lib/pyproject.toml': '[project]\nname = "greet"\n',
};

const warn = jest.spyOn(logger, 'warn').mockImplementation();
beforeEach(() => warn.mockClear());
afterAll(() => warn.mockRestore());
const warnings = (): string => warn.mock.calls.map(([text]) => String(text)).join('\n');

/** What a workspace with these files has after the generator; `text` is empty for a file that is not there. */
function setUp(files: Files = WORKSPACE, options: SetupOptions = {}) {
  const tree = createTree();
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  setup(tree, options);
  const text = (path: string): string => tree.read(path, 'utf8') ?? '';
  return { text, tree, workflow: text(WORKFLOW) };
}

/** All files of a tree, by their paths. */
function filesOf(tree: ReturnType<typeof setUp>['tree'], folder = '.'): Record<string, string> {
  return Object.fromEntries(
    tree.children(folder).flatMap((name): [string, string][] => {
      const path = folder === '.' ? name : `${folder}/${name}`;
      return tree.isFile(path)
        ? [[path, tree.read(path, 'utf8')!]]
        : Object.entries(filesOf(tree, path));
    }),
  );
}

describe('nx g nx-sentries:setup', () => {
  it('writes settings, scripts and a workflow, and says nothing where nothing is odd', () => {
    const { text, workflow } = setUp();
    expect(text('sentries.config.json')).toBe(
      '{\n  "$schema": "./node_modules/nx-sentries/config.schema.json"\n}\n',
    );
    expect(configFile.safeParse(JSON.parse(text('sentries.config.json'))).success).toBe(true);
    expect(text('package.json')).toBe(
      '{\n  "name": "work",\n  "private": true,\n  "scripts": {\n' +
        '    "sentries:test": "nx affected -t sentry-test sentry-doc",\n' +
        '    "sentries:apply": "sentries apply"\n  }\n}\n',
    );
    expect(workflow).toContain('npx nx affected -t sentry-test sentry-doc');
    expect(JSON.parse(text('nx.json'))).toEqual({ plugins: ['nx-sentries'] });
    expect(text('.gitignore')).toBe('.sentries/\n');
    expect(warnings()).toBe('');
  });

  it('run again, it changes nothing, byte for byte', () => {
    const { tree } = setUp();
    const before = filesOf(tree);
    setup(tree, {});
    expect(filesOf(tree)).toEqual(before);
    expect(warnings()).toBe('');
  });

  it('keeps what a configured workspace has, with its comments, order and layout', () => {
    const files: Files = {
      ...WORKSPACE,
      'nx.json': '{\n  // ours\n  "plugins": ["@nx/js"], /* last */\n}\n',
      'sentries.config.json':
        '{\n\t// the big one\n\t"model": { "plan": "qwen3:8b" },\n\t"publish": { "maxOpen": 2 }\n}\n',
      'package.json':
        '{\n\t"scripts": {\n\t\t"zebra": "z",\n\t\t"sentries:test": "mine"\n\t},\n\t"name": "work"\n}\n',
    };
    const { text, tree } = setUp(files);
    expect(text('sentries.config.json')).toBe(
      '{\n\t"$schema": "./node_modules/nx-sentries/config.schema.json",\n\t// the big one\n' +
        '\t"model": { "plan": "qwen3:8b" },\n\t"publish": { "maxOpen": 2 }\n}\n',
    );
    expect(text('package.json')).toBe(
      '{\n\t"scripts": {\n\t\t"zebra": "z",\n\t\t"sentries:test": "mine",\n' +
        '\t\t"sentries:apply": "sentries apply"\n\t},\n\t"name": "work"\n}\n',
    );
    expect(text('nx.json')).toMatch(/\/\/ ours[^]*"@nx\/js",\s*"nx-sentries"[^]*\/\* last \*\//);
    expect(warnings()).toContain('another script sentries:test: it was left as it is');
    const before = filesOf(tree);
    setup(tree, {});
    expect(filesOf(tree)).toEqual(before);
  });

  it('leaves a workflow that is another one, and says how to see the difference', () => {
    const mine = 'name: mine\n';
    const { workflow } = setUp({ ...WORKSPACE, [WORKFLOW]: mine });
    expect(workflow).toBe(mine);
    expect(warnings()).toMatch(/left as it is[^]*--force[^]*git diff/);
  });

  it('overwrites it with --force, and says that, too', () => {
    const { workflow } = setUp({ ...WORKSPACE, [WORKFLOW]: 'name: mine\n' }, { force: true });
    expect(workflow).toBe(setUp().workflow);
    expect(warnings()).toContain('is overwritten');
  });

  it('writes neither workflow nor scripts where they are not wanted', () => {
    const { tree } = setUp(WORKSPACE, { ci: 'none', scripts: false });
    expect(tree.exists(WORKFLOW)).toBe(false);
    expect(tree.read('package.json', 'utf8')).toBe(WORKSPACE['package.json']);
  });
});

it.each([
  { scripts: '[]', what: 'a list' },
  { scripts: '"x"', what: 'a text' },
])('scripts that are $what are refused, and what to do is said', ({ scripts }) => {
  const files = { ...WORKSPACE, 'package.json': `{ "scripts": ${scripts} }` };
  expect(() => setUp(files)).toThrow(UsageError);
  expect(() => setUp(files)).toThrow(/no object\n {2}→ Mend them, or run it with --scripts=false/);
});

it('scripts that are null are none', () => {
  const { text } = setUp({ ...WORKSPACE, 'package.json': '{ "scripts": null }' });
  expect(Object.keys((JSON.parse(text('package.json')) as { scripts: object }).scripts)).toEqual([
    'sentries:test',
    'sentries:apply',
  ]);
});

it('a hint is said once, though setup does what init does', () => {
  const files = { ...WORKSPACE, 'nx.json': '{' };
  expect(() => setUp(files)).toThrow(
    /^nx\.json:1 is not JSON\n {2}→ Mend it there, and try again\.$/,
  );
});

describe('the workflow is that of the workspace', () => {
  const workflow = (files: Files, options: SetupOptions = {}): string =>
    setUp({ ...WORKSPACE, ...files }, options).workflow;
  const without = (...names: string[]): Files =>
    Object.fromEntries(Object.entries(WORKSPACE).filter(([name]) => !names.includes(name)));

  it.each([
    { lock: 'pnpm-lock.yaml', text: '', installs: 'pnpm install --frozen-lockfile' },
    { lock: 'yarn.lock', text: '# yarn lockfile v1', installs: 'yarn install --frozen-lockfile' },
    { lock: 'package-lock.json', text: '{}', installs: 'npm ci' },
    { lock: 'other.txt', text: '', installs: 'npm install' },
  ])('installed as $lock says', ({ lock, text, installs }) => {
    const { workflow } = setUp({ ...without('package-lock.json'), [lock]: text });
    expect(workflow).toContain(`run: ${installs}\n`);
  });

  it('with a later Yarn that keeps a node_modules', () => {
    const files = {
      ...without('package-lock.json'),
      'yarn.lock': '__metadata:\n  version: 8\n',
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
    };
    expect(setUp(files).workflow).toContain('yarn install --immutable');
  });

  it.each<{ why: string; files: Files }>([
    { why: 'by its file', files: { '.pnp.cjs': '' } },
    { why: 'by default', files: { 'yarn.lock': '__metadata:\n  version: 8\n' } },
    {
      why: 'by its settings',
      files: { 'yarn.lock': '__metadata:\n', '.yarnrc.yml': 'nodeLinker: pnp\n' },
    },
  ])("Yarn's Plug'n'Play is refused, and nothing is written: $why", ({ files }) => {
    const tree = createTree();
    for (const [path, text] of Object.entries({ ...WORKSPACE, ...files })) tree.write(path, text);
    const before = filesOf(tree);
    expect(() => setup(tree, { ci: 'none' })).toThrow(UsageError);
    expect(filesOf(tree)).toEqual(before);
  });

  it('with the Node that the workspace names', () => {
    expect(workflow({ '.nvmrc': '22' })).toContain('node-version-file: .nvmrc');
    expect(workflow({ 'package.json': '{"engines": {"node": "22"}}' })).toContain(
      'node-version-file: package.json',
    );
    expect(workflow({})).toContain("node-version: 'lts/*'");
  });

  it('with uv, wherever its lockfiles are', () => {
    const text = workflow({
      'uv.lock': '',
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
      'tools/gen/uv.lock': '',
    });
    expect(text).toContain('uv sync --locked --all-packages\n');
    expect(text).toContain('uv sync --locked --directory tools/gen\n');
    expect(text).not.toContain('setup-python');
  });

  it('with poetry, whose environment lies in its project', () => {
    const text = workflow({ 'lib/poetry.lock': '', '.python-version': '3.12' });
    expect(text).toContain('poetry install --directory lib');
    expect(text).toContain("POETRY_VIRTUALENVS_IN_PROJECT: 'true'");
    expect(text).toContain('python-version-file: .python-version');
  });

  it('with pip, and pytest where no file asks for it', () => {
    const text = workflow({ 'requirements.txt': 'httpx\n', 'docs/requirements.txt': 'sphinx\n' });
    expect(text).toContain('python -m pip install -r requirements.txt pytest\n');
    expect(workflow({ 'lib/requirements-dev.txt': 'pytest==8.4\n' })).toContain(
      'python -m pip install -r lib/requirements-dev.txt\n',
    );
  });

  it('for its default branch and the names of its targets', () => {
    const { workflow: text, text: read } = setUp({
      ...WORKSPACE,
      'nx.json': `{
        "defaultBase": "origin/trunk",
        "plugins": [{ "plugin": "nx-sentries", "options": { "testTargetName": "heal" } }]
      }`,
    });
    expect(text).toContain('branches: [trunk]');
    expect(text).toContain('nx affected -t heal sentry-doc');
    expect(read('package.json')).toContain('"nx affected -t heal sentry-doc"');
    expect(workflow({}, { defaultBranch: '1.x' })).toContain("branches: ['1.x']");
  });

  it('which is one project at the root', () => {
    const files = {
      ...without('lib/pyproject.toml'),
      'pyproject.toml': '[project]\nname = "one"\n',
    };
    expect(setUp(files).workflow).toContain('nx affected');
    expect(warnings()).toBe('');
  });

  it('that has no Python yet: that is said', () => {
    const { workflow } = setUp(without('lib/pyproject.toml'));
    expect(workflow).toContain('nx affected');
    expect(warnings()).toContain('no Python project here yet');
  });

  it('that has no package.json: there are no scripts, which is said', () => {
    const { tree } = setUp(without('package.json', 'package-lock.json'));
    expect(tree.exists('package.json')).toBe(false);
    expect(warnings()).toContain('no scripts were added');
  });

  it.each([
    { what: 'Bun', files: { 'bun.lock': '' }, options: {} },
    { what: 'no runner', files: {}, options: { runner: ' , ' } },
    { what: 'broken settings', files: { 'sentries.config.json': '{,}' }, options: {} },
    { what: 'settings that are a list', files: { 'sentries.config.json': '[]' }, options: {} },
  ])('is refused for $what', ({ files, options }) => {
    const left = 'bun.lock' in files ? without('package-lock.json') : WORKSPACE;
    expect(() => setUp({ ...left, ...files } as Files, options)).toThrow(UsageError);
  });
});

it('the guide has each option with its default', () => {
  const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');
  const guide = read('../../../../../docs/ci.md');
  const { properties } = JSON.parse(read('schema.json')) as {
    properties: Record<string, { enum?: string[]; default?: string | boolean }>;
  };
  const rows = guide.split('\n').filter((line) => line.startsWith('| `--'));
  expect(rows.map((row) => /`--(\w+)`/.exec(row)![1])).toEqual(Object.keys(properties));
  for (const [name, { enum: values, default: usual }] of Object.entries(properties)) {
    const row = rows.find((line) => line.includes(`\`--${name}\``))!;
    for (const value of values ?? []) expect(row).toContain(`\`${value}\``);
    if (usual !== undefined)
      expect(row).toMatch(
        new RegExp(`\`${String(usual)}\` \\(default\\)|\\(\`?${String(usual)}\`?\\)`),
      );
  }
});
