import fc from 'fast-check';
import { ChangeSet } from '../change/change-set';
import { changedFile } from '../change/change.fixture';
import type { ChangedFile } from '../change/changed-file';
import { staleBesideRenames } from '../sentry/docs/renamed-takers';
import { searchFor } from './changed-words';
import { readCode, readReferences } from './check';
import type { ProjectCode } from './code/project-code';
import { loadGrammars, treeOf } from './docs.fixture';
import { outgrownSignatures } from './outgrown';
import type { Reference } from './reference';
import { toldBy } from './rules/told';
import { staleExceptions } from './stale-exceptions';
import { staleReturns } from './stale-returns';
import { staleReferences, type StaleReference } from './stale';
import { untold, type Untold } from './untold';

beforeAll(loadGrammars);

type Files = Readonly<Record<string, string>>;

const CODE: Files = {
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
async function both(base: Files, head: Files) {
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

const told = ({ stale, notes }: Sensed): string[] => [
  ...stale.map(({ reference, was, now }) => `${reference.text}: ${was.name}, ${now.kind}`),
  ...notes.map(({ says }) => says),
];

const edited = (...edits: readonly [file: string, before: string, after: string][]): Files => {
  const files: Record<string, string> = { ...CODE };
  for (const [file, before, after] of edits) {
    expect(files[file]).toContain(before);
    files[file] = files[file]!.replaceAll(before, after);
  }
  return files;
};

describe('what a change may have made stale is looked for', () => {
  it.each<{ what: string; head: () => Files; stale: string; read: string }>([
    {
      what: 'a method, by its name, also where it is inherited',
      head: () => edited(['acme/money.py', 'def open', 'def begin']),
      stale: 'acme.Konto.open',
      read: '8 of 63',
    },
    {
      what: 'a base, by the classes that inherit from it',
      head: () => edited(['acme/money.py', 'class Account(Base)', 'class Account']),
      stale: 'acme.Konto.open',
      read: '15 of 63',
    },
    {
      what: 'a parameter',
      head: () => edited(['acme/rates.py', 'of)', 'into)'], ['acme/more.py', 'to, by', 'whom, by']),
      stale: 'to',
      read: '21 of 63',
    },
    {
      what: 'a variable of the environment',
      head: () => edited(['acme/cli.py', 'ACME_HOME', 'ACME_ROOT']),
      stale: 'ACME_HOME',
      read: '3 of 63',
    },
    {
      what: 'a file, however its name is written',
      head: () => {
        const { 'guide.md': gone, ...rest } = CODE;
        return { ...rest, 'manual.md': gone! };
      },
      stale: '../g%75ide.md',
      read: '4 of 63',
    },
    {
      what: 'the own links of a page that moved',
      head: () => {
        const { 'guide.md': gone, ...rest } = CODE;
        return { ...rest, 'manual/guide.md': gone! };
      },
      stale: 'index.rst',
      read: '4 of 63',
    },
    {
      what: 'a page that a table of contents lists',
      head: () => {
        const { 'index.rst': gone, ...rest } = CODE;
        return { ...rest, 'start.rst': gone! };
      },
      stale: '../index',
      read: '4 of 63',
    },
    {
      what: 'a heading, everywhere',
      head: () => edited(['guide.md', '## Second part', '## Third part']),
      stale: 'second-part',
      read: '63 of 63',
    },
    {
      what: 'a label, everywhere',
      head: () => edited(['index.rst', 'start here', 'begin']),
      stale: 'Start  Here',
      read: '63 of 63',
    },
    {
      what: 'a method of a dependency, by the classes that inherit it',
      head: () => edited(['libs/base/ground/soil.py', 'sweep', 'brush']),
      stale: 'acme.depot.Depot.sweep',
      read: '3 of 63',
    },
    {
      what: 'a default of a dependency',
      head: () => edited(['libs/base/ground/soil.py', 'deep=3', 'deep=4']),
      stale: '3',
      read: '2 of 63',
    },
    {
      what: 'the declared default of an option',
      head: () => edited(['acme/cli.py', 'default=3', 'default=4']),
      stale: '3',
      read: '15 of 63',
    },
    {
      what: 'a variable that is made of a field',
      head: () => edited(['acme/depot.py', 'timeout', 'patience']),
      stale: 'ACME_TIMEOUT',
      read: '2 of 63',
    },
    {
      what: 'a signature that lacks a parameter',
      head: () => edited(['acme/money.py', 'rate=3', 'rate=3, places=2']),
      stale: 'acme.convert',
      read: '11 of 63',
    },
    {
      what: 'the signature of a class that inherits its constructor from a dependency',
      head: () => edited(['libs/base/ground/soil.py', 'self, wide', 'self, wide, long=1']),
      stale: 'acme.depot.Depot',
      read: '6 of 63',
    },
    {
      what: 'an exception',
      head: () => edited(['acme/more.py', 'ValueError', 'LookupError']),
      stale: 'ValueError',
      read: '7 of 63',
    },
    {
      what: 'a type that is returned',
      head: () => edited(['acme/more.py', '-> int', '-> list[int]']),
      stale: 'int',
      read: '7 of 63',
    },
    {
      what: 'what takes a parameter, where both have new names',
      head: () =>
        edited(
          ['libs/base/ground/soil.py', 'dig(deep', 'bore(far'],
          ['acme/depot.py', 'dig', 'bore'],
        ),
      stale: 'deep',
      read: '2 of 63',
    },
    {
      what: 'a name that only the change shows to be gone',
      head: () => edited(['acme/tax.py', 'levy', 'charge']),
      stale: 'acme.tax.levy',
      read: '2 of 63',
    },
    {
      what: 'a page that tells all that something new stands beside',
      head: () => edited(['acme/shop.py', 'def rent(): ...', 'def rent(): ...\ndef lend(): ...']),
      stale: 'acme.shop.lend is new; here all others of acme.shop are told',
      read: '2 of 63',
    },
  ])('$what', async ({ head, stale, read }) => {
    const found = await both(CODE, head());
    expect(told(found.some).map((text) => text.split(': ')[0])).toContain(stale);
    expect(found.some).toEqual(found.all);
    expect(found.read).toBe(read);
  });

  it('nowhere, where it left all names as they were', async () => {
    const found = await both(
      CODE,
      edited(['acme/money.py', '"""Converts.', '"""Makes other money.']),
    );
    // What a changed module says of itself is read in any case.
    expect(found.read).toBe('1 of 63');
    expect(told(found.all)).toEqual([]);
  });

  it('everywhere, where names come by a star from another place', async () => {
    const found = await both(
      CODE,
      edited(['acme/__init__.py', '.more import *', '.rates import *']),
    );
    expect(found.read).toBe('63 of 63');
    expect(found.some).toEqual(found.all);
  });

  it('so that nothing is missed, whatever the change', async () => {
    const words =
      'levy Account Base Savings Table convert change pay open close rate unit EUR amount money more rates tables acme Konto ACME_HOME --rate name size Plot Field Depot sweep dig deep wide ground soil timeout buy raise ValueError LookupError Second Start * int float -> __all__ import from as class def ( ) , . : = \n'.split(
        ' ',
      );
    const texts = Object.keys(CODE).filter((path) => /\.(py|md|rst|toml)$/.test(path));
    const python = texts.filter((path) => path.endsWith('.py'));
    const edit = fc.oneof(
      fc.record({
        kind: fc.constant('word' as const),
        path: fc.constantFrom(...python, ...texts),
        at: fc.nat(90),
        text: fc.constantFrom(...words, 'new', 'other'),
      }),
      fc.record({
        kind: fc.constant('line' as const),
        path: fc.constantFrom(...texts),
        at: fc.nat(18),
        text: fc.constantFrom(...words),
      }),
      fc.record({
        kind: fc.constant('move' as const),
        path: fc.constantFrom(...Object.keys(CODE)),
        at: fc.nat(2),
        text: fc.constantFrom(
          ...['acme/other.py', 'acme/sub/__init__.py', 'acme/sub/money.py', ''],
          ...['libs/base/ground/other.py', 'manual/guide.md', 'docs/start.rst'],
        ),
      }),
      // A rename, wherever the name stands in the code.
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('name' as const),
          path: fc.constantFrom(
            ...words.filter((word) => /^\w{2,}$/.test(word)),
            ...['dig', 'deep', 'dig', 'deep', 'dig', 'deep', 'ValueError', 'convert', 'unit'],
          ),
          at: fc.nat(2),
          text: fc.constantFrom('anew', 'Anew', 'LookupError'),
        }),
      },
      fc.record({
        kind: fc.constant('more' as const),
        path: fc.constantFrom(...python),
        at: fc.nat(9),
        text: fc.constantFrom(
          '(more=1, ',
          '(self, more, ',
          '\ndef more(): ...\n',
          '=4',
          '-> float',
        ),
      }),
    );
    const counts: Record<string, number> = {};
    const changes = fc.array(edit, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (edits, isBack) => {
        const files: Record<string, string> = { ...CODE };
        for (const { kind, path, at, text } of edits) {
          const before = files[path] ?? '';
          if (kind === 'name') {
            for (const one of python)
              files[one] &&= files[one].replace(new RegExp(`\\b${path}\\b`, 'g'), text);
          } else if (kind === 'more') {
            const places: Record<string, string> = { '=4': '=3', '-> float': '-> int' };
            const old = places[text] ?? (text.startsWith('(self') ? '(self, ' : '(');
            const parts = before.split(text.startsWith('\n') ? '\n' : old);
            const from = at % parts.length;
            const [left, right] = [parts.slice(0, from + 1), parts.slice(from + 1)];
            const glue = text.startsWith('\n') ? '\n' : old;
            if (right.length > 0) files[path] = left.join(glue) + text + right.join(glue);
          } else if (kind === 'move') {
            if (text !== '') files[text] = before;
            delete files[path];
          } else if (kind === 'line')
            files[path] = before
              .split('\n')
              .filter((_, index) => index !== at)
              .join('\n');
          else {
            const parts = before.split(/\b/);
            parts[at % Math.max(1, parts.length)] = text;
            files[path] = parts.join('');
          }
        }
        const found = await (isBack ? both(files, CODE) : both(CODE, files));
        for (const [kind, count] of Object.entries(found.all.counts))
          counts[kind] = (counts[kind] ?? 0) + count;
        expect(told(found.some)).toEqual(told(found.all));
      }),
      { numRuns: 150 },
    );
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(50);
  });
});
