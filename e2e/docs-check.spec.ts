import { join } from 'node:path';
import { SENTRIES, Workspace, type Ended, type Files } from '../tools/workspace';

const FILES: Files = {
  'nx.json': '{ "plugins": ["nx-sentries"], "defaultBase": "main", "neverConnectToCloud": true }',
  '.gitignore': 'node_modules\n.venv\n.nx\n.sentries\n',
  'package.json': '{ "name": "acme", "private": true }',
  'money/pyproject.toml': '[project]\nname = "acme-money"\nversion = "0"\n',
  'money/src/acme_money/__init__.py':
    'def convert(amount, unit="EUR"):\n    """Converts.\n\n    :param amount: how much\n    :param currency: into what\n    """\n',
  'money/README.md':
    '# Money\n\n```python\nfrom acme_money import convert\nconvert(3, unit="CHF")\n```\n\nSee `acme_money.konvert` and [the guide](docs/guide.rst).\n',
  'money/docs/guide.rst':
    '.. autofunction:: acme_money.konvert\r\n\r\nBoth ``run`` and ``get``.\r\n',
  'money/CHANGELOG.md': '`acme_money.old_convert` is gone.\n',
  'shop/pyproject.toml': '[project]\nname = "acme-shop"\nversion = "0"\n',
  'shop/src/acme_shop/__init__.py': 'def sell(): ...\n',
  'shop/README.md': 'Call `acme_shop.sell()`, and `acme_money.anything`.\n',
};

let workspace: Workspace;

beforeAll(() => {
  workspace = Workspace.create();
  workspace.write(FILES);
});

afterAll(() => Workspace.removeTemporary());

const sentries = (args: readonly string[], folder = '.'): Promise<Ended> =>
  workspace.sentries(['docs', 'check', ...args], folder);

describe('sentries docs check', () => {
  it('lists what leads nowhere, with its place, its reason and what is nearest', async () => {
    const { code, output } = await sentries(['acme-money']);
    expect(output.trim()).toBe(
      [
        'money/docs/guide.rst:1  acme_money.konvert: the module acme_money has no konvert',
        '    near: acme_money.convert (money/src/acme_money/__init__.py:1)',
        'money/src/acme_money/__init__.py:5  currency: acme_money.convert(amount, unit) has no parameter currency',
        '',
        '11 references in 3 files, 2 are broken',
      ].join('\n'),
    );
    expect(code).toBe(1);
  });

  it('leaves with 0 where nothing is broken', async () => {
    const { code, output } = await sentries(['acme-shop']);
    expect(output.trim()).toBe('2 references in 2 files, none is broken');
    expect(code).toBe(0);
  });

  it('checks all Python projects by default, and prints JSON', async () => {
    const { code, output } = await sentries(['--all', '--json']);
    const { projects, broken } = JSON.parse(output) as {
      projects: { name: string }[];
      broken: { file: string; span: { start: number; end: number }; certainty: string }[];
    };
    expect(projects.map(({ name }) => name)).toEqual(['acme-money', 'acme-shop']);
    expect(broken.map(({ file, certainty }) => `${file} ${certainty}`)).toEqual([
      'money/README.md likely',
      'money/docs/guide.rst sure',
      'money/src/acme_money/__init__.py sure',
    ]);
    const { start, end } = broken[1]!.span;
    expect(workspace.read('money/docs/guide.rst').slice(start, end)).toBe('acme_money.konvert');
    expect(code).toBe(1);
  });

  it('says which projects there are where there is none of the name', async () => {
    const { code, output } = await sentries(['acme-mony']);
    expect(output).toContain('there is no project "acme-mony"');
    expect(code).toBe(2);
  });

  it('does not pass in a folder where there is nothing to check', async () => {
    const main = join(workspace.root, SENTRIES);
    const { code, output } = await Workspace.temporary().run(process.execPath, [
      ...[main, 'docs', 'check'],
    ]);
    expect(output).toContain('there is neither documentation nor Python here');
    expect(code).toBe(2);
  });
});
