import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULTS, readRun, runDocSentry, type DocRequest, type RunRecord } from 'sentries-core';
import { recheck } from '../packages/sentries-core/src/publish/recheck';
import { PYTHON } from '../tools/paths';
import { Workspace, type Files } from '../tools/workspace';

afterAll(() => Workspace.removeTemporary());

const money = (name: string, fallback: string): string =>
  `"""Money."""\n\n\ndef ${name}(amount, unit="${fallback}"):\n` +
  `    """Converts an amount.\n\n    Args:\n        amount (int): How much.\n        unit (str): Of what. Defaults to "EUR".\n\n` +
  `    Example:\n        >>> convert(2)\n        '2 EUR'\n\n    See also :func:\`acme.money.convert\`.\n    """\n` +
  `    return f"{amount} {unit}"\n\n\ndef double(amount):\n    return ${name}(amount * 2)\n`;

const RATES = `"""Rates."""\n\nTABLE = {"EUR": 1.0, "USD": 1.1}\n\n\ndef rate(unit):\n    """The rate of a unit."""\n    return TABLE[unit]\n`;

/** A library with documentation of every kind. */
export const DOCUMENTED: Files = {
  'lib/pyproject.toml': '[project]\nname = "acme"\nversion = "1"\n',
  'lib/src/acme/__init__.py': '',
  'lib/src/acme/money.py': money('convert', 'EUR'),
  'lib/src/acme/rates.py': RATES,
  'lib/README.md':
    '# acme\n\nUse `acme.money.convert` to convert:\n\n```python\nfrom acme.money import convert\nfrom acme.rates import rate\n\nprint(convert(3, unit="USD"), rate("EUR"))\n```\n\nWe convert with care.\n',
  'lib/docs/guide.md':
    '# Guide\n\n## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `amount` | |\n| `unit` | `"EUR"` |\n\nThe rates are in `acme.rates.TABLE`.\n',
  'lib/docs/api.rst':
    'API\n===\n\n.. automodule:: acme.rates\n\n.. function:: acme.money.convert(amount, unit="EUR")\n\n   Converts. See :func:`acme.money.convert`.\n',
  'lib/CHANGELOG.md': '# Changelog\n\n## 1.0\n\n- Adds `acme.money.convert` and `acme.rates`.\n',
};

/** A function renamed, a default changed, a module moved. */
export const CHANGED: Files = {
  'lib/src/acme/money.py': money('exchange', 'USD'),
  'lib/src/acme/tables.py': RATES,
};

/** A workspace with the library, committed on `main`. */
export function documented(files: Files = {}): Workspace {
  const workspace = Workspace.create();
  workspace.write({ '.gitignore': 'node_modules\n.venv\n__pycache__\n', ...DOCUMENTED, ...files });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  return workspace;
}

/** What the pipeline is asked on the library; it can be written down. */
export const docRequest = ({ root }: Workspace): Omit<DocRequest, 'log'> => ({
  workspace: root,
  project: 'acme',
  ...DEFAULTS,
  strategy: 'rules',
  environment: {},
  target: 'sentry-doc',
  folder: 'lib',
  dependencies: [],
  others: [],
  defaultBase: 'main',
  docstrings: true,
  sourceRoots: [],
  python: PYTHON,
});

/** Runs the pipeline on the library, without Nx. What it leaves must be fit to act on. */
export async function docSentry(
  workspace: Workspace,
  request: Partial<DocRequest> = {},
): Promise<RunRecord> {
  const log = (): void => undefined;
  const record = await runDocSentry({ ...docRequest(workspace), log, ...request });
  const run = await readRun(workspace.root, record.project, record.sentry);
  expect(run!.record).toEqual(record);
  const paths = run!.sections.map(({ path }) => path);
  const before = new Map(paths.map((path) => [path, readFileSync(join(workspace.root, path))]));
  await recheck(run!.sections, before);
  return record;
}
