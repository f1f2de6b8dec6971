import { checkDocs, type CheckOptions } from './check';
import { loadGrammars, treeOf } from './docs.fixture';

beforeAll(loadGrammars);

const ACME = {
  'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nacme = "acme.cli:main"\n',
  'src/acme/__init__.py': 'from .money import Account, convert\n',
  'src/acme/money.py':
    'def convert(amount, unit="EUR", *, rate=3, note=""): ...\n\n\nclass Account:\n    def __init__(self, name): ...\n    def close(self): ...\n',
  'src/acme/cli.py':
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--rate", "-r")\ndef main(): ...\n',
};

/** What is broken in a page, or in several files, beside the code. */
async function broken(
  docs: string | Record<string, string>,
  options: CheckOptions = {},
): Promise<string[]> {
  const files = typeof docs === 'string' ? { 'docs/page.md': docs } : docs;
  const { broken: found } = await checkDocs(treeOf({ ...ACME, ...files }), options);
  return found.map(({ reference, resolution }) => {
    const near = resolution.candidates.map(({ name }) => name).join(', ');
    return `${reference.file}:${String(reference.line)} ${reference.text}: ${resolution.reason}${near === '' ? '' : ` (${near})`}`;
  });
}

describe('what is broken', () => {
  it('is a dotted name of the project whose end is not there, with the nearest that is', async () => {
    expect(await broken('See `acme.money.Account.clos` and `acme.money.convert`.')).toEqual([
      'docs/page.md:1 acme.money.Account.clos: class acme.money.Account has no clos (acme.money.Account.close)',
    ]);
  });

  it('is on a page that has a word of dated texts within its name', async () => {
    expect(await broken({ 'docs/pre_and_post_payment.rst': '``acme.money.konvert()``' })).toEqual([
      'docs/pre_and_post_payment.rst:1 acme.money.konvert: the module acme.money has no konvert (acme.money.convert)',
    ]);
  });

  it('is an import of an example, and what has another place now', async () => {
    expect(
      await broken('```py\nfrom acme.cli import convert\nfrom acme.bank import x\n```\n'),
    ).toEqual([
      'docs/page.md:2 convert: the module acme.cli has no convert (acme.money.convert)',
      'docs/page.md:3 acme.bank: the module acme has no bank',
      'docs/page.md:3 x: the module acme has no bank',
    ]);
  });

  it('is what autodoc is told to document', async () => {
    const text =
      '.. currentmodule:: acme.money\n\n.. autofunction:: konvert\n\n.. autoclass:: Account\n   :members: close, shut\n';
    expect(await broken({ 'docs/api.rst': text })).toEqual([
      'docs/api.rst:3 konvert: the module acme.money has no konvert (acme.money.convert)',
      'docs/api.rst:6 shut: class acme.money.Account has no shut',
    ]);
  });

  it('is a parameter that a signature, a docstring or a call has and the code has not', async () => {
    const docs = {
      'docs/api.rst': '.. function:: acme.convert(amount, currency="EUR")\n',
      'docs/page.md': '```py\nimport acme\nacme.convert(1, uint="CHF")\n```\n',
      'src/acme/more.py':
        'def pay(to, by):\n    """Pays.\n\n    Args:\n        to: whom\n        form: how\n    """\n',
    };
    expect(await broken(docs)).toEqual([
      'docs/api.rst:1 currency: acme.money.convert(amount, unit, rate, note) has no parameter currency',
      'docs/page.md:3 uint: acme.money.convert(amount, unit, rate, note) has no parameter uint (acme.money.convert(unit))',
      'src/acme/more.py:6 form: acme.more.pay(to, by) has no parameter form',
    ]);
  });

  it('is a default that contradicts the code', async () => {
    const text = '.. function:: acme.convert(amount, unit="CHF", rate=3.0, note="x")\n';
    expect(await broken({ 'docs/api.rst': text })).toEqual([
      'docs/api.rst:1 "CHF": the default of unit is "EUR" (acme.money.convert(unit))',
    ]);
  });

  it('is a return type that contradicts the code', async () => {
    const types =
      'import functools\nfrom typing import Iterator, Optional\n\n\ndef find(a) -> bool:\n    \"\"\"Finds it.\n\n    Returns:\n        str: What is found.\n    \"\"\"\n\n\nclass Purse:\n    @property\n    def owner(self) -> "Optional[int]":\n        \"\"\"Whose.\n\n        Returns\n        -------\n        name : list of str\n            Whose.\n        \"\"\"\n\n    @owner.setter\n    def owner(self, value) -> None: ...\n\n    @functools.lru_cache(maxsize=2)\n    def shut(self) -> None:\n        \"\"\":rtype: dict[str, int]\"\"\"\n\n\ndef count() -> Iterator[int]:\n    \"\"\"Counts.\n\n    Yields:\n        bytes: Each.\n    \"\"\"\n';
    const docs = { 'docs/api.rst': '.. function:: acme.types.find(a) -> list\n' };
    expect(await broken({ ...docs, 'src/acme/types.py': types })).toEqual([
      'docs/api.rst:1 list: acme.types.find returns bool (acme.types.find())',
      'src/acme/types.py:9 str: acme.types.find returns bool (acme.types.find())',
      'src/acme/types.py:20 list of str: acme.types.Purse.owner returns "Optional[int]" (acme.types.Purse.owner())',
      'src/acme/types.py:29 dict[str, int]: acme.types.Purse.shut returns None (acme.types.Purse.shut())',
      'src/acme/types.py:36 bytes: acme.types.count yields int (acme.types.count())',
    ]);
  });

  it('is a link to a file that is not there, and an included one', async () => {
    const docs = {
      'docs/page.md':
        '[a](other.md#x) [b](gone.md) [c](https://x.org/y.md) [d](/site.md) [e](../../out.md)',
      'docs/other.md': '# X\n',
      'docs/api.rst': '.. literalinclude:: ../src/acme/gone.py\n.. include:: other.md\n',
    };
    expect(await broken(docs)).toEqual([
      'docs/api.rst:1 ../src/acme/gone.py: there is no src/acme/gone.py',
      'docs/page.md:1 gone.md: there is no docs/gone.md',
    ]);
  });

  it('is a link to a heading that is not there', async () => {
    const docs = {
      'docs/page.md': '# One\n\n[a](#one) [b](#two) [c](other.md#open) [d](other.md#gone)\n',
      'docs/other.md': '## Open & `shut`\n\n<a id="open"></a>\n',
      'docs/made.md': '[a](made.md#gone)\n\n::: acme.money\n',
    };
    expect(await broken(docs)).toEqual([
      'docs/page.md:3 two: docs/page.md has no heading for it',
      'docs/page.md:3 gone: docs/other.md has no heading for it',
    ]);
  });

  it('is only likely an option that the project’s command has not', async () => {
    const docs = '```sh\nacme --rate 3 --unit EUR --help\nother --unit\n```\n';
    expect(await broken(docs)).toEqual([]);
    expect(await broken(docs, { all: true })).toEqual([
      "docs/page.md:2 --unit: no option --unit is written in the project's code",
    ]);
  });
});

