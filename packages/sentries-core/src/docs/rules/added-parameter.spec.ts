import { loadGrammars } from '../docs.fixture';
import { addedParameter } from './added-parameter';
import { mended, resigning } from './rules.fixture';

beforeAll(loadGrammars);

const OLD = 'def convert(amount, unit="EUR"):\n    value = amount';

describe('a new parameter is told in a signature that was complete', () => {
  it.each<{ what: string; now: string; page: string; after: string; format?: string }>([
    {
      what: 'at its end, with its default',
      now: 'amount, unit="EUR", places=2',
      page: ".. function:: acme.money.convert(amount, unit='EUR')\n\n   Converts.\n",
      after: ".. function:: acme.money.convert(amount, unit='EUR', places=2)\n\n   Converts.\n",
    },
    {
      what: 'at its place, with what it needs',
      now: 'factor, amount, *, unit="EUR"',
      page: '.. function:: acme.money.convert(amount, unit="EUR")\n',
      after: '.. function:: acme.money.convert(factor, amount, *, unit="EUR")\n',
    },
    {
      what: 'in the heading that is its signature',
      now: 'amount, unit="EUR", **more',
      page: '## `acme.money.convert(amount, unit="EUR")`\n\nConverts.\n',
      after: '## `acme.money.convert(amount, unit="EUR", **more)`\n\nConverts.\n',
      format: 'md',
    },
  ])('$what', async ({ now, page, after, format = 'rst' }) => {
    const story = resigning(OLD, `def convert(${now}):\n    value = 1`, page, format);
    expect(await mended(addedParameter, story)).toEqual([after]);
  });
});

describe('a signature is left', () => {
  it.each<{ what: string; page: string; now?: string; format?: string }>([
    { what: 'that told less than all before', page: '.. function:: acme.money.convert(amount)\n' },
    {
      what: 'that tells of another default',
      page: '.. function:: acme.money.convert(amount, unit="USD")\n',
    },
    {
      what: 'that has a second line for the new parameters',
      page: '.. function:: acme.money.convert(amount, unit="EUR")\n              acme.money.convert(amount, unit="EUR", places=2)\n',
    },
    {
      what: 'whose other parameters changed, too',
      page: '.. function:: acme.money.convert(amount, unit="EUR")\n',
      now: 'amount, currency, places=2',
    },
    {
      what: 'that is a call in a sentence',
      page: 'Call `acme.money.convert(amount, unit="EUR")`.\n',
      format: 'md',
    },
  ])('$what', async ({ page, now = 'amount, unit="EUR", places=2', format = 'rst' }) => {
    const story = resigning(OLD, `def convert(${now}):\n    value = 1`, page, format);
    expect(await mended(addedParameter, story)).toEqual([page]);
  });
});

it('a signature with types is told of', async () => {
  const page = '.. function:: acme.money.convert(amount: int, unit: str = "EUR")\n';
  const now = 'def convert(amount, unit="EUR", places=2):\n    value = 1';
  expect(await mended(addedParameter, resigning(OLD, now, page, 'rst'))).toEqual([
    page,
    'refused: acme.money.convert takes places=2 now, and its signature tells types, too',
  ]);
});

it.each(['Using `acme.money.convert(amount)` well', '`acme.money.convert(amount)` without places'])(
  'a heading that says something of a call is no signature: %s',
  async (heading) => {
    const page = `## ${heading}\n`;
    const story = resigning('def convert(amount):', 'def convert(amount, places=2):', page);
    expect((await mended(addedParameter, story))[0]).toBe(page);
  },
);
