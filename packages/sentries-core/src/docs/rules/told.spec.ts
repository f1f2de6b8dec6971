import { loadGrammars } from '../docs.fixture';
import { movedFile } from './moved-file';
import { renamedParameter } from './renamed-parameter';
import { renamedSetting } from './renamed-setting';
import { renamedSymbol } from './renamed-symbol';
import { mended, renaming, resigning, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

describe('what head alone can not tell to be gone, the change itself shows', () => {
  it('a name that stands as a text in the code as well', async () => {
    const page = 'Use `acme.money.convert`.\n';
    const { base, change } = renaming(page);
    const texts = { 'src/acme/hooks.py': 'HOOKS = ["convert"]\n' };
    const story: DocStory = { base: { ...base, ...texts }, change };
    expect(await mended(renamedSymbol, story)).toEqual(['Use `acme.money.exchange`.\n']);
  });

  it('a name of a module that makes names of its own', async () => {
    const page = 'Use `acme.money.convert`.\n';
    const { base, change } = renaming(page);
    const dynamic = (text: string | null | undefined): string =>
      `${text}\n\ndef all_names():\n    return globals()\n`;
    const story: DocStory = {
      base: { ...base, 'src/acme/money.py': dynamic(base['src/acme/money.py']) },
      change: { 'src/acme/money.py': dynamic(change['src/acme/money.py']) },
    };
    expect(await mended(renamedSymbol, story)).toEqual(['Use `acme.money.exchange`.\n']);
  });

  it('a name that such a module may still have is left alone, where the change shows no new one', async () => {
    const page = 'Use `acme.money.convert`.\n';
    const { base } = renaming(page);
    const dynamic = 'def all_names():\n    return globals()\n';
    const story: DocStory = {
      base: { ...base, 'src/acme/money.py': `${base['src/acme/money.py']}\n\n${dynamic}` },
      change: { 'src/acme/money.py': dynamic },
    };
    expect(await mended(renamedSymbol, story)).toEqual([page]);
  });

  it('a parameter of a class that has an attribute of its old name', async () => {
    const make = (name: string): string =>
      `class Range:\n    def __init__(self, low, ${name}=1):\n        self.top = ${name}\n        self.limit = 3\n\n    def scale(self):\n        return [${name} for ${name} in (self.top, self.limit)]`;
    const page =
      '.. class:: acme.money.Range(low, limit=1)\n\n   :param low: From.\n   :param limit: To.\n';
    const story = resigning(make('limit'), make('bound'), page, 'rst');
    expect(await mended(renamedParameter, story)).toEqual([page.replaceAll('limit', 'bound')]);
  });
});

it('what became private is told of, and not named', async () => {
  const page = 'Use `acme.money.convert`.\n';
  const { base } = renaming(page);
  const text = base['src/acme/money.py']!.replace('convert', '_exchange');
  const [after, refused] = await mended(renamedSymbol, {
    base,
    change: { 'src/acme/money.py': text },
  });
  expect(after).toBe(page);
  expect(refused).toContain('which is private');
});

it('a member that a class inherits has its new name in all of them', async () => {
  const make = (name: string): string =>
    `class Base:\n    def ${name}(self, path):\n        return [path, self.${name}]\n\n\nclass Own(Base):\n    pass\n`;
  const page = 'Use `acme.money.Own.route()` or `acme.money.Base.route`.\n';
  const { base } = renaming(page);
  const story: DocStory = {
    base: { ...base, 'src/acme/money.py': make('route') },
    change: { 'src/acme/money.py': make('lead_to') },
  };
  expect(await mended(renamedSymbol, story)).toEqual([page.replaceAll('route', 'lead_to')]);
});

describe('every use in an example follows its import', () => {
  it.each<{ what: string; code: string }>([
    { what: 'a decorator', code: '@convert\ndef own(): ...' },
    { what: 'an argument', code: 'print(map(convert, [1]))' },
    { what: 'a base', code: 'class Own(convert): ...' },
  ])('$what', async ({ code }) => {
    const page = `\`\`\`python\nfrom acme.money import convert\n\n${code}\n\`\`\`\n`;
    expect(await mended(renamedSymbol, renaming(page))).toEqual([
      page.replaceAll('convert', 'exchange'),
    ]);
  });

  it('one that the example gives a meaning of its own does not', async () => {
    const page =
      '```python\nimport acme.money\n\nconvert = 3\nprint(convert)\n\nacme.money.convert(1, 2)\n```\n';
    expect(await mended(renamedSymbol, renaming(page))).toEqual([
      page.replace('money.convert(', 'money.exchange('),
    ]);
  });

  it('one that shows what fails is stale like any other', async () => {
    const page =
      'This raises an error:\n\n```python\nfrom acme.money import convert\n\nconvert(None, 1)\n```\n';
    expect(await mended(renamedSymbol, renaming(page))).toEqual([
      page.replaceAll('convert', 'exchange'),
    ]);
  });
});

describe('words in the prose of docs', () => {
  it('that are a parameter of what they are the docs of', async () => {
    const page =
      '.. function:: acme.money.convert(amount, unit)\n\n   Where ``unit`` is empty, ``amount`` is.\n';
    const story = resigning(
      'def convert(amount, unit):\n    value = f"{amount} {unit}"',
      'def convert(amount, currency):\n    value = f"{amount} {currency}"',
      page,
      'rst',
    );
    expect(await mended(renamedParameter, story)).toEqual([page.replaceAll('unit', 'currency')]);
  });

  it('that are a variable of the environment', async () => {
    const code = (name: string): string => `import os\n\nUNIT = os.environ.get("${name}", "")\n`;
    const page = 'Set `ACME_UNIT` or `OTHER_UNIT`.\n';
    const story: DocStory = {
      base: { 'src/acme/__init__.py': code('ACME_UNIT'), 'docs/page.md': page },
      change: { 'src/acme/__init__.py': code('ACME_CURRENCY') },
    };
    expect(await mended(renamedSetting, story)).toEqual([
      page.replace('ACME_UNIT', 'ACME_CURRENCY'),
    ]);
  });
});

describe('links of a page that moved, and to one', () => {
  const OTHER = 'Other\n=====\n';
  const at = (page: string, now: string): DocStory => ({
    base: {
      'docs/conf.py': '',
      'docs/other.rst': OTHER,
      'docs/more/page.rst': page,
    },
    change: { 'docs/more/page.rst': null, 'docs/page.rst': now },
    moved: { 'docs/more/page.rst': 'docs/page.rst' },
  });

  it('its own go from where it is now', async () => {
    const page = 'See :doc:`../other` and :doc:`/other`.\n\n.. include:: ../other.rst\n';
    expect(await mended(movedFile, at(page, page))).toEqual([
      'See :doc:`other` and :doc:`/other`.\n\n.. include:: other.rst\n',
    ]);
  });

  it('a table of contents lists it under its new name', async () => {
    const page =
      '.. toctree::\n   :maxdepth: 2\n\n   other\n   The other one <other>\n   genindex\n   https://example.com/other\n';
    const story: DocStory = {
      base: { 'docs/conf.py': '', 'docs/other.rst': OTHER, 'docs/page.rst': page },
      change: { 'docs/other.rst': null, 'docs/more/other.rst': OTHER },
      moved: { 'docs/other.rst': 'docs/more/other.rst' },
    };
    expect(await mended(movedFile, story)).toEqual([
      page.replace('   other\n', '   more/other\n').replace('<other>', '<more/other>'),
    ]);
  });
});
