import { loadGrammars } from '../docs.fixture';
import { changedDefault } from './changed-default';
import { mended, resigning } from './rules.fixture';

beforeAll(loadGrammars);

const [OLD, NOW] = ['EUR', 'USD'].map((unit) => `def convert(amount, unit="${unit}"):`) as [
  string,
  string,
];

describe('a changed default is told', () => {
  it.each<{ what: string; page: string; format?: string }>([
    {
      what: 'in a signature',
      page: '.. function:: acme.money.convert(amount, unit="EUR")\n',
      format: 'rst',
    },
    {
      what: 'in a field, with the quotes that it has there',
      page: ".. function:: acme.money.convert(amount, unit)\n\n   :param unit: Of what. Defaults to 'EUR'.\n",
      format: 'rst',
    },
    {
      what: 'in a table',
      page: '## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `unit` | `"EUR"` |\n',
    },
  ])('$what', async ({ page, format }) => {
    expect(await mended(changedDefault, resigning(OLD, NOW, page, format))).toEqual([
      page.replace('EUR', 'USD'),
    ]);
  });
});

it('a value that is given, and one that was not the default, stay', async () => {
  const page =
    'Use `acme.money.convert(1, unit="EUR")`.\n\n## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `unit` | `"GBP"` |\n';
  expect(await mended(changedDefault, resigning(OLD, NOW, page))).toEqual([page]);
});
