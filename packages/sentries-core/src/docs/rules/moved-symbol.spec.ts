import { loadGrammars } from '../docs.fixture';
import { movedSymbol } from './moved-symbol';
import { mended, moving } from './rules.fixture';

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
