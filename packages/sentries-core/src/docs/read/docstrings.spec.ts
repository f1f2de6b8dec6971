import { loadGrammars, told } from '../docs.fixture';

beforeAll(loadGrammars);

const documented = (docstring: string, parameters = ''): string[] =>
  told(
    'acme.py',
    `def pay(${parameters}):\n    """Pays.\n\n${docstring.replace(/^(?=.)/gm, '    ')}\n    """\n`,
    'acme',
  );

describe('references in docstrings', () => {
  it('are parameters and exceptions as Google writes them', () => {
    expect(
      documented(
        'Args:\n    to (str): whom\n    amount: how much.\n        Defaults to 3.\n    **more: x\n    wait: Defaults to 1 day.\n\nRaises:\n    ValueError: if\n    acme.Failure: if',
      ),
    ).toEqual([
      'parameter to of acme.pay',
      'parameter amount of acme.pay',
      'default 3 of acme.pay',
      'parameter wait of acme.pay',
      'exception ValueError',
      'exception acme.Failure',
    ]);
  });

  it('are parameters and exceptions as NumPy writes them', () => {
    expect(
      documented(
        'Parameters\n----------\nto, by : str\n    Whom.\namount : int, default 3\n    How much\n*more\n    x\nlast, optional\n    x\n\nRaises\n------\nValueError\n    If.\n\nNotes\n-----\nx : y\n',
      ),
    ).toEqual([
      'parameter to of acme.pay',
      'parameter by of acme.pay',
      'parameter amount of acme.pay',
      'default 3 of acme.pay',
      'parameter last of acme.pay',
      'exception ValueError',
    ]);
  });

  it('are parameters and exceptions as Sphinx writes them', () => {
    expect(
      documented(
        ':param str to: whom\n:param amount: how much (default: 3)\n:type amount: int\n:raises ValueError: if',
      ),
    ).toEqual([
      'parameter to of acme.pay',
      'parameter amount of acme.pay',
      'default 3 of acme.pay',
      'parameter amount of acme.pay',
      'exception ValueError',
    ]);
  });

  it('are fields that no blank line sets apart from the text before them', () => {
    expect(
      documented(
        'It is\npaid at once.\n:param to: whom,\n    by name\n:param int amount: how much, defaults to 3\n:return: if not, the default is 4\n:raises acme.Failure: if',
      ),
    ).toEqual([
      'parameter to of acme.pay',
      'parameter amount of acme.pay',
      'default 3 of acme.pay',
      'exception acme.Failure',
    ]);
  });

  it('are roles from the first word on, literals and doctests', () => {
    expect(
      told(
        'acme.py',
        'def pay():\n    """:func:`acme.close` is not ``pay_all``.\n\n    >>> import acme\n    >>> acme.pay()\n    """\n',
        'acme',
      ),
    ).toEqual(['call acme.close', 'name pay_all', 'module acme', 'call acme.pay']);
  });

  it('are read as Markdown where they have its fences', () => {
    expect(documented('```python\nimport acme\nacme.pay()\n```')).toEqual([
      'module acme',
      'call acme.pay',
    ]);
  });

  it('are examples in sections of Markdown, whose text is indented', () => {
    const example = '```pycon\n    >>> pay(1)\n    Out:\n    ```';
    expect(
      documented(`Examples:\n    ${example}\n\n    \`pay_all\` too.\nSee \`pay_one\`.`),
    ).toEqual(['call pay', 'name pay_all', 'name pay_one']);
  });

  it('are names in their examples, called or not', () => {
    expect(documented('>>> pay_all(to=Account) > ZERO\n>>> x = 1\n>>> print(x)')).toEqual([
      'call pay_all',
      'parameter to of pay_all',
      'name Account',
      'name ZERO',
      'call print',
    ]);
    expect(documented('So::\n\n    pay(to, RATE)')).toEqual(['call pay', 'name RATE']);
  });

  it('are members that a class says it has', () => {
    const text =
      'class Account:\n    """An account.\n\n    Attributes:\n        name (str): its name\n    """\n';
    expect(told('acme.py', text, 'acme')).toEqual(['name name → acme.Account.name']);
  });

  it('are left out in functions within functions, and in strings that are none', () => {
    const text =
      'def f():\n    def g():\n        """:func:`acme.x`"""\n    f"""`a.b`"""\n    "``a.b``" "c"\n';
    expect(told('acme.py', text, 'acme')).toEqual([]);
  });
});
