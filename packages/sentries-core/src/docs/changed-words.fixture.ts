import { ChangeSet } from '../change/change-set';
import { changedFile } from '../change/change.fixture';
import type { ChangedFile } from '../change/changed-file';
import { staleBesideRenames } from '../sentry/docs/renamed-takers';
import { searchFor } from './changed-words';
import { readCode, readReferences } from './check';
import type { ProjectCode } from './code/project-code';
import { treeOf } from './docs.fixture';
import { outgrownSignatures } from './outgrown';
import type { Reference } from './reference';
import { toldBy } from './rules/told';
import { staleExceptions } from './stale-exceptions';
import { staleReturns } from './stale-returns';
import { staleReferences, type StaleReference } from './stale';
import { untold, type Untold } from './untold';

export type Files = Readonly<Record<string, string>>;

export const CODE: Files = {
  'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nacme = "acme.cli:main"\n',
  'acme/__init__.py':
    'from .money import Account as Konto, convert, Base\nfrom .more import *\nimport acme.rates as tables\n',
  'acme/money.py':
    'class Base:\n    def __init__(self, name, size=3): ...\n    def open(self): ...\n\n\nclass Account(Base):\n    def close(self, force=False): ...\n\n\ndef convert(amount, unit="EUR", *, rate=3):\n    """Converts.\n\n    Args:\n        amount: what\n        unit: see `Account.close`\n    """\n',
  'acme/more.py':
    'from .money import (  # all (of them)\n    Account,\n    convert as change,\n)\n\n__all__ = ["pay", "Account"]\n\n\ndef pay(to, by) -> int:\n    if not to:\n        raise ValueError(to)\n\n\nclass Savings(\n    Account,\n): ...\n',
  'acme/rates.py':
    'class Table:\n    def rate(self, of): ...\n\n\nclass Desk:\n    def __init__(self):\n        self.table = Table()\n\n    @property\n    def spare(self) -> Table: ...\n\n\ndef find() -> Desk: ...\n\n\nDEFAULT = Table()\nDESK: Desk = find()\nLENT = find()\n',
  'acme/cli.py':
    'import argparse, os\nos.environ["ACME_HOME"]\nos.environ.get(\'ACME_RATE\')\np = argparse.ArgumentParser()\np.add_argument("--rate", "-r", default=3)\np.add_argument("--dry-run")\ndef main(): ...\n',
  'acme/sub/tools.py': 'def tool(a): ...\n',
  'acme/tax.py':
    'def levy(income, share):\n    return round(income * share, 2)\n\n\ndef all_names():\n    return globals()\n',
  'acme/shop.py': 'def buy(): ...\ndef sell(): ...\ndef rent(): ...\n',
  'acme/depot.py':
    'from ground.soil import Plot as Field, dig\nfrom pydantic_settings import BaseSettings\n\n\nclass Depot(Field):\n    """A depot.\n\n    Args:\n        wide: see `Depot.sweep`\n    """\n\n\nclass Settings(BaseSettings):\n    model_config = dict(env_prefix="acme_")\n    timeout: int = 3\n',
  'libs/base/ground/__init__.py': '',
  'libs/base/ground/soil.py':
    'class Plot:\n    def __init__(self, wide): ...\n    def sweep(self): ...\n\n\ndef dig(deep=3): ...\n',
  'data/rates.csv': '',
  'guide.md':
    '# Use it\n\n## Second part\n\n<a id="own"></a>\n\n[x](#second-part) [y](index.rst)\n',
  'index.rst': '.. _start here:\n\nStart\n=====\n\nText.\n',
};
const DEPENDENCIES = { dependencies: [{ folder: 'libs/base', roots: [] }] };

