import type { Files, Workspace } from '../tools/workspace';
import { affected, graphWorkspace, LINES, project, testedFor } from './graph-workspace';

const registry = 'source = { registry = "https://pypi.org/simple" }';

const locked = (name: string, version: string, ...requires: string[]): string => `
[[package]]
name = "${name}"
version = "${version}"
${registry}
dependencies = [${requires.map((one) => `{ name = "${one}" }`).join(', ')}]
sdist = { url = "https://example.org/${name}-${version}.tar.gz", hash = "sha256:${version}", size = 1 }
`;

const member = (name: string, ...requires: string[]): string => `
[[package]]
name = "${name}"
version = "1"
source = { editable = "libs/${name}" }
dependencies = [${requires.map((one) => `{ name = "${one}" }`).join(', ')}]

[package.metadata]
requires-dist = [${requires.map((one) => `{ name = "${one}" }`).join(', ')}]
`;

/** As uv writes it: the root, three projects that use packages, two of them the same, and one that uses none. */
const uvLock = (versions: Readonly<Record<string, string>> = {}): string => {
  const of = (name: string): string => versions[name] ?? '1.0';
  return `version = 1
revision = 3
requires-python = ">=3.9"

[manifest]
members = ["bare", "maps", "shop", "units", "work"]
${member('bare')}${locked('certifi', of('certifi'))}${member('maps', 'numpy')}${locked('numpy', of('numpy'))}
${locked('pytest', of('pytest'))}${locked('requests', of('requests'), 'certifi')}
${member('shop', 'units', 'requests')}${member('units', 'requests')}
[[package]]
name = "work"
version = "1"
source = { virtual = "." }

[package.dev-dependencies]
dev = [{ name = "pytest" }]
`;
};

const requires = (...names: string[]): string => `dependencies = ${JSON.stringify(names)}\n`;

const ROOT = `[project]
name = "work"
version = "1"

[dependency-groups]
dev = ["pytest"]

[tool.uv.workspace]
members = ["libs/*"]

[tool.pytest.ini_options]
`;

const FILES = {
  'pyproject.toml': ROOT,
  'uv.lock': uvLock(),
  'conftest.py': '',
  'libs/conftest.py': '',
  ...project('libs/units', { manifest: requires('requests') }),
  ...project('libs/shop', {
    manifest: requires('units', 'requests'),
    code: 'from units.core import VALUE\n',
  }),
  ...project('libs/maps', { manifest: requires('numpy') }),
  ...project('libs/bare'),
};

const ALL = ['bare', 'maps', 'shop', 'units'];

/** Runs all tests; gives the projects whose tests really ran. */
async function run(workspace: Workspace): Promise<string[]> {
  const { code, output } = await workspace.nx(testedFor('run-many'));
  if (code !== 0) throw new Error(output);
  const found = [...output.matchAll(/^> nx run (.*):sentry-test(.*)$/gm)];
  expect(found.map(([, name]) => name).sort()).toEqual(ALL);
  // "[local cache]", or "[existing outputs match the cache, left as is]".
  return found
    .filter(([, , how]) => !how!.includes('cache'))
    .map(([, name]) => name!)
    .sort();
}

/** What changes, and whose tests must run then; nobody else's may. The older lines have what matters most. */
const CHANGES: readonly [string, Files, readonly string[], 'everywhere'?][] = [
  [
    'the source of a dependency',
    { 'libs/units/src/units/core.py': 'VALUE = 2\n' },
    ['shop', 'units'],
    'everywhere',
  ],
  [
    'a test, and files that no test reads',
    {
      'libs/maps/tests/test_maps.py': 'def test_other():\n    assert True\n',
      'libs/NOTES.md': 'Nothing.\n',
    },
    ['maps'],
  ],
  ['a conftest.py above the projects', { 'libs/conftest.py': 'X = 1\n' }, ALL],
  [
    'the configuration of pytest at the root',
    { 'pyproject.toml': `${ROOT}addopts = "--strict-markers"\n` },
    ALL,
  ],
  [
    'a package that two of them use, through another one',
    { 'uv.lock': uvLock({ certifi: '2' }) },
    ['shop', 'units'],
    'everywhere',
  ],
  [
    'a package that none of them uses',
    { 'uv.lock': `${uvLock({ certifi: '2' })}${locked('zstandard', '3')}` },
    [],
    'everywhere',
  ],
  ['a package of one of them', { 'uv.lock': uvLock({ certifi: '2', numpy: '2' }) }, ['maps']],
  ['pytest', { 'uv.lock': uvLock({ certifi: '2', numpy: '2', pytest: '9' }) }, ALL],
  ['a lockfile that can not be read', { 'uv.lock': '<<<<<<< HEAD\n' }, ALL],
];

describe.each(LINES)('on Nx %i, with a uv.lock that all projects share', (nx) => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = graphWorkspace(nx, FILES);
    expect(await run(workspace)).toEqual(ALL);
  });

  it('takes everything from the cache where nothing has changed', async () => {
    expect(await run(workspace)).toEqual([]);
  });

  const changes = CHANGES.filter(([, , , where]) => nx === LINES[0] || where === 'everywhere').map(
    ([what, files, ran]) => [what, files, ran] as const,
  );
  it.each(changes)('runs the tests that see it: %s', async (_what, files, ran) => {
    workspace.write(files);
    if (ran.length > 0)
      expect((await affected(workspace)).tested).toEqual(expect.arrayContaining([...ran]));
    workspace.commit('edit');
    expect(await run(workspace)).toEqual(ran);
  });
});

const entry = (name: string, version: string, more = ''): string =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\noptional = false\nfiles = []\n${more}\n`;

const folder = (name: string, asked: string): string =>
  entry(
    name,
    '1',
    `develop = true\n[package.dependencies]\n${asked}\n[package.source]\ntype = "directory"\nurl = "libs/${name}"\n`,
  );

/** As poetry writes it for a root that has the others as path dependencies. */
const poetryLock = (numpy: string): string =>
  [
    folder('bare', ''),
    folder('maps', 'numpy = "*"'),
    entry('numpy', numpy),
    entry('requests', '1'),
    folder('shop', 'requests = "*"\nunits = "*"'),
    folder('units', 'requests = "*"'),
    `[metadata]\nlock-version = "2.1"\npython-versions = ">=3.9"\ncontent-hash = "${numpy}"\n`,
  ].join('\n');

it('knows the packages of a poetry.lock that projects share too', async () => {
  const { 'uv.lock': _, ...files } = FILES;
  const workspace = graphWorkspace(LINES[0]!, {
    ...files,
    'pyproject.toml': '[tool.poetry]\nname = "work"\nversion = "1"\n',
    'poetry.lock': poetryLock('1'),
  });
  expect(await run(workspace)).toEqual(ALL);
  workspace.write({ 'poetry.lock': poetryLock('2') });
  expect(await run(workspace)).toEqual(['maps']);
});
