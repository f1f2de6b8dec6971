import { loadGrammars } from './docs.fixture';
import { base, type Files, MONEY, stale } from './stale.fixture';

beforeAll(loadGrammars);

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
