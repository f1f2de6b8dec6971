import { isDocumentation } from '../doc-files';
import { loadGrammars } from '../docs.fixture';
import { renamedSymbol } from './renamed-symbol';
import { mended, renaming } from './rules.fixture';

beforeAll(loadGrammars);

describe('a renamed function gets its new name', () => {
  it.each<{ what: string; page: string; format?: string }>([
    { what: 'as a dotted name', page: 'Use `acme.money.convert`.\n' },
    { what: 'as a call', page: 'Use `acme.money.convert(1, 2)` now.\n' },
    {
      what: 'in an import and its uses',
      page: '```python\nfrom acme.money import convert\n\nconvert(1, 2)\n```\n',
    },
    {
      what: 'in a session',
      page: '```pycon\n>>> from acme.money import convert\n>>> convert(1, 2)\n2\n```\n',
    },
    {
      what: 'as an attribute',
      page: '```python\nimport acme.money\n\nacme.money.convert(1, 2)\n```\n',
    },
    { what: 'in a role', page: 'See :func:`acme.money.convert`.\n', format: 'rst' },
    {
      what: 'in a role with a title',
      page: 'See :func:`it <acme.money.convert>`.\n',
      format: 'rst',
    },
    {
      what: 'in a role that shows the end',
      page: 'See :func:`~acme.money.convert`.\n',
      format: 'rst',
    },
    { what: 'in a directive', page: '.. autofunction:: acme.money.convert\n', format: 'rst' },
    {
      what: 'where the page says the module',
      page: '.. currentmodule:: acme.money\n\n.. autofunction:: convert\n',
      format: 'rst',
    },
  ])('$what', async ({ page, format }) => {
    const expected = page.replaceAll('convert', 'exchange');
    expect(await mended(renamedSymbol, renaming(page, 'convert', format))).toEqual([expected]);
  });
});

describe('what has the same name and is no code stays', () => {
  it.each<{ what: string; page: string }>([
    { what: 'prose', page: 'To convert money, use convert.\n' },
    { what: 'a word written as code', page: 'Do `convert` it.\n' },
    { what: 'another package’s', page: 'Use `pint.convert` and `units.money.convert`.\n' },
    { what: 'a variable of an example', page: '```python\nconvert = 1\nprint(convert)\n```\n' },
    { what: 'what tells of the past', page: 'In version 1, `acme.money.convert` was called so.\n' },
  ])('$what', async ({ page }) => {
    expect(await mended(renamedSymbol, renaming(page))).toEqual([page]);
  });
});

it('a word that only its place says to be code is left, with the reason', async () => {
  const page = '# `acme.money`\n\nThen `run` it.\n';
  const told = await mended(renamedSymbol, renaming(page, 'run'));
  expect(told[0]).toBe(page);
  expect(told.slice(1)).toEqual(
    told.length > 1 ? [expect.stringContaining('is a word as well')] : [],
  );
});

describe('a name stays as it is', () => {
  it.each<{ what: string; page: string }>([
    {
      what: 'where the text tells of both',
      page: 'Use `exchange(1, 2)`, not `acme.money.convert()`.\n',
    },
    {
      what: 'where the example has a variable of the new name',
      page: '```python\nfrom acme.money import convert\n\nexchange = 3\nconvert(exchange, 1)\n```\n',
    },
    {
      what: 'where it is told of another version',
      page: 'In acme 1.x, `acme.money.convert()` was it.\n',
    },
    {
      what: 'where the version is a number alone',
      page: 'Version 1 had `acme.money.convert()`.\n',
    },
    { what: 'in what is not released', page: '## Unreleased\n\n- Adds `acme.money.convert()`.\n' },
    { what: 'in words of somebody else', page: '> Bob wrote: `acme.money.convert()` is fine.\n' },
  ])('$what', async ({ page }) => {
    expect((await mended(renamedSymbol, renaming(page)))[0]).toBe(page);
  });

  it('but a quotation that is of nobody follows', async () => {
    const page = '> **Note**: `acme.money.convert()` is fine.\n';
    expect(await mended(renamedSymbol, renaming(page))).toEqual([
      page.replace('convert', 'exchange'),
    ]);
  });

  it.each([
    { path: 'docs/v1/use.md', isRead: false },
    { path: 'docs/api/v1/use.md', isRead: true },
    { path: 'docs/posts/use.md', isRead: false },
    { path: 'docs/blog/use.md', isRead: false },
    { path: 'docs/pre_and_post_steps.md', isRead: true },
  ])('on the pages of a version, and what was posted once: $path', ({ path, isRead }) => {
    expect(isDocumentation(path)).toBe(isRead);
  });
});

