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

it('a module that an example uses by its name alone has one edit in its import', async () => {
  const page = '```python\nfrom acme import rates\n\nr = rates\nrates.rate("EUR")\n```\n';
  expect(await mended(movedSymbol, moving(page))).toEqual([page.replaceAll('rates', 'tables')]);
});

it('what imports a module under its own name still calls it so', async () => {
  const page = '```python\nimport acme.rates as rates\n\nrates.rate("EUR")\n```\n';
  const [after, ...refused] = await mended(movedSymbol, moving(page));
  expect(after).toBe(page.replace('acme.rates', 'acme.tables'));
  expect(refused).toEqual([expect.stringMatching(/imports it as rates$/)]);
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

  it.each([
    {
      what: 'beside those that did not',
      before: 'from acme.rates import rate, other',
      after: 'from acme.rates import other\nfrom acme.tables import rate',
    },
    {
      what: 'under another name, in a session',
      before: '>>> from acme.rates import other, rate as r',
      after: '>>> from acme.rates import other\n>>> from acme.tables import rate as r',
    },
  ])('gets an import of its own $what', async ({ before, after }) => {
    const page = (lines: string): string => `\`\`\`python\n${lines}\n\`\`\`\n`;
    expect(await mended(movedSymbol, leaving(page(before)))).toEqual([page(after)]);
  });

  it.each([
    { what: 'goes on', line: 'from acme.rates import rate, other; other(1)' },
    { what: 'has a comment', line: 'from acme.rates import rate, other  # both' },
    { what: 'stands behind something', line: 'if True: from acme.rates import rate, other' },
    { what: 'stands in parentheses', line: 'from acme.rates import (rate, other)' },
  ])('keeps an import that others share, and that $what', async ({ line }) => {
    const page = `\`\`\`python\n${line}\n\`\`\`\n`;
    const [after, ...refused] = await mended(movedSymbol, leaving(page));
    expect(after).toBe(page);
    expect(refused[0]).toContain('it shares its import with other');
  });

  it('keeps its import where nobody knows where another one is', async () => {
    const page = '```python\nfrom acme.rates import rate, lost\n```\n';
    expect(await mended(movedSymbol, leaving(page))).toEqual([
      page,
      'refused: it shares its import with lost, of which the change does not tell where it is',
    ]);
  });
});

describe('a function that moved alone, and is used through its module', () => {
  const page = (...lines: string[]): string => `\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`;

  it('is used through its new module, which the example imports', async () => {
    const before = page(
      'from acme import rates',
      '',
      'rates.rate("EUR", 1)',
      'rates.rate("USD", 1)',
    );
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      before.replaceAll('rates', 'tables'),
    ]);
  });

  it('leaves the old module to what else it is used for', async () => {
    const before = page('>>> from acme import rates', '>>> rates.rate("EUR", rates.other(1))');
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      page('>>> from acme import rates, tables', '>>> tables.rate("EUR", rates.other(1))'),
    ]);
  });

  it('which serves later examples, too', async () => {
    const later = page('from acme import rates', 'rates.rate("EUR", 1)') + page('rates.rate(2, 3)');
    expect(await mended(movedSymbol, leaving(later))).toEqual([
      later.replaceAll('rates', 'tables'),
    ]);
    const first = page('from acme import rates') + page('rates.rate(2, 3)');
    expect(await mended(movedSymbol, leaving(first))).toEqual([
      first.replaceAll('rates', 'tables'),
    ]);
    const other = page('from acme import rates', 'rates.rate("EUR", 1)') + page('rates.other(2)');
    expect(await mended(movedSymbol, leaving(other))).toEqual([
      other.replace('import rates', 'import rates, tables').replace('rates.rate', 'tables.rate'),
    ]);
  });

  it.each([
    {
      what: 'its module is imported by its whole name',
      lines: ['import acme.rates', 'acme.rates.rate(1, 2)'],
    },
    { what: 'its import goes on below', lines: ['from acme.rates import rate, \\', '    other'] },
    { what: 'its import is open', lines: ['from acme.rates import (rate,', '    other)'] },
  ])('is told of where $what', async ({ lines }) => {
    const before = page(...lines);
    const [after, ...refused] = await mended(movedSymbol, leaving(before));
    expect(after).toBe(before);
    expect(refused).toHaveLength(1);
  });

  it.each([
    { what: 'has another thing of the new name', lines: ['from acme import rates', 'tables = 1'] },
    { what: 'imports it in parentheses', lines: ['from acme import (rates)'] },
    { what: 'imports it twice', lines: ['from acme import rates', 'from acme import rates'] },
  ])('keeps the imports of an example that $what', async ({ lines }) => {
    const [after] = await mended(movedSymbol, leaving(page(...lines, 'rates.rate("EUR", 1)')));
    expect(after).toContain(lines.join('\n'));
  });
});
