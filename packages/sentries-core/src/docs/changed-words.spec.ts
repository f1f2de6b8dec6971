import fc from 'fast-check';
import { searchFor } from './changed-words';
import { readCode, readReferences } from './check';
import { loadGrammars, treeOf } from './docs.fixture';
import { staleReferences } from './stale';

beforeAll(loadGrammars);

type Files = Readonly<Record<string, string>>;

const CODE: Files = {
  'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nacme = "acme.cli:main"\n',
  'acme/__init__.py':
    'from .money import Account as Konto, convert, Base\nfrom .more import *\nimport acme.rates as tables\n',
  'acme/money.py':
    'class Base:\n    def __init__(self, name, size=3): ...\n    def open(self): ...\n\n\nclass Account(Base):\n    def close(self, force=False): ...\n\n\ndef convert(amount, unit="EUR", *, rate=3):\n    """Converts.\n\n    Args:\n        amount: what\n        unit: see `Account.close`\n    """\n',
  'acme/more.py':
    'from .money import (  # all (of them)\n    Account,\n    convert as change,\n)\n\n__all__ = ["pay", "Account"]\n\n\ndef pay(to, by): ...\n\n\nclass Savings(\n    Account,\n): ...\n',
  'acme/rates.py': 'class Table:\n    def rate(self, of): ...\n\n\nDEFAULT = Table()\n',
  'acme/cli.py':
    'import argparse, os\nos.environ["ACME_HOME"]\nos.environ.get(\'ACME_RATE\')\np = argparse.ArgumentParser()\np.add_argument("--rate", "-r")\np.add_argument("--dry-run")\ndef main(): ...\n',
  'acme/sub/tools.py': 'def tool(a): ...\n',
  'data/rates.csv': '',
  'guide.md': '',
};

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
];
const RST = [
  '.. currentmodule:: acme.money\n\n.. autofunction:: convert\n\n.. autoclass:: Account\n   :members: close, open\n',
  '.. function:: acme.convert(amount, unit="EUR")\n\n   :param rate: x\n',
  '.. automodule:: acme.rates\n',
  ':meth:`~acme.Savings.open` :func:`.change` :class:`Table`\n',
  '.. literalinclude:: ../data/rates.csv\n',
];
const DOCS: Files = Object.fromEntries([
  ...REFERENCES.map((text, at) => [`docs/${String(at)}.md`, `Text.\n\n${text}\n`]),
  ...RST.map((text, at) => [`docs/${String(at)}.rst`, text]),
]) as Files;

/** What is stale by all docs, and by those alone that the search finds; with how many those are. */
async function both(base: Files, head: Files) {
  const [before, after] = [treeOf({ ...base, ...DOCS }), treeOf({ ...head, ...DOCS })];
  const now = await readCode(after);
  const [old, apart] = [await readCode(before, {}, now), await readCode(before)];
  const all = await readReferences(after, now);
  const some = await readReferences(after, now, { isWanted: searchFor(old, now) });
  return {
    all: staleReferences(all.references, apart, now),
    some: staleReferences(some.references, old, now),
    read: `${String(some.files)} of ${String(all.files)}`,
  };
}

const told = (found: Awaited<ReturnType<typeof both>>['all']): string[] =>
  found.map(({ reference, was, now }) => `${reference.text}: ${was.name}, ${now.kind}`);

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
      read: '15 of 38',
    },
    {
      what: 'a base, by the classes that inherit from it',
      head: () => edited(['acme/money.py', 'class Account(Base)', 'class Account']),
      stale: 'acme.Konto.open',
      read: '14 of 38',
    },
    {
      what: 'a parameter',
      head: () => edited(['acme/rates.py', 'of)', 'into)'], ['acme/more.py', 'to, by', 'whom, by']),
      stale: 'to',
      read: '13 of 38',
    },
    {
      what: 'a variable of the environment',
      head: () => edited(['acme/cli.py', 'ACME_HOME', 'ACME_ROOT']),
      stale: 'ACME_HOME',
      read: '3 of 38',
    },
    {
      what: 'a file, however its name is written',
      head: () => {
        const { 'guide.md': gone, ...rest } = CODE;
        return { ...rest, 'manual.md': gone! };
      },
      stale: '../g%75ide.md',
      read: '2 of 38',
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
    expect(found.read).toBe('1 of 38');
    expect(found.all).toEqual([]);
  });

  it('everywhere, where names come by a star from another place', async () => {
    const found = await both(
      CODE,
      edited(['acme/__init__.py', '.more import *', '.rates import *']),
    );
    expect(found.read).toBe('38 of 38');
    expect(found.some).toEqual(found.all);
  });

  it('so that nothing is missed, whatever the change', async () => {
    const words =
      'Account Base Savings Table convert change pay open close rate unit EUR amount money more rates tables acme Konto ACME_HOME --rate name size * __all__ import from as class def ( ) , . : = \n'.split(
        ' ',
      );
    const python = Object.keys(CODE).filter((path) => path.endsWith('.py'));
    const edit = fc.oneof(
      fc.record({
        kind: fc.constant('word' as const),
        path: fc.constantFrom(...python),
        at: fc.nat(60),
        text: fc.constantFrom(...words, 'new', 'other'),
      }),
      fc.record({
        kind: fc.constant('line' as const),
        path: fc.constantFrom(...python),
        at: fc.nat(12),
        text: fc.constantFrom(...words),
      }),
      fc.record({
        kind: fc.constant('move' as const),
        path: fc.constantFrom(...Object.keys(CODE)),
        at: fc.nat(2),
        text: fc.constantFrom('acme/other.py', 'acme/sub/__init__.py', 'acme/sub/money.py', ''),
      }),
    );
    let stale = 0;
    const changes = fc.array(edit, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (edits, isBack) => {
        const files: Record<string, string> = { ...CODE };
        for (const { kind, path, at, text } of edits) {
          const before = files[path] ?? '';
          if (kind === 'move') {
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
        stale += found.all.length;
        expect(told(found.some)).toEqual(told(found.all));
      }),
      { numRuns: 120 },
    );
    expect(stale).toBeGreaterThan(50);
  });
});
