import { referencesIn } from './document';
import { loadGrammars, told } from '../docs.fixture';

beforeAll(loadGrammars);

const inRst = (text: string): string[] => told('docs/page.rst', text);

describe('references in reStructuredText', () => {
  it('are roles of Python, with titles, tildes and parentheses left out', () => {
    const text =
      ':func:`~acme.convert` :py:meth:`close it <acme.Account.close>` :class:`!Account` :exc:`acme.Failure` ' +
      ':mod:`acme.money` `Account`:class: :meth:`.close()` :term:`x` :js:func:`y`';
    expect(inRst(text)).toEqual([
      'call acme.convert',
      'call acme.Account.close',
      'name Account',
      'exception acme.Failure',
      'module acme.money',
      'name Account',
      'call close',
    ]);
  });

  it('stand behind a dot, where they can be no words', () => {
    const text =
      '`.Account.close`, `~.Account`, ``.is_open``, ``.open``, ``.Values.size``, `.env` and ``.acme.yml``\n';
    expect(inRst(text)).toEqual([
      'dotted Account.close',
      'name Account',
      'name is_open',
      'path .acme.yml',
    ]);
    const [close, account, open] = referencesIn('a.rst', text);
    expect([close, account, open].map((one) => one!.evidence.includes('markup'))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('are literals, and words in single backquotes', () => {
    expect(inRst('``acme.pay(to=1)`` and `acme.close`')).toEqual([
      'call acme.pay',
      'parameter to of acme.pay',
      'dotted acme.close',
    ]);
  });

  it('are what autodoc is to document, with its members', () => {
    const text =
      '.. currentmodule:: acme.money\n\n.. autoclass:: Account\n   :members: close,\n             open\n   :noindex:\n';
    expect(inRst(text)).toEqual(
      [
        'module acme.money',
        'signature Account',
        'signature close → Account.close of null',
        'signature open → Account.open',
      ].map((one) => one.replace(' of null', '')),
    );
  });

  it('are parameters and defaults of signatures, on several lines too', () => {
    const text = [
      '.. function:: convert(amount, \\',
      '                      unit="EUR", *, rate: int = 3[, note])',
      '   :async:',
      '',
      '   :param str unit: the unit. Defaults to ``"EUR"``.',
      '   :raises acme.Failure: if not',
    ].join('\n');
    expect(inRst(text)).toEqual([
      'signature convert',
      'parameter amount of convert',
      'parameter unit of convert',
      'default "EUR" of convert',
      'parameter rate of convert',
      'default 3 of convert',
      'parameter note of convert',
      'parameter unit of convert',
      'default "EUR" of convert',
      'exception acme.Failure',
    ]);
  });

  it('are parameters that may be left out, beside types and lists', () => {
    const text =
      '.. function:: pay([to[, by]], rates: dict[str, list[int]] = [], *, how: Callable[[int], str] = acme.how.plain)\n';
    expect(inRst(text)).toEqual([
      'signature pay',
      'parameter to of pay',
      'parameter by of pay',
      'parameter rates of pay',
      'default [] of pay',
      'parameter how of pay',
      'dotted acme.how.plain',
    ]);
  });

  it('are members of the class around, however deep admonitions in it go', () => {
    const text = [
      '.. class:: Account(name)',
      '',
      '   .. method:: close(now=True)',
      '',
      '      Text.',
      '',
      '      .. warning::',
      '',
      '         Mind ``it_all``.',
      '',
      '      :param now: at once',
      '',
      '   .. attribute:: name',
    ].join('\n');
    expect(inRst(text)).toEqual([
      'signature Account',
      'parameter name of Account',
      'signature close → Account.close',
      'parameter now of Account.close',
      'default True of Account.close',
      'name it_all',
      'parameter now of Account.close',
      'signature name → Account.name',
    ]);
  });

  it('are parameters beside words that stand for others', () => {
    const text = '.. autoclass:: acme.Field(usual arguments, size=3, more of them, sep="-")\n';
    expect(inRst(text)).toEqual([
      'signature acme.Field',
      'parameter size of acme.Field',
      'default 3 of acme.Field',
      'parameter sep of acme.Field',
      'default "-" of acme.Field',
    ]);
  });

  it('are not told of parameters where a function has several signatures', () => {
    expect(inRst('.. function:: f(a)\n              f(b, c)\n\n   Text.\n')).toEqual([
      'signature f',
    ]);
  });

  it.each([
    {
      where: 'code blocks',
      text: '.. code-block:: python\n   :caption: x\n\n   import acme\n   acme.run()\n',
    },
    { where: 'literal blocks', text: 'So::\n\n    import acme\n    acme.run()\n' },
    {
      where: 'blocks below colons on a line of their own',
      text: 'So.\n::\n\n    import acme\n    acme.run()\n\nMore.\n',
    },
    {
      where: 'blocks below colons and a title',
      text: 'So\n==\n::\n\n    import acme\n    acme.run()\n',
    },
    { where: 'doctests', text: 'So\n\n>>> import acme\n>>> acme.run()\n3\n' },
    {
      where: 'blocks in lists',
      text: '- a\n\n  .. code:: py\n\n     import acme\n     acme.run()\n',
    },
    {
      where: 'blocks in notes',
      text: '.. note:: a\n   b\n\n   .. code:: py\n\n      import acme\n\n      acme.run()\n',
    },
    { where: 'CRLF', text: '.. code:: py\r\n\r\n   import acme\r\n   acme.run()\r\n' },
  ])('stand in $where', ({ text }) => {
    expect(inRst(text)).toEqual(['module acme', 'call acme.run']);
  });

  it('stand in literal blocks that are Python throughout, and do something', () => {
    const inBlock = (code: string): string[] => inRst(`So::\n\n${code.replace(/^/gm, '    ')}\n`);
    expect(inBlock('@acme.run\ndef f(): ...')).toEqual(['dotted acme.run']);
    expect(inBlock('x = acme.pay(1)')).toEqual(['call acme.pay']);
    expect(inBlock('acme.pay(1) → 2')).toEqual([]);
    expect(inBlock('acme.pay and acme.close')).toEqual([]);
    expect(inRst('.. code-block:: text\n\n   acme.pay(1)\n')).toEqual([]);
  });

  it('stand in tables of both kinds', () => {
    const grid =
      '+-----------+---+\n| ``a.b``   | c |\n+===========+===+\n| :func:`d.e` | f |\n+-----------+---+\n';
    const simple = '=====  ====\n``g.h``  i\n=====  ====\n``j.k``  l\n=====  ====\n';
    expect(inRst(`${grid}\n${simple}`)).toEqual([
      'dotted a.b',
      'call d.e',
      'dotted g.h',
      'dotted j.k',
    ]);
  });

  it('are files, options and variables', () => {
    const text =
      '.. literalinclude:: ../a.py\n\n.. option:: --rate, -r\n\n.. envvar:: ACME_HOME\n\n:doc:`usage` :option:`acme --rate` `a <b.rst>`_\n';
    expect(inRst(text)).toEqual([
      'path ../a.py',
      'option --rate',
      'option -r',
      'env ACME_HOME',
      'path usage',
      'option --rate of acme',
      'path b.rst',
    ]);
  });

  it.each([
    { shell: 'sh', line: '$ export ACME_HOME=/srv' },
    { shell: 'fish', line: '$ set -gx ACME_HOME /srv' },
    { shell: 'cmd', line: 'C:\\acme> set ACME_HOME=/srv' },
    { shell: 'PowerShell', line: 'PS > $env:ACME_HOME = "/srv"' },
    { shell: 'csh', line: '% setenv ACME_HOME /srv' },
    { shell: 'a Dockerfile', line: 'ENV ACME_HOME=/srv' },
    { shell: 'a file of variables', line: 'ACME_HOME=/srv' },
    { shell: 'YAML', line: '- ACME_HOME: /srv' },
    { shell: 'any, where it is read', line: 'run.cmd %ACME_HOME% now' },
  ])('are variables in blocks of $shell', ({ line }) => {
    const found = inRst(`.. code-block:: text\n\n   ${line}\n`);
    expect(found.filter((one) => one.startsWith('env'))).toEqual(['env ACME_HOME']);
  });

  it('are variables in paths, and where Python asks for them', () => {
    const text =
      '``$ACME_HOME/acme.toml``\n\n.. code-block:: python\n\n   import os\n   os.environ["ACME_RATE"]\n   os.getenv("ACME_UNIT", "EUR")\n   table["ACME_ROW"]\n';
    expect(inRst(text).filter((one) => one.startsWith('env'))).toEqual([
      'env ACME_HOME',
      'env ACME_RATE',
      'env ACME_UNIT',
    ]);
  });

  it('are options in what a program says of itself, and not in what it says of them', () => {
    const help =
      'It tells::\n\n    usage: acme [-h] [--rate RATE]\n                [--unit UNIT]\n\n    Pays, unless --dry is set.\n\n    options:\n      -h, --help   show this\n      --unit UNIT  not with --rate\n';
    expect(inRst(help)).toEqual([
      'option -h of acme',
      'option --rate of acme',
      'option --unit of acme',
      'option -h of acme',
      'option --help of acme',
      'option --unit of acme',
    ]);
  });

  it('are options that a hook of pre-commit is given', () => {
    const hooks =
      '.. code-block:: yaml\n\n   repos:\n     - repo: https://acme.example/acme\n       hooks:\n         - id: acme\n           args: [--rate, "3"]\n           stages: [--other]\n';
    expect(inRst(hooks)).toEqual(['option --rate of acme']);
  });

  it('are none in comments, math and raw output', () => {
    expect(
      inRst('.. a comment ``x.y``\n\n.. math:: ``x.y``\n\n.. raw:: html\n\n   ``x.y``\n'),
    ).toEqual([]);
  });
});
