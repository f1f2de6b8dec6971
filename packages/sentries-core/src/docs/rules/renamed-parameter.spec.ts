import { loadGrammars } from '../docs.fixture';
import { renamedParameter } from './renamed-parameter';
import { mended, resigning, sensed } from './rules.fixture';

beforeAll(loadGrammars);

const OLD = 'def convert(amount, unit="EUR"):\n    value = f"{amount} {unit}"';
const NOW = 'def convert(amount, currency="EUR"):\n    value = f"{amount} {currency}"';

describe('a renamed parameter gets its new name', () => {
  it.each<{ what: string; page: string; format?: string }>([
    {
      what: 'in a signature, and its field',
      page: '.. function:: acme.money.convert(amount, unit="EUR")\n\n   :param unit: Of what.\n',
      format: 'rst',
    },
    { what: 'in a call by keyword', page: 'Use `acme.money.convert(1, unit="USD")`.\n' },
    {
      what: 'in a table',
      page: '## `acme.money.convert`\n\n| Parameter | Meaning |\n| --- | --- |\n| `amount` | how much |\n| `unit` | of what |\n',
    },
  ])('$what', async ({ page, format }) => {
    expect(await mended(renamedParameter, resigning(OLD, NOW, page, format))).toEqual([
      page.replaceAll('unit', 'currency'),
    ]);
  });
});

const CALL = 'Use `acme.money.convert(1, unit="USD")`.\n';

it('one that may have made way for another is left', async () => {
  const now = 'def convert(amount, places=2):\n    value = round(amount, places)';
  expect(await mended(renamedParameter, resigning(OLD, now, CALL))).toEqual([
    CALL,
    expect.stringContaining('nothing says whether unit of acme.money.convert was renamed'),
  ]);
});

describe('a parameter is left where the new one is told beside it', () => {
  it.each<{ what: string; page: string; format?: string }>([
    {
      what: 'in the same call',
      page: 'Use `acme.money.convert(1, unit="USD", currency="EUR")`.\n',
    },
    {
      what: 'in the same list',
      page: '## `acme.money.convert`\n\n- `amount`: how much\n- `unit`: of what\n- `currency`: of what\n',
    },
    {
      what: 'in the same fields',
      page: '.. function:: acme.money.convert(amount)\n\n   :param amount: How much.\n   :param unit: Of what.\n   :param currency: Of what.\n',
      format: 'rst',
    },
  ])('$what', async ({ page, format }) => {
    const [after, ...refused] = await mended(renamedParameter, resigning(OLD, NOW, page, format));
    expect(after).toBe(page);
    expect(refused).toContainEqual(expect.stringContaining('which is told beside it'));
  });

  it('in the same docstring', async () => {
    const code = (head: string): string =>
      head.replace(
        '\n',
        '\n    """Converts.\n\n    Args:\n        amount: How much.\n        unit: Of what.\n        currency: Of what.\n    """\n',
      );
    const { stale, context } = await sensed(resigning(code(OLD), code(NOW), 'Nothing.\n'));
    const answers = stale.map((one) => renamedParameter.propose(one, context));
    expect(answers).toEqual([
      { refused: expect.stringContaining('which is told beside it') as string },
    ]);
  });
});

it('a plain method of a value that nothing explains keeps its arguments', async () => {
  const source = (name: string): string =>
    `class Client:\n    def send(self, ${name}):\n        return ${name}\n`;
  const page = '```python\nimport acme\n\nqueue.send(text=1)\n```\n';
  const story = {
    base: { 'acme/__init__.py': source('text'), 'docs/page.md': page },
    change: { 'acme/__init__.py': source('body') },
  };
  expect(await mended(renamedParameter, story)).toEqual([page]);
});
