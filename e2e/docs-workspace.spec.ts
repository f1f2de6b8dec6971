import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from 'sentries-core';
import { Workspace, type Ended, type Files } from '../tools/workspace';

afterAll(() => Workspace.removeTemporary());

const quote = (name: string): string =>
  `"""Quotes."""\n\n\ndef ${name}(amount, rate):\n    """A price.\n\n    See :func:\`acme_pricing.quote\`.\n    """\n` +
  `    return round(amount * rate, 2)\n`;

const manifest = (name: string, ...dependencies: readonly string[]): string =>
  `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n`;

/** `billing` bills with `pricing`, and `portal` with `billing`; `post` has to do with none of them. */
const FILES: Files = {
  'nx.json': '{ "plugins": ["nx-sentries"], "defaultBase": "main", "neverConnectToCloud": true }',
  '.gitignore': 'node_modules\n.venv\n.nx\n.sentries\n',
  'package.json': '{ "name": "acme", "private": true }',
  'libs/pricing/pyproject.toml': manifest('acme-pricing'),
  'libs/pricing/src/acme_pricing/__init__.py': quote('quote'),
  'services/billing/pyproject.toml': manifest('acme-billing', 'acme-pricing'),
  'services/billing/src/acme_billing/__init__.py':
    '"""Bills."""\n\nfrom acme_pricing import quote\n\n\ndef bill(amount):\n' +
    '    """Bills what :func:`acme_pricing.quote` says.\n\n    It calls :func:`quote`.\n    """\n    return quote(amount, 2)\n',
  'services/billing/README.md':
    '# Billing\n\nSee `acme_pricing.quote`.\n\n```python\nfrom acme_pricing import quote\n\nquote(2, rate=3)\n```\n\nEach quote is a promise.\n',
  'services/portal/pyproject.toml': manifest('acme-portal', 'acme-billing'),
  'services/portal/README.md': '# Portal\n\nShows `acme_pricing.quote(1, 2)`.\n',
  'services/portal/src/acme_portal.py': 'import acme_billing\n',
  'services/post/pyproject.toml': manifest('acme-post'),
  'services/post/README.md': '# Post\n\nNot `acme_pricing.quote`.\n',
  'services/post/src/acme_post.py': '',
};

/** The function is called `price` now, in all code; nothing of the docs is touched. */
const RENAMED: Files = {
  'libs/pricing/src/acme_pricing/__init__.py': quote('price'),
  'services/billing/src/acme_billing/__init__.py': String(
    FILES['services/billing/src/acme_billing/__init__.py'],
  )
    .replace('import quote', 'import price')
    .replace('return quote', 'return price'),
};

function workspaceOf(files: Files = {}): Workspace {
  const workspace = Workspace.create();
  workspace.write({ ...FILES, ...files });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  return workspace;
}

const docSentry = (workspace: Workspace, ...args: readonly string[]): Promise<Ended> =>
  workspace.nx(['affected', '-t', 'sentry-doc', '--base=main', ...args]);

const files = (workspace: Workspace, project: string): readonly string[] | undefined =>
  workspace.record(project, 'sentry-doc').patch?.files;

const result = (workspace: Workspace, project: string): RunRecord['result'] =>
  workspace.record(project, 'sentry-doc').result;

describe('given a function renamed in a library, sentry-doc', () => {
  it('puts it right in the docs and docstrings of whatever depends on it, and nowhere else', async () => {
    const workspace = workspaceOf();
    workspace.write(RENAMED);
    const { code, output } = await docSentry(workspace, '--mode=apply');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(files(workspace, 'acme-billing')).toEqual([
      'services/billing/README.md',
      'services/billing/src/acme_billing/__init__.py',
    ]);
    expect(workspace.read('services/billing/README.md')).toBe(
      '# Billing\n\nSee `acme_pricing.price`.\n\n```python\nfrom acme_pricing import price\n\nprice(2, rate=3)\n```\n\nEach quote is a promise.\n',
    );
    expect(workspace.read('services/billing/src/acme_billing/__init__.py')).toContain(
      'Bills what :func:`acme_pricing.price` says.\n\n    It calls :func:`price`.',
    );
    expect(workspace.read('libs/pricing/src/acme_pricing/__init__.py')).toContain(
      ':func:`acme_pricing.price`',
    );
    expect(workspace.read('services/portal/README.md')).toContain('`acme_pricing.price(1, 2)`');
    expect(workspace.read('services/post/README.md')).toBe(FILES['services/post/README.md']);
    expect(output).not.toContain('acme-post');

    const again = await docSentry(workspace);
    expect(again).toMatchObject({ code: 0 });
    for (const project of ['acme-pricing', 'acme-billing', 'acme-portal'])
      expect(result(workspace, project)).toBe('green');
  });

  it('leaves a name alone that two projects share', async () => {
    const workspace = workspaceOf({
      'libs/twin/pyproject.toml': manifest('acme-twin'),
      'libs/twin/src/acme_pricing/__init__.py': quote('quote'),
      'services/portal/pyproject.toml': manifest('acme-portal', 'acme-billing', 'acme-twin'),
    });
    workspace.write(RENAMED);
    expect(await docSentry(workspace)).toMatchObject({ code: 0 });
    expect(result(workspace, 'acme-billing')).toBe('repaired');
    expect(result(workspace, 'acme-portal')).toBe('green');
  });

  it('does not take a word for a name of another project', async () => {
    const workspace = workspaceOf({
      'services/billing/README.md': '# Billing\n\nCall `quote()` of your broker.\n',
    });
    workspace.write(RENAMED);
    expect(await docSentry(workspace)).toMatchObject({ code: 0 });
    expect(files(workspace, 'acme-billing')).toEqual([
      'services/billing/src/acme_billing/__init__.py',
    ]);
  });

  it('is told by docs check in whatever depends on it', async () => {
    const workspace = workspaceOf();
    workspace.write(RENAMED);
    const { code, output } = await workspace.sentries(['docs', 'check']);
    expect(output).toContain(
      'services/billing/README.md:6  quote: the module acme_pricing has no quote',
    );
    expect(output).toContain('services/portal/README.md:3');
    expect(output).not.toContain('services/post/');
    expect(code).toBe(1);
  });
});

