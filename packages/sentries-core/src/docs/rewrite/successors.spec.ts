import { loadGrammars } from '../docs.fixture';
import { sensed, type DocStory } from '../rules/rules.fixture';
import { successorsOf } from './successors';

beforeAll(loadGrammars);

const INIT = { 'src/acme/__init__.py': '' };
const func = (name: string, body = 'return amount'): string =>
  `def ${name}(amount):\n    ${body}\n`;
const call = (name: string, given = 'amount'): string =>
  `from acme import money\n\n\ndef bill(amount):\n    return money.${name}(${given})\n`;

/** `alpha` goes, and `gamma` and `delta` come. */
const removal = (change: DocStory['change'], base: DocStory['base'] = {}): DocStory => ({
  base: {
    ...INIT,
    'src/acme/money.py': `${func('alpha')}\n\n${func('beta')}`,
    'docs/page.md': 'Use `acme.money.alpha`.\n',
    ...base,
  },
  change: {
    'src/acme/money.py': `${func('beta')}\n\n${func('gamma', 'raise ValueError(amount)')}\n\n${func('delta', 'yield amount')}`,
    ...change,
  },
});

/** What the first stale place of a page may become. */
async function shown(story: DocStory): Promise<string[]> {
  const { stale, context } = await sensed(story);
  const { names, isGone } = successorsOf(stale[0]!, context);
  return [...names.keys(), ...(isGone ? ['gone'] : [])];
}

describe('in the place of a name, the change shows', () => {
  it.each<{ what: string; story: DocStory; is: string[] }>([
    { what: 'nothing, where it only adds others', story: removal({}), is: ['gone'] },
    {
      what: 'what a line uses in its place',
      story: removal({ 'src/acme/bill.py': call('delta') }, { 'src/acme/bill.py': call('alpha') }),
      is: ['acme.money.delta'],
    },
    {
      what: 'nothing that another line contradicts',
      story: removal(
        { 'src/acme/bill.py': call('delta'), 'src/acme/pay.py': call('gamma') },
        { 'src/acme/bill.py': call('alpha'), 'src/acme/pay.py': call('alpha') },
      ),
      is: [],
    },
    {
      what: 'nothing, where more of the line changed: which name stands for which is a guess',
      story: removal(
        { 'src/acme/bill.py': 'from acme.money import gamma, delta\n' },
        { 'src/acme/bill.py': 'from acme.money import alpha, beta\n' },
      ),
      is: ['gone'],
    },
    {
      what: 'what a changelog says',
      story: removal(
        { 'CHANGELOG.md': '# 2\n\n- `alpha` is `gamma` now.\n' },
        { 'CHANGELOG.md': '# 2\n\n' },
      ),
      is: ['acme.money.gamma'],
    },
    {
      what: 'nothing by a changelog that only tells of both',
      story: removal(
        { 'CHANGELOG.md': '# 2\n\n- Adds `gamma`.\n- Removes `alpha`.\n' },
        { 'CHANGELOG.md': '# 2\n\n' },
      ),
      is: ['gone'],
    },
  ])('$what', async ({ story, is }) => expect(await shown(story)).toEqual(is));
});

it('a parameter that made way for another is not taken for it', async () => {
  const story = {
    base: {
      ...INIT,
      'src/acme/money.py': 'def rate(unit, day=0):\n    return unit\n',
      'docs/page.md': '```python\nfrom acme.money import rate\n\nrate("EUR", day=1)\n```\n',
    },
    change: { 'src/acme/money.py': 'def rate(unit, strict=0):\n    return unit, strict\n' },
  };
  expect(await shown(story)).toEqual([]);
});

it('an option that went is not the one that came', async () => {
  const cli = (first: string, last: string): string =>
    `import argparse\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n${first}    parser.add_argument("--name")\n${last}    return parser\n`;
  const option = (name: string): string =>
    `    parser.add_argument("${name}", action="store_true")\n`;
  const story = {
    base: {
      ...INIT,
      'src/acme/cli.py': cli(option('--verbose'), ''),
      'docs/page.md': 'Say `--verbose`.\n',
    },
    change: { 'src/acme/cli.py': cli('', option('--color')) },
  };
  expect(await shown(story)).toEqual([]);
});
