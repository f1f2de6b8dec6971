import { loadGrammars, told } from '../docs.fixture';
import { referencesIn } from './document';

beforeAll(loadGrammars);

const inMarkdown = (text: string): string[] => told('docs/page.md', text);

describe('references in Markdown', () => {
  it('are names, dotted names and calls in inline code', () => {
    expect(
      inMarkdown('Use `convert`, `acme.money.Account` or ``close()``, then `pay(to=3)`.'),
    ).toEqual([
      'name convert',
      'dotted acme.money.Account',
      'call close',
      'call pay',
      'parameter to of pay',
    ]);
  });

  it('are methods of something and decorators, with a mark before them', () => {
    expect(
      inMarkdown('`.close()`, `.pay(RATE)`, `@acme.cached(size=1)`; no files as `.env` or `.py`'),
    ).toEqual([
      'call close',
      'call pay',
      'name RATE',
      'call acme.cached',
      'parameter size of acme.cached',
    ]);
  });

  it('are options, variables, files and commands, too', () => {
    expect(
      inMarkdown(
        '`--currency`, `$ACME_HOME`, `docs/a.md`, `setup.cfg`, `python -m acme.cli --rate 3`',
      ),
    ).toEqual([
      'option --currency',
      'env ACME_HOME',
      'path docs/a.md',
      'path setup.cfg',
      'module acme.cli',
      'option --rate of acme.cli',
    ]);
  });

  it('are imports in examples, and what they make of the names below them', () => {
    const example =
      'from acme import money as m\nimport acme.shop\n\nm.convert(1, unit="CHF")\nacme.shop.open()\nother.thing()\n';
    expect(inMarkdown(`\`\`\`python title="a"\n${example}\`\`\`\n`)).toEqual([
      'module acme',
      'import money → acme.money',
      'module acme.shop',
      'call m.convert → acme.money.convert',
      'parameter unit of acme.money.convert',
      'call acme.shop.open',
      'call other.thing',
    ]);
  });

  it('go on through the page: later examples need no import', () => {
    const page =
      '```py\nfrom acme import Client\n```\n\nThen `Client.close` and:\n\n```py\nClient.open(1)\n```\n';
    expect(inMarkdown(page).slice(2)).toEqual([
      'dotted Client.close → acme.Client.close',
      'call Client.open → acme.Client.open',
    ]);
  });

  it('are members of what an example makes, unless it makes two things of one name', () => {
    const one = '```py\nfrom acme import Client\nclient = Client()\nclient.get()\n```\n';
    expect(inMarkdown(one)).toContain('call client.get → acme.Client().get');
    const two = one.replace('client.get', 'client = other()\nclient.get');
    expect(inMarkdown(two)).not.toContain('call client.get → acme.Client().get');
  });

  it('are not names that an example gives a meaning of its own', () => {
    const page = '```py\nimport acme\nacme = acme.App()\nacme.run()\n```\n';
    const uses = referencesIn('page.md', page).filter(({ name }) => name === 'acme.run');
    expect(uses.map(({ evidence }) => evidence)).toEqual([['unexplained', 'call']]);
  });

  it.each([
    { where: 'quotes', text: '> ```py\n> import acme\n> acme.run()\n> ```\n' },
    { where: 'lists', text: '1. a\n\n    ```py\n    import acme\n\n    acme.run()\n    ```\n' },
    {
      where: 'lists in quotes',
      text: '> - a\n>   ```py\n>   import acme\n>   acme.run()\n>   ```\n',
    },
    {
      where: 'admonitions',
      text: '!!! note "A"\n\n    ```py\n    import acme\n    acme.run()\n    ```\n',
    },
    { where: 'tabs', text: '=== "A"\n\n    ```py\n    import acme\n    acme.run()\n    ```\n' },
    { where: 'tabs of MyST', text: '````{tab} A\n```py\nimport acme\nacme.run()\n```\n````\n' },
    { where: 'longer fences', text: '~~~~py\nimport acme\nacme.run()\n~~~~\n' },
    { where: 'sessions', text: '```pycon\n>>> import acme\n>>> acme.run()\n3\n```\n' },
    {
      where: 'a group of doctests',
      text: '```{doctest} shop\n>>> import acme\n>>> acme.run()\n3\n```\n',
    },
    { where: 'CRLF', text: '- a\r\n\r\n  ```py\r\n  import acme\r\n  acme.run()\r\n  ```\r\n' },
    { where: 'lone CR', text: '```py\rimport acme\racme.run()\r```\r' },
    { where: 'blocks with tabs', text: '-\ta\n\n\t```py\n\timport acme\n\tacme.run()\n\t```\n' },
  ])('stand in $where', ({ text }) => {
    expect(inMarkdown(text)).toEqual(['module acme', 'call acme.run']);
  });

  it('are roles and directives of MyST', () => {
    expect(
      inMarkdown(
        '{py:func}`~acme.convert` {meth}`Title <acme.Account.close>`\n\n```{eval-rst}\n.. autofunction:: acme.pay\n```\n',
      ),
    ).toEqual(['call acme.convert', 'call acme.Account.close', 'signature acme.pay']);
  });

  it('are the directives of mkdocstrings', () => {
    expect(inMarkdown('::: acme.money\n    options:\n      x: y\n')).toContain(
      'signature acme.money',
    );
    expect(inMarkdown('::: acme.money\n::: acme.rates\n')).toEqual([
      'signature acme.money',
      'signature acme.rates',
    ]);
  });

  it('are modules of which an example imports everything', () => {
    expect(inMarkdown('```py\nfrom acme.money import *\nfrom other import *\n```\n')).toEqual([
      'module acme.money',
      'module other',
    ]);
  });

  it('are exceptions that examples show to be raised', () => {
    const raised = (name: string): string =>
      `Traceback (most recent call last):\n  File "x", line 1\n    pay()\n${name}: no\n`;
    const page = [
      '```pycon\n>>> from acme import Failure\n>>> pay()',
      `${raised('acme.errors.Broke')}>>> pay(1)`,
      'Traceback (most recent call last):\n    ...\nValueError',
      '```\n\n```console\n$ pay',
      `${raised('Failure')}\`\`\``,
    ].join('\n');
    expect(inMarkdown(page).filter((one) => one.startsWith('exception'))).toEqual([
      'exception acme.errors.Broke',
      'exception Failure → acme.Failure',
    ]);
  });

  it('are links, and none of what is in front matter, comments and HTML', () => {
    const text =
      '---\ntitle: `x`\n---\n\n[a](b.md#c) ![d](e.png)\n\n<!-- `gone` -->\n<div>`gone`</div>\n\n[f]: g.md\n';
    expect(inMarkdown(text)).toEqual([
      'path b.md#c',
      'anchor c → b.md#c',
      'path e.png',
      'path g.md',
    ]);
  });

  it('are parameters and defaults in tables and lists below the name of a function', () => {
    const page = [
      '## `acme.convert(amount, unit)`',
      '### Parameters',
      '| Parameter | Default | Meaning |',
      '| --- | --- | --- |',
      '| `unit` | `"EUR"` | the unit |',
      '',
      '- `amount` (int): how much. Defaults to `3`.',
    ].join('\n');
    expect(inMarkdown(page)).toEqual([
      'call acme.convert',
      'name amount',
      'name unit',
      'parameter unit of acme.convert',
      'default "EUR" of acme.convert',
      'parameter amount of acme.convert',
      'default 3 of acme.convert',
    ]);
  });
});
