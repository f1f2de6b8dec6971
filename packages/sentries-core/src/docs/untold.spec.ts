import { readCode, readReferences } from './check';
import { loadGrammars, treeOf } from './docs.fixture';
import { untold } from './untold';

beforeAll(loadGrammars);

type Texts = Readonly<Record<string, string>>;

/** What is said of a change of a module of one package, of its docstrings and of these pages. */
async function told(old: string, now: string, pages: Texts = {}): Promise<string[]> {
  const project = (text: string): Texts => ({
    'src/acme/__init__.py': '',
    'src/acme/money.py': text,
    ...pages,
  });
  const [base, head] = [await readCode(treeOf(project(old))), await readCode(treeOf(project(now)))];
  const { references } = await readReferences(treeOf(project(now)), head);
  return untold(references, base, head).map(({ file, line, says }) => `${file}:${line} ${says}`);
}

const convert = (parameters: string, args = ['amount', 'unit']): string =>
  `def convert(${parameters}):\n    """Converts.\n\n    Args:\n${args
    .map((one) => `        ${one}: It.\n`)
    .join('')}    """\n`;

describe('a new parameter is worth a look', () => {
  it('where a docstring tells all the others', async () => {
    expect(
      await told(convert('amount, unit, **more'), convert('amount, unit, places=2, **more')),
    ).toEqual([
      'src/acme/money.py:6 acme.money.convert takes places now; here its other parameters are told',
    ]);
  });

  it('where a table does', async () => {
    const page =
      '## `acme.money.convert`\n\n| Parameter | Type |\n| --- | --- |\n| `amount` | int |\n';
    const [old, now] = ['def convert(amount): pass\n', 'def convert(amount, unit): pass\n'];
    expect(await told(old, now, { 'docs/a.md': page })).toEqual([
      'docs/a.md:5 acme.money.convert takes unit now; here its other parameters are told',
    ]);
  });
});

describe('nothing is said of a new parameter', () => {
  it.each<{ what: string; old: string; now: string }>([
    {
      what: 'that is told',
      old: convert('amount', ['amount', 'unit']),
      now: convert('amount, unit', ['amount', 'unit']),
    },
    {
      what: 'beside others that are not told',
      old: convert('amount, unit', ['amount']),
      now: convert('amount, unit, places', ['amount']),
    },
    {
      what: 'that may be another one by a new name',
      old: convert('amount, unit'),
      now: convert('amount, currency'),
    },
    {
      what: 'of what is nobody else’s',
      old: convert('amount, unit').replace('convert', '_convert'),
      now: convert('amount, unit, places').replace('convert', '_convert'),
    },
    { what: 'that takes any', old: convert('amount, unit'), now: convert('amount, unit, **more') },
  ])('$what', async ({ old, now }) => {
    expect(await told(old, now)).toEqual([]);
  });
});

describe('a new function is worth a look where a page tells all the others of its module', () => {
  const module = (...names: string[]): string =>
    names.map((name) => `def ${name}():\n    pass\n`).join('\n\n');
  const page = (...names: string[]): Texts => ({
    'docs/api.rst': names.map((name) => `.. autofunction:: acme.money.${name}\n`).join('\n'),
  });
  const OLD = module('add', 'convert', 'split', '_own');

  it.each<{ what: string; now: string; pages: Texts; says: string[] }>([
    {
      what: 'and not that',
      now: module('add', 'convert', 'split', 'total', '_other'),
      pages: page('add', 'convert', 'split'),
      says: ['docs/api.rst:5 acme.money.total is new; here all others of acme.money are told'],
    },
    {
      what: 'but not where it is told elsewhere',
      now: module('add', 'convert', 'split', 'total'),
      pages: { ...page('add', 'convert', 'split'), 'docs/b.md': 'Use `acme.money.total()`.\n' },
      says: [],
    },
    {
      what: 'but not where some are not told',
      now: module('add', 'convert', 'split', 'total'),
      pages: page('add', 'convert'),
      says: [],
    },
    {
      what: 'but not where it may be another one by a new name',
      now: module('add', 'convert', 'total'),
      pages: page('add', 'convert', 'split'),
      says: [],
    },
    {
      what: 'but not where the module does not offer it',
      now: `__all__ = ["add", "convert", "split"]\n\n\n${module('add', 'convert', 'split', 'total')}`,
      pages: page('add', 'convert', 'split'),
      says: [],
    },
  ])('$what', async ({ now, pages, says }) => {
    expect(await told(OLD, now, pages)).toEqual(says);
  });
});
