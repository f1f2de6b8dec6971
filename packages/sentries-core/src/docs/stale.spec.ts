import { readCode, readReferences } from './check';
import { loadGrammars, treeOf } from './docs.fixture';
import { staleReferences } from './stale';

beforeAll(loadGrammars);

type Files = Readonly<Record<string, string>>;

/** What of the docs a change of the code made stale: `text: what it was → what it is now`. */
async function stale(base: Files, head: Files, docs: Files): Promise<string[]> {
  const [before, after] = [treeOf({ ...base, ...docs }), treeOf({ ...head, ...docs })];
  const [old, now] = [await readCode(before), await readCode(after)];
  const { references } = await readReferences(after, now);
  return staleReferences(references, old, now).map(
    ({ reference, was, now: { kind } }) => `${reference.text}: ${was.name}, ${kind}`,
  );
}

const MONEY =
  'def convert_all(amount, unit="EUR"): ...\n\nclass Account:\n    def close(self): ...\n';
const base = {
  'acme/__init__.py': 'from .money import Account\n',
  'acme/money.py': MONEY,
  'docs/guide.md': '',
  'guide.py': '',
};

describe('a change makes stale', () => {
  it('a call in an example of a docstring, which knows the names of its module', async () => {
    const code = (name: string): string =>
      `def ${name}(amount):\n    """Converts.\n\n    >>> convert(2)\n    2\n    >>> print(close())\n    """\n\nclass Account:\n    """>>> close()"""\n    def close(self): ...\n`;
    const [old, now] = [code('convert'), code('exchange').replace('def close', 'def shut')];
    const files = (text: string) => ({ 'acme/__init__.py': '', 'acme/money.py': text });
    expect(await stale(files(old), files(now), {})).toEqual([
      'convert: acme.money.convert, not ours',
    ]);
  });

  it('a word that is a name of the code and no English, as well as one in a call', async () => {
    const head = {
      ...base,
      'acme/money.py': MONEY.replace('convert_all', 'convert_each').replace('close', 'shut'),
    };
    const docs = {
      'README.md': '`convert_all`, `close`, `close()` and `Account.close` or `acme.Account.close`',
    };
    expect(await stale(base, head, docs)).toEqual([
      'convert_all: acme.money.convert_all, not ours',
      'close: acme.money.Account.close, not ours',
      'Account.close: acme.money.Account.close, broken',
      'acme.Account.close: acme.money.Account.close, broken',
    ]);
  });

  it('parameters and defaults', async () => {
    const head = {
      ...base,
      'acme/money.py': MONEY.replace('unit="EUR"', 'unit="CHF"').replace('amount', 'sum'),
    };
    const docs = {
      'README.md': '`acme.money.convert_all(amount=1)`',
      'a.rst': '.. function:: acme.money.convert_all(amount, unit="EUR")\n',
    };
    expect(await stale(base, head, docs)).toEqual([
      'amount: acme.money.convert_all(amount), broken',
      'amount: acme.money.convert_all(amount), broken',
      '"EUR": acme.money.convert_all(unit), broken',
    ]);
  });

  it('options, variables and files', async () => {
    const settings =
      'import os, argparse\np = argparse.ArgumentParser()\np.add_argument("--rate")\nos.environ["ACME_HOME"]\n';
    const old = { ...base, 'acme/cli.py': settings };
    const head = {
      ...base,
      'acme/cli.py': settings.replace('--rate', '--ratio').replace('HOME', 'ROOT'),
    };
    const { 'guide.py': _, ...moved } = head;
    const docs = { 'README.md': '`--rate` `$ACME_HOME` `guide.py` [x](guide.py)' };
    expect(await stale(old, moved, docs)).toEqual([
      '--rate: --rate, not ours',
      'ACME_HOME: ACME_HOME, not ours',
      'guide.py: guide.py, not ours',
      'guide.py: guide.py, broken',
    ]);
  });
});

describe('a change leaves alone', () => {
  it('what still is there, what became unclear, and what tells of the past', async () => {
    const head = {
      ...base,
      'acme/more.py': 'class Account: ...\n',
      'acme/money.py': MONEY.replace('close', 'shut'),
    };
    const docs = {
      'README.md':
        '`convert_all`, `acme.Account`, `Account` and `Account.open`.\n\n`Account.close` was removed.',
    };
    expect(await stale(base, head, docs)).toEqual([]);
  });

  it('what code that can’t be read may still have', async () => {
    const head = { ...base, 'acme/money.py': 'globals()["convert_all"] = 1\n' };
    expect(
      await stale(base, head, { 'README.md': '`acme.money.convert_all` `convert_all`' }),
    ).toEqual([]);
  });
});
