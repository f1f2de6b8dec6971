import { readCode, readReferences } from './check';
import { loadGrammars, treeOf } from './docs.fixture';
import { resolve } from './resolve/resolve';
import { staleReferences } from './stale';
import { base, MONEY, stale, type Files } from './stale.fixture';

beforeAll(loadGrammars);

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
      'Account.close: acme.money.Account.close, broken',
      'acme.Account.close: acme.money.Account.close, broken',
    ]);
  });

  it('a plain word that is called, where the page is about the project', async () => {
    const code = (name: string) => ({ 'acme/__init__.py': `def ${name}(file): ...\n` });
    const docs = {
      'README.md': '`import acme` brings `convert(a.png)`.',
      'docs/tools.md': 'Another tool has `convert(a.png)`.',
    };
    expect(await stale(code('convert'), code('exchange'), docs)).toEqual([
      'convert: acme.convert, not ours',
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
