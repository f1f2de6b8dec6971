import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files, Workspace } from '../tools/workspace';
import { graph, graphWorkspace, LINES, nxJson, project, type Answer } from './graph-workspace';

const SHOP = 'import shop.core\n';

/** Five megabytes of Python, with an import at the end. */
const GENERATED = `${'ROWS += [("a row", 1.5, None)]  # import units\n'.repeat(110_000)}${SHOP}`;

/** A workspace in which much is wrong, and everything that is right has to come through. */
const ODD: Files = {
  '.gitignore': 'node_modules\n.nx\n/.venv\n.sentries\n',
  // The root is a project too, around all others; its package.json names it.
  'pyproject.toml': '[project]\nname = "around"\nversion = "1"\n',
  'around/main.py': 'import units\n',
  ...project('libs/units'),
  ...project('libs/shop', { code: 'import units.core\n' }),

  // Two of one name, and names that others give.
  ...project('libs/twin', { name: 'same', code: SHOP }),
  ...project('apps/twin', { name: 'same' }),
  ...project('apps/given'),
  'apps/given/project.json': '{ "name": "kept", "targets": { "build": { "command": "true" } } }',
  ...project('apps/packed', { code: SHOP }),
  'apps/packed/package.json': '{ "name": "@acme/packed" }',

  // Texts that can't be read, each beside an import that can.
  ...project('libs/broken', { code: SHOP }),
  'libs/broken/pyproject.toml': '[project\nname = broken"\n',
  ...project('libs/unparsable', { code: SHOP }),
  'libs/unparsable/src/unparsable/half.py': 'X = """never closed\n',
  ...project('libs/nulls', { code: SHOP }),
  'libs/nulls/src/nulls/zero.py': Buffer.from('X = 1\n\0\0\n'),
  ...project('libs/utf', { code: SHOP }),
  'libs/utf/src/utf/wide.py': Buffer.from('\uFEFFimport shop\n', 'utf16le'),

  ...project('libs/hen', { code: 'from egg.core import VALUE\n' }),
  ...project('libs/egg', { code: 'from hen.core import VALUE\n' }),
  ...project('libs/big'),
  'libs/big/src/big/generated.py': GENERATED,

  // Nobody's source.
  ...project('libs/clean'),
  'libs/clean/venv/lib/python3.11/site-packages/dep/__init__.py': SHOP,
  'libs/clean/.venv/lib/python3.11/site-packages/dep/pyproject.toml': '[project]\nname = "dep"\n',
  'libs/clean/build/lib/clean/core.py': SHOP,
  'libs/clean/dist/clean-1/pyproject.toml': '[project]\nname = "clean"\n',
  'libs/clean/dist/clean-1/clean/core.py': SHOP,
  ...project('third_party/other', { code: SHOP }),
  'libs/clean/vendored/core.py': SHOP,
};

const FOLDERS = {
  ...{ work: '.', 'libs/twin': 'libs/twin', 'apps/twin': 'apps/twin', kept: 'apps/given' },
  ...{ '@acme/packed': 'apps/packed', 'libs/broken': 'libs/broken' },
  ...{ units: 'libs/units', shop: 'libs/shop', unparsable: 'libs/unparsable', nulls: 'libs/nulls' },
  ...{ utf: 'libs/utf', hen: 'libs/hen', egg: 'libs/egg', big: 'libs/big', clean: 'libs/clean' },
};

/** Those of whom nothing but that they import the shop is said. */
const IMPORT_SHOP = [
  '@acme/packed',
  'big',
  'libs/broken',
  'libs/twin',
  'nulls',
  'unparsable',
  'utf',
];

const EDGES = [
  ...IMPORT_SHOP.map((name) => `${name} → shop`),
  ...['egg → hen', 'hen → egg', 'shop → units', 'work → units'],
].sort();

