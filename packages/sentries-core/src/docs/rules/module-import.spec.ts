import { loadGrammars } from '../docs.fixture';
import { movedSymbol } from './moved-symbol';
import { leaving, mended, moving } from './rules.fixture';

beforeAll(loadGrammars);

const page = (...lines: string[]): string => `\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`;

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

describe('a function that moved alone, and is used through its module', () => {
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
    {
      what: 'its module is one of several that are imported by their whole names',
      lines: ['import os, acme.rates', 'acme.rates.rate(1, 2)'],
    },
    {
      what: 'a comment alone speaks of an import of its new module',
      lines: ['import acme.rates', '# import acme.tables', 'acme.rates.rate(1, 2)'],
    },
    {
      what: 'its import says under which name it is known',
      lines: ['from acme import (', '    rates as rates,', ')', 'rates.rate(1, 2)'],
    },
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

  it('needs no other import where the example imports both modules by their whole names', async () => {
    const before = page('import acme.rates, acme.tables', 'acme.rates.rate(1, 2)');
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      before.replace('acme.rates.rate', 'acme.tables.rate'),
    ]);
  });
});
