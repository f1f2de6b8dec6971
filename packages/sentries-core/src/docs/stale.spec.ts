import { readCode, readReferences } from './check';
import { loadGrammars, treeOf } from './docs.fixture';
import { resolve } from './resolve/resolve';
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

  it('names that one of several stars brings', async () => {
    const head = {
      ...base,
      'acme/money.py': MONEY.replace('convert_all', 'convert_each').replace('close', 'shut'),
    };
    const page = (...stars: string[]): Files => ({
      'docs/use.rst': `${stars.map((star) => `>>> from ${star} import *\n`).join('')}>>> convert_all(1)\n>>> Account().close()\n`,
    });
    const both = [
      'convert_all: acme.money.convert_all, not ours',
      'close: acme.money.Account.close, not ours',
    ];
    expect(await stale(base, head, page('datetime', 'acme.money'))).toEqual(both);
    // Another package may have it as well, but then the names would be its own.
    expect(await stale(base, head, page('acme.money', 'datetime'))).toEqual(both);
    expect(await stale(base, head, page('datetime', 'calendar'))).toEqual([]);
  });

  it('no name that a star does not give, and none that a later one brings as well', async () => {
    const code = { 'acme/__init__.py': '', 'acme/money.py': `__all__ = ["Account"]\n${MONEY}` };
    const other = 'def convert_all(): ...\n';
    const old = { ...code, 'acme/rates.py': other };
    const head = { ...old, 'acme/money.py': code['acme/money.py'].replace('convert_all', 'x_all') };
    const page = (...stars: string[]): Files => ({
      'docs/use.rst': `${stars.map((star) => `>>> from ${star} import *\n`).join('')}>>> convert_all(1)\n`,
    });
    expect(await stale(old, head, page('datetime', 'acme.money'))).toEqual([]);
    const plain = (files: Files): Files => ({
      ...files,
      'acme/money.py': files['acme/money.py']!.replace(/^__all__.*\n/, ''),
    });
    expect(await stale(plain(old), plain(head), page('acme.money', 'acme.rates'))).toEqual([]);
    expect(await stale(plain(old), plain(head), page('acme.rates', 'acme.money'))).toEqual([]);
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

  it('parameters that the docs of `__init__` tell', async () => {
    const code = (name: string): string =>
      `class Purse:\n    def __init__(self, ${name}=0):\n        """Makes one.\n\n        :param amount: how much\n        """\n`;
    const files = (name: string) => ({ ...base, 'acme/purse.py': code(name) });
    expect(await stale(files('amount'), files('sum'), {})).toEqual([
      'amount: acme.purse.Purse(amount), broken',
    ]);
  });

  it('a parameter with the name of a builtin, where it is told as one', async () => {
    const code = (name: string): string =>
      `def pay(${name}=None):\n    """Pays by \`\`format\`\`.\n\n    :param format: how\n    :type format: str\n    """\n`;
    const files = (name: string) => ({ 'acme.py': code(name) });
    const [old, now] = [treeOf(files('format')), treeOf(files('form'))];
    const [before, after] = [await readCode(old), await readCode(now)];
    const { references } = await readReferences(now, after);
    const told = {
      isElsewhere: () => true,
      keepsItsWord: () => false,
      pathAtBase: (file: string) => file,
    };
    const found = staleReferences(references, before, after, told);
    expect(found.map(({ reference }) => `${reference.line} ${reference.kind}`)).toEqual([
      '4 parameter',
      '5 parameter',
    ]);
  });

  it('a parameter in the docs of its function, though another thing has that name', async () => {
    const code = (name: string): string =>
      `class Purse:\n    amount = 1\n    def pay(self, ${name}, args):\n        """Pays \`\`amount\`\`.\n\n        >>> pay(amount)\n\n        :param args: others\n        """\n`;
    const [old, now] = ['amount', 'sum'].map((name) => treeOf({ 'acme.py': code(name) }));
    const [before, after] = [await readCode(old!), await readCode(now!)];
    const { references } = await readReferences(now!, after);
    const told = references.map((one) => {
      const was = resolve(one, before);
      return `${one.line} ${one.text}: ${was.kind === 'found' ? was.symbol.name : was.kind}`;
    });
    expect(told).toEqual([
      '4 amount: acme.Purse.pay(amount)',
      '6 pay: not ours',
      '6 amount: not ours',
      '8 args: acme.Purse.pay(args)',
    ]);
  });

  it('what is there, where only other words of the passage could tell of the past', async () => {
    const head = {
      ...base,
      'acme/money.py': MONEY.replace('close', 'shut').replace('convert_all', 'convert_each'),
    };
    const docs = {
      'README.md': [
        '# Making a release',
        'Items are removed by `Account.close()`. It was called `end` in version 1.2.',
        'The file of the previous page does not exist yet, so `convert_all` makes it.',
        '',
        'New in 2.0, with fewer words:',
        '',
        '    >>> from acme.money import convert_all',
        '',
        'You no longer need more.',
      ].join('\n'),
      'a.rst': 'In 1.2 there was ``Account.close``, see :doc:`a`.\n',
    };
    expect(await stale(base, head, docs)).toEqual([
      'Account.close: acme.money.Account.close, broken',
      'convert_all: acme.money.convert_all, not ours',
      'convert_all: acme.money.convert_all, broken',
    ]);
  });

  it('what tools read from the code or follow, even where the text tells of the past', async () => {
    const { 'guide.py': _, ...head } = {
      ...base,
      'acme/money.py': MONEY.replace('close', 'shut').replace('convert_all', 'convert_each'),
    };
    const docs = {
      'api.rst': [
        'Deprecated functions',
        '====================',
        '',
        '.. autofunction:: acme.money.convert_all',
        '',
        'See :meth:`acme.money.Account.close`, and `the guide <guide.py>`_.',
      ].join('\n'),
      'README.md': '# Changes\n\nSee [there](guide.py), and `Account.close`.',
    };
    expect(await stale(base, head, docs)).toEqual([
      'guide.py: guide.py, broken',
      'acme.money.convert_all: acme.money.convert_all, broken',
      'guide.py: guide.py, broken',
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

describe('a change makes stale what is known by other means', () => {
  const files = (code: string): Files => ({ 'acme/__init__.py': '', 'acme/money.py': code });

  it('a constant, by its letters alone', async () => {
    const code = 'MAX_RATE = 3\nRATE = 4\n';
    const docs = { 'README.md': '`MAX_RATE` is 3, `MAX_RATE = 4` is not; `RATE` may be any.' };
    expect(await stale(files(code), files(code.replaceAll('RATE', 'SHARE')), docs)).toEqual([
      'MAX_RATE: acme.money.MAX_RATE, not ours',
      'MAX_RATE: acme.money.MAX_RATE, not ours',
    ]);
  });

  it('a value with more behind it, of which the code does not tell', async () => {
    const code = 'class Rules:\n    limit = make_limit()\n    other = 1\n\n\nrates = table()\n';
    const now = code.replace('limit =', 'bound =').replace('rates =', 'shares =');
    const docs = {
      'README.md': 'Use `Rules.limit.check(3)` or `acme.money.rates.best`, not `Rules.other.x`.',
    };
    expect(await stale(files(code), files(now), docs)).toEqual([
      'Rules.limit.check: acme.money.Rules.limit, not ours',
      'acme.money.rates.best: acme.money.rates, not ours',
    ]);
  });

  it.each([
    { what: 'a call of its class', given: 'options = Options()' },
    { what: 'its type', given: 'options: Options = load()' },
    { what: 'another name for its class', given: 'options = Options' },
    {
      what: 'what a function says that it gives',
      given: 'def load() -> "Options": ...\n\n\noptions = load()',
    },
    {
      what: 'what a function makes and gives back',
      given:
        'def load(x):\n    if x:\n        return Options(x)\n    return Options()\n\n\noptions = load()',
    },
    {
      what: 'what a function gives that another one makes',
      given:
        'class Loader:\n    def Load(self): return Options()\n\n\nloader = Loader()\n\n\ndef load(): return loader.Load()\n\n\noptions = load()',
    },
    {
      what: 'a type with another one beside `None`',
      given: 'options: "Options | None" = load()',
    },
    {
      what: 'what a method of another one gives',
      given:
        'class Maker:\n    def options(self) -> Options: ...\n\n\nmaker = Maker()\noptions = maker.options()',
    },
    {
      what: 'a property',
      given:
        'class Maker:\n    @property\n    def made(self) -> Options: ...\n\n\nmaker = Maker()\noptions = maker.made',
    },
  ])('what a value has, by $what', async ({ given }) => {
    const code = `class Options:\n    rate: int = 3\n\n\n${given}\n`;
    const docs = { 'README.md': 'Set `acme.money.options.rate` or `acme.money.options.unit`.' };
    expect(await stale(files(code), files(code.replace('rate:', 'share:')), docs)).toEqual([
      'acme.money.options.rate: acme.money.Options.rate, not ours',
    ]);
  });

  it('what a package gives by the name of a module in it', async () => {
    const money = 'class Money:\n    cent = 1\n';
    const all = (code: string): Files => ({
      'acme/__init__.py': 'from .money import Money as money\n',
      'acme/money.py': code,
    });
    const docs = { 'README.md': 'See `money.cent` and `acme.money.cent`.' };
    expect(await stale(all(money), all(money.replace('cent', 'penny')), docs)).toEqual([
      'money.cent: acme.money.Money.cent, not ours',
      'acme.money.cent: acme.money.Money.cent, broken',
    ]);
  });

  it('a member of an enumeration', async () => {
    const code =
      'from enum import Enum, auto\n\n\nclass Unit(Enum):\n    EUR = auto()\n    USD = auto()\n';
    const docs = { 'README.md': '`acme.money.Unit.EUR` and `acme.money.Unit.USD.value`' };
    expect(await stale(files(code), files(code.replace('EUR', 'CHF')), docs)).toEqual([
      'acme.money.Unit.EUR: acme.money.Unit.EUR, broken',
    ]);
  });

  it('an option that is declared no more, though a message mentions it', async () => {
    const code =
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--rate")\nprint(\'Use "--rate" or --unit here\')\n';
    const docs = { 'README.md': 'Give `--rate`.' };
    const now = code.replace('add_argument("--rate")', 'add_argument("--share")');
    expect(await stale(files(code), files(now), docs)).toEqual(['--rate: --rate, not ours']);
    const listed = now.replace('print', 'NAMES = ["--rate"]\nprint');
    expect(await stale(files(code), files(listed), docs)).toEqual([]);
  });

  it('what tools and readers follow, in passages of the past too', async () => {
    const docs = {
      'README.md': 'This was removed: `acme.money.pay`; see [the legacy guide](guide.md).',
      'docs/conf.py': '',
      'docs/api.rst':
        'Deprecated\n==========\n\n.. autofunction:: acme.money.pay\n\nObsolete, see :doc:`use`.\n',
    };
    const old = { ...files('def pay(): ...\n'), 'docs/use.rst': '', 'guide.md': '' };
    expect(await stale(old, files('def give(): ...\n'), docs)).toEqual([
      'guide.md: guide.md, broken',
      'acme.money.pay: acme.money.pay, broken',
      'use: docs/use.rst, broken',
    ]);
  });
});

describe('a change leaves alone', () => {
  it('a word that is another thing, where what is documented has one of that name', async () => {
    const code = (name: string): Files => ({
      'acme/__init__.py': '',
      'acme/money.py': `class Fields:\n    """Fields.\n\n    >>> import uuid\n    >>> check(uuid.UUID)\n\n    See \`\`uuid.UUID\`\`.\n    """\n    ${name} = make()\n`,
    });
    expect(await stale(code('uuid'), code('uid'), {})).toEqual([]);
  });

  it('an import of another module that has the name of what a package gives', async () => {
    const code = (name: string): Files => ({
      'acme/__init__.py': 'from .money import Fields as money\n',
      'acme/money.py': `class Fields:\n    """Fields.\n\n    >>> import uuid\n    >>> uuid.UUID(3)\n    """\n    ${name} = make()\n`,
    });
    expect(await stale(code('uuid'), code('uid'), {})).toEqual([]);
  });

  it('a parameter of what is only known by its type: a class below may take another', async () => {
    const code = (name: string): Files => ({
      'acme/__init__.py': '',
      'acme/money.py': `class Bank:\n    def pay(self, ${name}): ...\n\n\nbank: Bank = find()\n`,
    });
    const docs = { 'README.md': '`acme.money.bank.pay(to=1)`' };
    expect(await stale(code('to'), code('whom'), docs)).toEqual([]);
  });

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

  it('what sentences, examples and headings tell of how it was', async () => {
    const head = { ...base, 'acme/money.py': MONEY.replace('close', 'shut') };
    const told = [
      '`Account.close` was renamed in 2.0.',
      '`Account.close` and `Account.open` are removed.',
      'Use more. Previously, `Account.close` did it; that is all.',
      'In version 1.2, say, you would have written:\n\n    import acme.money\n    acme.money.Account.close()',
      '## 1.2.0 (2020-02-02)\n\nAdds `Account.close`.',
    ];
    for (const text of told) expect(await stale(base, head, { 'README.md': text })).toEqual([]);
    const rst = '.. versionchanged:: 1.2\n   Now with ``Account.close``.\n';
    expect(await stale(base, head, { 'a.rst': rst })).toEqual([]);
  });

  it('what code that can’t be read may still have', async () => {
    const head = { ...base, 'acme/money.py': 'globals()["convert_all"] = 1\n' };
    expect(
      await stale(base, head, { 'README.md': '`acme.money.convert_all` `convert_all`' }),
    ).toEqual([]);
  });
});