/** Texts of the workspace that two projects look after together. */
const CONFIGURED: Files = {
  'sentries.config.json': JSON.stringify({
    docs: {
      workspace: [
        { paths: ['docs/pricing', 'README.md'], projects: ['acme-pricing'] },
        { paths: ['README.md'], projects: ['acme-post'] },
      ],
    },
  }),
  'README.md':
    '# Acme\n\n`acme_pricing.quote` prices.\n\nAnd then:\n\n`acme_post.send` sends.\n\n[Code](libs/pricing/src/acme_pricing/__init__.py)\n',
  'docs/pricing/rates.md': 'Rates go to `acme_pricing.quote`.\n',
  'docs/pricing/CHANGELOG.md': 'Adds `acme_pricing.quote`.\n',
  'docs/other.md': 'Not configured: `acme_pricing.quote`.\n',
  'services/post/src/acme_post.py': 'def send(parcel, stamp):\n    return [parcel, stamp]\n',
};

const SENT: Files = {
  'services/post/src/acme_post.py': 'def dispatch(parcel, stamp):\n    return [parcel, stamp]\n',
};

describe('texts of the workspace that the configuration gives to projects', () => {
  it('are put right by each of them, and both patches of one file are applied', async () => {
    const workspace = workspaceOf(CONFIGURED);
    workspace.write({ ...RENAMED, ...SENT });
    const { code, output } = await docSentry(workspace, '--mode=apply');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(files(workspace, 'acme-pricing')).toEqual([
      'README.md',
      'docs/pricing/rates.md',
      'libs/pricing/src/acme_pricing/__init__.py',
    ]);
    expect(files(workspace, 'acme-post')).toEqual(['README.md']);
    expect(workspace.read('README.md')).toBe(
      String(CONFIGURED['README.md']).replace('.quote', '.price').replace('.send', '.dispatch'),
    );
    expect(workspace.read('docs/pricing/rates.md')).toContain('acme_pricing.price');
    for (const path of ['docs/pricing/CHANGELOG.md', 'docs/other.md'])
      expect(workspace.read(path)).toBe(CONFIGURED[path]);
  });

  it('make the task run again when they change, and only that of their projects', async () => {
    const workspace = workspaceOf(CONFIGURED);
    const tasks = async (): Promise<string[]> => {
      const shown = await workspace.nx([
        'show',
        'projects',
        '--affected',
        '-t',
        'sentry-doc',
        '--uncommitted',
        '--json',
      ]);
      return (JSON.parse(/\[.*\]/.exec(shown.output)![0]) as string[]).sort();
    };
    workspace.write({ 'docs/pricing/rates.md': 'Rates.\n' });
    expect(await tasks()).toEqual(['acme-pricing']);
    workspace.git('checkout', '--quiet', '.');
    workspace.write({ 'README.md': '# Acme\n' });
    expect(await tasks()).toEqual(['acme-post', 'acme-pricing']);
  });

  it('are no links, and nothing out of the workspace', async () => {
    const workspace = workspaceOf(CONFIGURED);
    const outside = Workspace.temporary();
    outside.write({ 'rates.md': 'See `acme_pricing.quote`.\n' });
    symlinkSync(join(outside.root, 'rates.md'), join(workspace.root, 'docs/pricing/outside.md'));
    workspace.write(RENAMED);
    const linked = await workspace.nx(['run', 'acme-pricing:sentry-doc', '--mode=apply']);
    expect(linked).toMatchObject({ code: 0 });
    expect(linked.output).toContain('docs/pricing/outside.md is a link');
    expect(outside.read('rates.md')).toContain('quote');

    const config = { docs: { workspace: [{ paths: ['../a.md'], projects: ['acme-pricing'] }] } };
    workspace.write({ 'sentries.config.json': JSON.stringify(config) });
    const { code, output } = await workspace.nx(['run', 'acme-pricing:sentry-doc']);
    expect(code).toBe(1);
    expect(output).toContain('docs.workspace.0.paths.0: write a path or a glob from the workspace');
  });
});