it('an inherited member does not become what its class has had under the new name', async () => {
  const code = (name: string): string =>
    `class Account:\n    def ${name}(self, amount):\n        value = amount * 2\n        return round(value, 2)\n\n\nclass Savings(Account):\n    def run_it(self, amount):\n        return amount\n`;
  const page = 'See `acme.money.Savings.go_it`.\n';
  const story = {
    base: {
      'src/acme/__init__.py': '',
      'src/acme/money.py': code('go_it'),
      'docs/page.md': page,
    },
    change: { 'src/acme/money.py': code('run_it') },
  };
  expect((await mended(renamedSymbol, story))[0]).toBe(page);
});

describe('a renamed value gets its new name', () => {
  const code = (name: string): string =>
    `class Rules:\n    ${name} = table(3, unit="EUR", at="noon", by="day")\n\n\n${name.toUpperCase()}_OF_ALL = sums([4, 5, 6], of="CHF", to="dusk")\n\n\ndef within(amount):\n    return amount < Rules.${name}.most\n\n\ndef all_within(sums):\n    return sum(sums) < ${name.toUpperCase()}_OF_ALL.most\n`;
  const story = (page: string) => ({
    base: {
      'src/acme/__init__.py': '',
      'src/acme/money.py': code('limit'),
      'docs/page.md': page,
    },
    change: { 'src/acme/money.py': code('bound') },
  });

  it('with all that stands behind it, and as a constant by its letters', async () => {
    const page =
      'See `Rules.limit.most`, `acme.money.Rules.limit.most(3)` and `LIMIT_OF_ALL`.\n\n```python\nfrom acme.money import LIMIT_OF_ALL, Rules\n\nRules.limit.most\nLIMIT_OF_ALL.most\n```\n';
    const after = page.replaceAll('limit', 'bound').replaceAll('LIMIT', 'BOUND');
    expect(await mended(renamedSymbol, story(page))).toEqual([after]);
  });

  it('and not where an example on the page has a value of its own by that name', async () => {
    const page = 'Our `LIMIT_OF_ALL` is:\n\n```python\nLIMIT_OF_ALL = 3\n```\n';
    expect(await mended(renamedSymbol, story(page))).toEqual([
      page,
      'refused: acme.money.LIMIT_OF_ALL became acme.money.BOUND_OF_ALL, but an example on the page gives LIMIT_OF_ALL a meaning of its own',
    ]);
  });
});

it('what a package took from its module of the same name leads elsewhere than to that module', async () => {
  const init = (name: string): string => `from .convert import ${name}\n`;
  const code = (name: string): string =>
    `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
  const page = 'See `acme.convert(1)`, and `import acme.convert`.\n';
  const story = {
    base: {
      'src/acme/__init__.py': init('convert'),
      'src/acme/convert.py': code('convert'),
      'docs/page.md': page,
    },
    change: { 'src/acme/__init__.py': init('exchange'), 'src/acme/convert.py': code('exchange') },
  };
  expect(await mended(renamedSymbol, story)).toEqual([page.replace('convert(', 'exchange(')]);
});

it('a docstring that tells of what is generated is none that is made', async () => {
  const story = (name: string): string =>
    `"""The bills, as generated by the shop.\n\nSee :func:\`convert\`.\n"""\n\n\ndef ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
  const file = 'src/acme/page.py';
  const base = { 'src/acme/__init__.py': '', [file]: story('convert') };
  expect(await mended(renamedSymbol, { base, change: { [file]: story('exchange') } })).toEqual([
    story('exchange').replace(':`convert`', ':`exchange`'),
  ]);
});

describe('where a page gives the name another meaning, too, nothing is edited', () => {
  const block = (...lines: readonly string[]): string =>
    `\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`;

  it.each([
    {
      what: 'a function in the function that uses it',
      page: block(
        'from acme.money import convert_all',
        'def load():',
        '    def convert_all(x):',
        '        return x',
        'convert_all(5)',
      ),
    },
    {
      what: 'another package, where this one is not there',
      page: block(
        'try:',
        '    from other import convert_all',
        'except ImportError:',
        '    from acme.money import convert_all',
        'convert_all(5)',
      ),
    },
    {
      what: 'a function that an example defines',
      page: `${block('def convert_all(x):', '    return x')}\nThen \`convert_all(4)\` is yours.\n`,
    },
    {
      what: 'another package, in a later example',
      page: block('convert_all(5)') + block('from other import convert_all', 'import acme.money'),
    },
  ])('$what', async ({ page }) => {
    const [after, ...refused] = await mended(renamedSymbol, renaming(page, 'convert_all'));
    expect(after).toBe(page);
    expect(refused.every((why) => /a meaning of its own|another meaning/.test(why))).toBe(true);
    expect(refused).not.toEqual([]);
  });
});