describe.each(LINES)('on Nx %i, a workspace in which much is wrong', (nx) => {
  let workspace: Workspace;
  let answer: Answer;

  beforeAll(async () => {
    workspace = graphWorkspace(nx, ODD, { exclude: ['third_party/**', '**/vendored/**'] });
    symlinkSync('.', join(workspace.root, 'libs/units/loop'));
    symlinkSync('../../units', join(workspace.root, 'libs/units/src/around'));
    symlinkSync('self.py', join(workspace.root, 'libs/units/src/units/self.py'));
    symlinkSync('nowhere.py', join(workspace.root, 'libs/units/src/units/gone.py'));
    answer = await graph(workspace);
  });

  const warned = (about: string): string[] =>
    answer.warnings.filter((warning) => warning.includes(about));

  it('has a graph all the same', () => {
    expect(answer.code).toBe(0);
  });

  it('has all projects: each of two namesakes by its folder, and no copy or excluded one', () => {
    expect(answer.projects).toEqual(FOLDERS);
  });

  it('has all edges that can be read, cycles too, and none of what is nobody’s source', () => {
    expect(answer.edges).toEqual(EDGES);
  });

  it('warns once of a name that two projects want, and names both', () => {
    expect(warned('"same"')).toEqual([expect.stringMatching(/apps\/twin.*libs\/twin/)]);
  });

  it.each([
    'libs/broken/pyproject.toml',
    'libs/unparsable/src/unparsable/half.py',
    'libs/nulls/src/nulls/zero.py',
    'libs/utf/src/utf/wide.py',
  ])('warns once of %s, which can’t be read', (file) => {
    expect(warned(file)).toEqual([expect.stringMatching(/can't be read/)]);
  });

  it('says nothing of what is in order', () => {
    const others = answer.warnings.filter((line) => !/"same"|can't be read/.test(line));
    expect(others).toEqual([]);
  });
});

describe('what the plugin has kept from the last graph', () => {
  let workspace: Workspace;
  let file: string;
  let whole: Buffer;

  beforeAll(async () => {
    workspace = graphWorkspace(LINES[0]!, ODD);
    const { output } = await workspace.run(process.execPath, [
      '-p',
      'require("@nx/devkit").cacheDir',
    ]);
    file = join(output.trim(), 'sentries-facts.bin');
    await graph(workspace);
    whole = readFileSync(file);
  });

  it.each<[string, (kept: Buffer) => Buffer]>([
    ['is cut off', (kept) => kept.subarray(0, kept.length - 7)],
    [
      'has a wrong byte',
      (kept) => Buffer.from(kept.map((byte, at) => (at === 500 ? ~byte : byte))),
    ],
    ['is another file altogether', () => Buffer.from('{ "version": 1 }\n')],
  ])('is not trusted, and written anew, where it %s', async (_how, damage) => {
    const before = await graph(workspace);
    writeFileSync(file, damage(whole));
    const after = await graph(workspace);
    const { edges, projects, warnings } = before;
    expect(warnings).toHaveLength(5);
    expect(after).toMatchObject({ code: 0, edges, projects, warnings });
    expect(readFileSync(file)).not.toEqual(damage(whole));
  });
});

describe('beside @nxlv/python, on the line of Nx that it was made for', () => {
  const named = (folder: string): Files => ({
    [`${folder}/project.json`]: `{ "name": "${folder.split('/')[1]}" }`,
  });
  const theirs = { packageManager: 'uv', inferDependencies: true };
  const plugins = [{ plugin: '@nxlv/python', options: theirs }, { plugin: 'nx-sentries' }];

  it.each([
    ['before', plugins],
    ['after', plugins.toReversed()],
  ])('has its own projects and edges where the other comes %s it', async (_where, order) => {
    const workspace = graphWorkspace(23, {
      'uv.lock': 'version = 1\nrequires-python = ">=3.9"\n',
      ...{ ...project('libs/units'), ...named('libs/units') },
      ...{ ...project('libs/shop', { code: 'import units.core\n' }), ...named('libs/shop') },
      // An edge that the other does not see, and a project that only we make.
      ...{ ...project('libs/audit', { test: 'import shop.core\n' }), ...named('libs/audit') },
      ...project('libs/plain', { code: 'import units.core\n' }),
    });
    workspace.write({ 'nx.json': nxJson(order) });
    const { code, projects, edges, output } = await graph(workspace);
    expect({ code, projects }).toEqual({
      code: 0,
      projects: {
        ...{ units: 'libs/units', shop: 'libs/shop', audit: 'libs/audit', plain: 'libs/plain' },
      },
    });
    expect(edges).toEqual(
      expect.arrayContaining(['audit → shop', 'plain → units', 'shop → units']),
    );
    expect(output).not.toMatch(/error|failed/i);
  });
});