/** One page for each reference, so that each is searched for by itself. */
const REFERENCES = [
  '`acme.money.Account.close`',
  '`acme.Konto.open`',
  '`acme.Konto`',
  '`acme.Savings.open()`',
  '`acme.more.Savings.close(force=True)`',
  '`acme.more.Savings(name="x")`',
  '`acme.more.change(1, unit="x")`',
  '`acme.tables.Table.rate`',
  '`acme.rates.DEFAULT`',
  '`acme.rates.DEFAULT.rate`',
  '`acme.tables.DEFAULT.rate.by`',
  '`acme.rates.DESK.table.rate`',
  '`acme.rates.LENT.spare.rate`',
  '`acme.rates.LENT.table`',
  '`acme.pay(to=1)`',
  '`Savings.open`',
  '`pay()` and `convert(rate=1)`',
  '`acme.convert(amount=1, unit="EUR")`',
  '`acme.sub.tools.tool(a=1)`',
  '`--rate` `--no-rate`',
  '`--dry-run`',
  '`$ACME_HOME`',
  '`ACME_RATE=1`',
  '```bash\nACME_HOME=1 acme --rate 3 --dry-run\n```',
  '```toml\n[tool.acme]\npay = 1\n```',
  '```py\nfrom acme import Konto as K, Base\nk = K("x")\nk.open()\nk.close(force=1)\n```',
  '```py\nfrom acme.more import *\nfrom acme import more as m\nm.Account.close\n```',
  '# `acme.money.convert`\n\n| parameter | default |\n| - | - |\n| `unit` | `"EUR"` |\n| `rate` | `3` |',
  '# `acme.Base`\n\n- `name`: what\n- `size`: how much, `open`',
  '[x](../guide.md) [y](../data/rates.csv) [z](../g%75ide.md)',
  '`data/rates.csv` and `guide.md` and `data/`',
  '| option | default |\n| - | - |\n| `--rate` | `3` |',
  '`ACME_TIMEOUT`',
  '[x](../guide.md#second-part) [y](../guide.md#own)',
  '`acme.shop.buy`, `acme.shop.sell`, `acme.shop.rent`',
  '`acme.depot.Depot.sweep` and `Depot(wide=1)`',
  '`ground.soil.Plot.sweep()`',
  '`acme.tax.levy`',
  '## `acme.depot.dig(deep=3)`\n\n| parameter | default |\n| - | - |\n| `deep` | `3` |',
];
const RST = [
  '.. currentmodule:: acme.money\n\n.. autofunction:: convert\n\n.. autoclass:: Account\n   :members: close, open\n',
  '.. function:: acme.convert(amount, unit="EUR")\n\n   :param rate: x\n',
  '.. automodule:: acme.rates\n',
  ':meth:`~acme.Savings.open` :func:`.change` :class:`Table`\n',
  '.. literalinclude:: ../data/rates.csv\n',
  ':ref:`Start  Here`\n',
  '.. toctree::\n\n   ../index\n',
  '.. function:: acme.convert(amount, unit="EUR", *, rate=3)\n',
  '.. autoclass:: acme.Savings(name, size=3)\n',
  '.. autoclass:: acme.depot.Depot(wide)\n',
  '.. function:: acme.pay(to, by)\n\n   :param to: x\n   :raises ValueError: if not\n',
  '.. function:: acme.pay(to, by) -> int\n',
  '.. function:: acme.more.pay(to, by)\n\n   :rtype: int\n',
];
const DOCS: Files = Object.fromEntries([
  ...REFERENCES.map((text, at) => [`docs/${String(at)}.md`, `Text.\n\n${text}\n`]),
  ...RST.map((text, at) => [`docs/${String(at)}.rst`, text]),
  ['docs/conf.py', ''],
]) as Files;

/** A change as git would tell it: a file that is at another place with the same text was moved. */
function changeOf(base: Files, head: Files): ChangeSet {
  const added = Object.keys(head).filter((path) => !(path in base));
  const files: ChangedFile[] = [];
  const texts: ChangedFile[] = [];
  for (const path of Object.keys({ ...base, ...head })) {
    const [old, now] = [base[path] ?? null, head[path] ?? null];
    if (old === now || (old === null && !added.includes(path))) continue;
    const to = now === null ? added.findIndex((one) => head[one] === old) : -1;
    const isCode = path.endsWith('.py');
    const [moved] = to < 0 ? [] : added.splice(to, 1);
    if (moved !== undefined) {
      const twice = isCode ? old : null;
      files.push({ ...changedFile(twice, twice, path), status: 'renamed', path: moved });
    } else (isCode ? files : texts).push(changedFile(old, now, path));
  }
  const gone = new Set(files.filter(({ status }) => status === 'renamed').map(({ path }) => path));
  const left = files.filter(({ path, status }) => status === 'renamed' || !gone.has(path));
  return new ChangeSet(left, [], texts);
}

interface Sensed {
  readonly stale: readonly StaleReference[];
  readonly notes: readonly Untold[];
  /** How many of the stale ones each way of sensing found, and the notes. */
  readonly counts: Readonly<Record<string, number>>;
}

/** All that is asked of references, as the sentry asks it. */
function sensed(
  references: readonly Reference[],
  base: ProjectCode,
  head: ProjectCode,
  change: ChangeSet,
): Sensed {
  const alone = staleReferences(references, base, head, toldBy(change, base, head, '.'));
  const known = new Set(alone.map(({ reference }) => reference));
  const beside = staleBesideRenames(references, known, base, head, change);
  const outgrown = outgrownSignatures(references, known, base, head);
  const raised = staleExceptions(references, known, base, head);
  const returned = staleReturns(references, known, base, head, change);
  const notes = untold(references, base, head);
  const counts: Record<string, number> = {};
  for (const { reference } of alone) counts[reference.kind] = (counts[reference.kind] ?? 0) + 1;
  Object.assign(counts, {
    beside: beside.length,
    outgrown: outgrown.length,
    raised: raised.length,
    returned: returned.length,
    notes: notes.length,
  });
  return { stale: [...alone, ...beside, ...outgrown, ...raised, ...returned], notes, counts };
}

/** What is sensed by all docs, and by those alone that the search finds; with how many those are. */
export async function both(base: Files, head: Files) {
  const [before, after] = [treeOf({ ...base, ...DOCS }), treeOf({ ...head, ...DOCS })];
  const now = await readCode(after, DEPENDENCIES);
  const old = await readCode(before, DEPENDENCIES, now);
  const apart = await readCode(before, DEPENDENCIES);
  const all = await readReferences(after, now);
  const some = await readReferences(after, now, { isWanted: searchFor(old, now) });
  const change = changeOf(base, head);
  return {
    all: sensed(all.references, apart, now, change),
    some: sensed(some.references, old, now, change),
    read: `${String(some.files)} of ${String(all.files)}`,
  };
}

export const told = ({ stale, notes }: Sensed): string[] => [
  ...stale.map(({ reference, was, now }) => `${reference.text}: ${was.name}, ${now.kind}`),
  ...notes.map(({ says }) => says),
];
