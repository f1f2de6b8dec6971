import { loadGrammars } from '../docs.fixture';
import { changedException } from './changed-exception';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

/** A function that raises these in its lines; `AmountError` and `SmallError`, a kind of it, are the project's own. */
const raising = (...raised: readonly string[]): string =>
  `class AmountError(Exception):\n    pass\n\n\nclass SmallError(AmountError):\n    pass\n\n\ndef convert(amount):\n${raised
    .map((one, at) => `    if amount < ${at}:\n        raise ${one}\n`)
    .join('')}    return amount\n`;

const story = (old: string[], now: string[], page: string): DocStory => ({
  base: {
    'src/acme/__init__.py': '',
    'src/acme/money.py': raising(...old),
    'docs/page.rst': page,
  },
  change: { 'src/acme/money.py': raising(...now) },
});

const page = (name: string): string =>
  `.. function:: acme.money.convert(amount)\n\n   :raises ${name}: Below zero.\n`;

describe('what is raised instead is told', () => {
  it.each<{ what: string; old: string[]; now: string[]; was: string; is: string }>([
    {
      what: 'of builtins',
      old: ['ValueError("x")', 'KeyError'],
      now: ['TypeError("x")', 'KeyError'],
      was: 'ValueError',
      is: 'TypeError',
    },
    {
      what: 'of what is the project’s own',
      old: ['ValueError'],
      now: ['AmountError(amount)'],
      was: 'ValueError',
      is: 'AmountError',
    },
  ])('$what', async ({ old, now, was, is }) => {
    const mendedPage = await mended(changedException, story(old, now, page(was)));
    expect(mendedPage).toEqual([page(is)]);
  });
});

describe('what a page tells is left', () => {
  it.each<{ what: string; old: string[]; now: string[]; told: string }>([
    {
      what: 'where it is raised elsewhere still',
      old: ['ValueError', 'ValueError'],
      now: ['TypeError', 'ValueError'],
      told: 'ValueError',
    },
    {
      what: 'where it was not the one',
      old: ['ValueError', 'KeyError'],
      now: ['TypeError', 'KeyError'],
      told: 'KeyError',
    },
    { what: 'where nothing came for it', old: ['ValueError'], now: [], told: 'ValueError' },
    {
      what: 'where a kind of it came',
      old: ['LookupError'],
      now: ['KeyError'],
      told: 'LookupError',
    },
    {
      what: 'where a kind of it came, of the project’s own',
      old: ['AmountError'],
      now: ['SmallError'],
      told: 'AmountError',
    },
    {
      what: 'where two were exchanged',
      old: ['ValueError', 'KeyError'],
      now: ['TypeError', 'IndexError'],
      told: 'ValueError',
    },
    {
      what: 'where what came is told, too',
      old: ['ValueError'],
      now: ['TypeError'],
      told: 'TypeError, ValueError',
    },
  ])('$what', async ({ old, now, told }) => {
    expect(await mended(changedException, story(old, now, page(told)))).toEqual([page(told)]);
  });
});

it('what is raised in another case is left', async () => {
  const { base } = story(['ValueError'], [], page('ValueError'));
  const now = `${raising()}    if not amount:\n        raise TypeError\n`;
  const told = await mended(changedException, { base, change: { 'src/acme/money.py': now } });
  expect(told).toEqual([page('ValueError')]);
});

it('what another package raises is told of', async () => {
  const told = page('ValueError');
  expect(await mended(changedException, story(['ValueError'], ['http.Fault'], told))).toEqual([
    told,
    "refused: acme.money.convert raises http.Fault instead of ValueError, which is not the project's own",
  ]);
});

describe('what a function calls may raise it still', () => {
  const code = (error: string, rest: string, call: string): string =>
    `${rest}\n\n\ndef convert(amount):\n    if amount == 0:\n        raise ${error}(amount)\n    return ${call}(amount)\n`;
  it.each<{ what: string; rest: string; call: string }>([
    {
      what: 'a function of the project',
      rest: 'def check(amount):\n    if amount < 0:\n        raise ValueError(amount)\n    return amount',
      call: 'check',
    },
    {
      what: 'what such a function calls',
      rest: 'def low(amount):\n    raise ValueError(amount)\n\n\ndef check(amount):\n    return low(amount)',
      call: 'check',
    },
    {
      what: 'a constructor',
      rest: 'class Amount:\n    def __init__(self, amount):\n        raise ValueError(amount)',
      call: 'Amount',
    },
    { what: 'Python', rest: 'RATE = 2', call: 'int' },
  ])('$what', async ({ rest, call }) => {
    const story: DocStory = {
      base: {
        'src/acme/__init__.py': '',
        'src/acme/money.py': code('ValueError', rest, call),
        'docs/page.rst': page('ValueError'),
      },
      change: { 'src/acme/money.py': code('KeyError', rest, call) },
    };
    expect(await mended(changedException, story)).toEqual([page('ValueError')]);
  });
});
