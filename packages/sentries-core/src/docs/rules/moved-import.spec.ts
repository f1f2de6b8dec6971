import { loadGrammars } from '../docs.fixture';
import { movedSymbol } from './moved-symbol';
import { leaving, mended } from './rules.fixture';

beforeAll(loadGrammars);

const page = (...lines: string[]): string => `\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`;

describe('a function that moved alone', () => {
  it('is imported from its new module', async () => {
    const before = page('from acme.rates import rate', '', 'rate("EUR", 1)');
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      before.replace('acme.rates', 'acme.tables'),
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
    expect(await mended(movedSymbol, leaving(page(before)))).toEqual([page(after)]);
  });

  it.each([
    { what: 'goes on', line: 'from acme.rates import rate, other; other(1)' },
    { what: 'has a comment', line: 'from acme.rates import rate, other  # both' },
    { what: 'stands behind something', line: 'if True: from acme.rates import rate, other' },
    { what: 'stands in parentheses', line: 'from acme.rates import (rate, other)' },
  ])('keeps an import that others share, and that $what', async ({ line }) => {
    const before = page(line);
    const [after, ...refused] = await mended(movedSymbol, leaving(before));
    expect(after).toBe(before);
    expect(refused[0]).toContain('it shares its import with other');
  });

  it('keeps its import where nobody knows where another one is', async () => {
    const before = page('from acme.rates import rate, lost');
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      before,
      'refused: it shares its import with lost, of which the change does not tell where it is',
    ]);
  });

  it.each([
    {
      what: 'goes on below, behind a backslash',
      lines: ['from acme.rates import rate, \\', '    other'],
    },
    { what: 'leaves names out', lines: ['from acme.rates import rate, ...'] },
    { what: 'is open to the next line', lines: ['from acme.rates import (rate,', '    other)'] },
  ])('keeps an import that others share, and that $what', async ({ lines }) => {
    const before = page(...lines);
    const [after, ...refused] = await mended(movedSymbol, leaving(before));
    expect(after).toBe(before);
    expect(refused).toHaveLength(1);
  });

  it.each([
    { what: 'in parentheses', lines: ['from acme.rates import (rate)'] },
    { what: 'over several lines', lines: ['from acme.rates import (', '    rate as r,', ')'] },
    {
      what: 'over several lines of a session',
      lines: ['>>> from acme.rates import (', '...     rate,  # per day', '... )'],
    },
    { what: 'before something else', lines: ['from acme.rates import rate; rate(1, 2)'] },
    { what: 'with a comment', lines: ['from acme.rates import rate  # (per day)'] },
  ])('has its module replaced where it is imported alone, $what', async ({ lines }) => {
    const before = page(...lines);
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      before.replace('acme.rates', 'acme.tables'),
    ]);
  });

  it('has its module replaced in inline code', async () => {
    const before = 'Begin with `from acme.rates import rate`.\n';
    expect(await mended(movedSymbol, leaving(before))).toEqual([
      before.replace('acme.rates', 'acme.tables'),
    ]);
  });

  it('stays where inline code imports others with it', async () => {
    const before = 'Begin with `from acme.rates import rate, other`.\n';
    const [after, ...refused] = await mended(movedSymbol, leaving(before));
    expect(after).toBe(before);
    expect(refused[0]).toContain('it shares its import with other');
  });
});
