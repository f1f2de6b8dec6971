import { loadGrammars } from '../docs.fixture';
import { movedSymbol } from './moved-symbol';
import { mended, moving, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

describe('a moved module is found where it is now', () => {
  it.each<{ what: string; page: string; format?: string }>([
    { what: 'as a dotted name', page: 'See `acme.rates.rate`.\n' },
    {
      what: 'in an import',
      page: '```python\nfrom acme.rates import TABLE, rate\n\nrate(TABLE)\n```\n',
    },
    {
      what: 'under another name',
      page: '```python\nimport acme.rates as r\n\nr.rate("EUR")\n```\n',
    },
    { what: 'in a directive', page: '.. automodule:: acme.rates\n   :members:\n', format: 'rst' },
    { what: 'in a role', page: ':mod:`acme.rates`, :func:`acme.rates.rate`\n', format: 'rst' },
  ])('$what', async ({ page, format }) => {
    expect(await mended(movedSymbol, moving(page, format))).toEqual([
      page.replaceAll('acme.rates', 'acme.tables'),
    ]);
  });
});

/** `rate` leaves `acme.rates` for `acme.tables`, and `other` stays. */
const leaving = (page: string): DocStory => {
  const rate = 'def rate(unit, day):\n    return {"EUR": day}[unit] * 2\n';
  const other = 'def other(amount):\n    return amount + 1\n';
  return {
    base: {
      'src/acme/__init__.py': '',
      'src/acme/rates.py': `${rate}\n\n${other}`,
      'src/acme/tables.py': '',
      'docs/page.md': page,
    },
    change: { 'src/acme/rates.py': other, 'src/acme/tables.py': rate },
  };
};

describe('a function that moved alone', () => {
  it('is imported from its new module', async () => {
    const page = '```python\nfrom acme.rates import rate\n\nrate("EUR", 1)\n```\n';
    expect(await mended(movedSymbol, leaving(page))).toEqual([
      page.replace('acme.rates', 'acme.tables'),
    ]);
  });

  it('keeps its import where others that did not move share it', async () => {
    const page = '```python\nfrom acme.rates import rate, other\n\nrate("EUR", 1)\n```\n';
    expect(await mended(movedSymbol, leaving(page))).toEqual([
      page,
      'refused: it shares its import with other, which did not move to acme.tables',
    ]);
  });
});
