import { loadGrammars } from '../docs.fixture';
import { removedParameter } from './removed-parameter';
import { mended, resigning } from './rules.fixture';

beforeAll(loadGrammars);

const OLD = 'def convert(amount, unit="EUR", places=2):\n    value = amount';
const NOW = 'def convert(amount, places=2):\n    value = amount';

const told = (page: string, format = 'md', now = NOW): Promise<string[]> =>
  mended(removedParameter, resigning(OLD, now, page, format));

describe('a removed parameter goes', () => {
  it.each<{ what: string; page: string; after: string; format?: string }>([
    {
      what: 'from a signature, and with its fields and all lines of them',
      page: '.. function:: acme.money.convert(amount, unit="EUR", places=2)\n\n   :param amount: How much.\n   :param unit: Of what,\n      and why.\n   :type unit: str\n   :param places: To what.\n',
      after:
        '.. function:: acme.money.convert(amount, places=2)\n\n   :param amount: How much.\n   :param places: To what.\n',
      format: 'rst',
    },
    {
      what: 'with its row',
      page: '## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `amount` | |\n| `unit` | `"EUR"` |\n',
      after: '## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `amount` | |\n',
    },
    {
      what: 'with its item',
      page: '## `acme.money.convert`\n\n### Parameters\n\n- `amount`: how much\n- **`unit`**: of what,\n  and why\n\n  (in capitals)\n- `places`: to what\n',
      after:
        '## `acme.money.convert`\n\n### Parameters\n\n- `amount`: how much\n- `places`: to what\n',
    },
    {
      what: 'with its item, the last of a loose list',
      page: '## `acme.money.convert`\n\n### Parameters\n\n- `amount`: how much\n\n- `unit`: of what\n\nThat is all.\n',
      after: '## `acme.money.convert`\n\n### Parameters\n\n- `amount`: how much\n\nThat is all.\n',
    },
    {
      what: 'from inline code that is its signature',
      page: 'It is `acme.money.convert(amount, unit="EUR", places=2)`.\n',
      after: 'It is `acme.money.convert(amount, places=2)`.\n',
    },
  ])('$what', async ({ page, after, format }) => {
    expect(await told(page, format)).toEqual([after]);
  });

  it('with others before and behind it', async () => {
    const page = '.. function:: acme.money.convert(amount, unit="EUR", places=2)\n';
    const all = await told(page, 'rst', 'def convert():\n    value = 1');
    expect(all).toEqual(['.. function:: acme.money.convert()\n']);
    const last = await told(page, 'rst', 'def convert(places=2):\n    value = 1');
    expect(last).toEqual(['.. function:: acme.money.convert(places=2)\n']);
  });
});

describe('a removed parameter is told of', () => {
  it.each<{ what: string; page: string; why: string; format?: string; now?: string }>([
    {
      what: 'in a call',
      page: 'Use `acme.money.convert(1, unit="USD")`.\n',
      why: 'it does not stand in a signature',
    },
    {
      what: 'in an example',
      page: '```python\nimport acme.money\nacme.money.convert(1, unit="USD")\n```\n',
      why: 'what the example means without it is not told',
    },
    {
      what: 'that is the only one of its table',
      page: '## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `unit` | `"EUR"` |\n',
      why: 'it is the only one that is told there',
    },
    {
      what: 'with a list of its own',
      page: '## `acme.money.convert`\n\n### Parameters\n\n- `amount`: how much\n- `unit`: one of\n  - `EUR`\n',
      why: 'its entry holds a list of its own',
    },
    {
      what: 'whose text goes on without an indent',
      page: '## `acme.money.convert`\n\n### Parameters\n\n- `amount`: how much\n- `unit`: of what,\nand why\n',
      why: 'its text goes on behind its entry',
    },
    {
      what: 'that the code still gives',
      page: '.. function:: acme.money.convert(amount, unit="EUR", places=2)\n',
      why: 'src/acme/money.py:6 still gives it',
      format: 'rst',
      now: `${NOW}\n\n\ndef double(amount):\n    return convert(amount * 2, unit="USD")`,
    },
    {
      what: 'that leaves a star alone',
      page: '.. function:: acme.money.convert(amount, *, unit="EUR")\n',
      why: '`*` or `/` would stand alone',
      format: 'rst',
    },
  ])('$what', async ({ page, why, format, now }) => {
    expect(await told(page, format, now)).toEqual([page, expect.stringContaining(why)]);
  });
});