describe('what is not reported', () => {
  it.each<{ what: string; docs: string | Record<string, string> }>([
    {
      what: 'English words as code',
      docs: 'To `run` it, `get` a `name`; `close` is one, `acme` too.',
    },
    { what: 'names of other packages', docs: '`requests.gett` and `os.pathh`, `Path.reed`' },
    {
      what: 'names for any name',
      docs: '`acme.foo` `acme.money.my_function` `acme.money.your_unit`',
    },
    { what: 'what a passage says is gone', docs: 'The function `acme.money.konvert` was removed.' },
    { what: 'a list of what is gone', docs: 'These were renamed:\n\n- `acme.money.konvert`\n' },
    {
      what: 'sections on other versions',
      docs: '## Migrating from 1.x\n\nUse `acme.money.konvert`.',
    },
    {
      what: 'examples of how not to do it',
      docs: 'This fails:\n\n```py\nfrom acme import gone\n```\n',
    },
    {
      what: 'files and loggers by the name of the package',
      docs: '`acme.log` `acme.toml` `acme.service`',
    },
    {
      what: 'a variable by the name of the package',
      docs: '```py\nacme = App()\nacme.run()\n```\n',
    },
    {
      what: 'a parameter of a function that takes any',
      docs: {
        'docs/a.rst': '.. function:: acme.any_of(x)\n',
        'src/acme/x.py': 'def any_of(**x): ...\n',
      },
    },
    {
      what: 'a default for which the function finds a value',
      docs: { 'docs/a.rst': '.. function:: acme.convert(amount, note="none")\n' },
    },
    ...[
      { what: 'a number for another one', type: 'int', told: 'float' },
      { what: 'one of several types', type: 'Optional[str]', told: 'str' },
      { what: 'a type with more or fewer words', type: 'list', told: 'list of str' },
      { what: 'a class', type: 'Money', told: 'dict' },
      { what: 'what is like a type of Python', type: 'Mapping[str, int]', told: 'dict' },
      { what: 'a class that has the name of a type', type: 'Set', told: 'int' },
      { what: 'a class of another package', type: 'Tuple', told: 'int' },
      { what: 'no type', type: 'int', told: 'note' },
      { what: 'parts in parentheses', type: 'list', told: '(str, int)' },
      { what: 'what a generator gives', type: 'Iterator[int]', told: 'list' },
    ].map(({ what, type, told }) => ({
      what: `${what} for what is returned`,
      docs: {
        'src/acme/x.py': `from other import Tuple\nfrom typing import *\n\n\nclass Set: ...\n\n\ndef f(a) -> ${type}:\n    \"\"\"F.\n\n    Returns:\n        ${told}: What.\n    \"\"\"\n`,
      },
    })),
    {
      what: 'what is returned where it may be changed, told for another version, or not for sure',
      docs: {
        'src/acme/x.py':
          'import typing\n\n\n@wrapped\ndef f(a) -> int:\n    \"\"\":rtype: str\"\"\"\n\n\n@typing.overload\ndef g(a: int) -> int: ...\ndef g(a) -> str:\n    \"\"\":rtype: int\"\"\"\n\n\ndef h(a) -> int:\n    \"\"\"H.\n\n    .. deprecated:: 2.0\n\n       :rtype: str\n    \"\"\"\n\n\nclass K:\n    \"\"\"K.\n\n    Returns:\n        str: x\n    \"\"\"\n\n    def __init__(self) -> None: ...\n',
      },
    },
    {
      what: 'what stands for other parameters',
      docs: {
        'docs/a.rst': '.. function:: acme.convert(amount[, options])\n',
        'src/acme/x.py': 'def f(a):\n    """F.\n\n    :param a: x\n    :param kwargs: y\n    """\n',
      },
    },
    {
      what: 'a changelog',
      docs: {
        'CHANGES.rst': '``acme.money.konvert``',
        'docs/whatsnew/2.0.md': '`acme.money.konvert`',
        'docs/posts/payment.md': '`acme.money.konvert`',
      },
    },
    {
      what: 'a page that is made',
      docs: { 'docs/api.md': '<!-- Generated by x, do not edit -->\n`acme.money.konvert`' },
    },
    {
      what: 'vendored code',
      docs: { 'src/acme/_vendor/x.py': 'def f(a):\n    """F.\n\n    :param b: x\n    """\n' },
    },
    {
      what: 'a signature that docs give to what they alone know',
      docs: { 'docs/a.rst': '.. module:: acme\n\n.. class:: Plugin\n\n:class:`acme.Plugin`\n' },
    },
    {
      what: 'parameters of a function that is returned',
      docs: {
        'src/acme/x.py':
          'def f(a):\n    """Gives a function of:\n\n    :param b: x\n    :param c: y\n    """\n',
      },
    },
  ])('$what', async ({ docs }) => {
    expect(await broken(docs)).toEqual([]);
  });
});
