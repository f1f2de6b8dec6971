import { loadGrammars } from '../docs.fixture';
import { movedFile } from './moved-file';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

const moving = (page: string, format = 'md'): DocStory => ({
  base: {
    'docs/guide.md': '# Guide\n',
    'docs/other.md': '# Other\n',
    'docs/conf.py': '',
    'examples/use.py': 'print(1)\n',
    [`docs/page.${format}`]: page,
  },
  change: {
    'docs/guide.md': null,
    'docs/more/guide.md': '# Guide\n',
    'examples/use.py': null,
    'examples/first/use.py': 'print(1)\n',
  },
  moved: { 'docs/guide.md': 'docs/more/guide.md', 'examples/use.py': 'examples/first/use.py' },
});

describe('a moved file is found where it is now', () => {
  it.each<{ what: string; page: string; to: [string, string]; format?: string }>([
    { what: 'in a link', page: 'See [it](guide.md).\n', to: ['guide.md', 'more/guide.md'] },
    {
      what: 'in a link to a heading, from this folder',
      page: 'See [it](./guide.md#guide).\n',
      to: ['guide.md', 'more/guide.md'],
    },
    {
      what: 'in an include',
      page: '.. literalinclude:: ../examples/use.py\n',
      to: ['examples/use.py', 'examples/first/use.py'],
      format: 'rst',
    },
    {
      what: 'in an include from the folder of the sources',
      page: '.. include:: /guide.md\n',
      to: ['/guide.md', '/more/guide.md'],
      format: 'rst',
    },
  ])('$what', async ({ page, to: [old, now], format }) => {
    expect(await mended(movedFile, moving(page, format))).toEqual([page.replace(old, now)]);
  });
});

it('a file that is gone is told of', async () => {
  const page = 'See [it](guide.md).\n';
  const story = { ...moving(page), change: { 'docs/guide.md': null }, moved: {} };
  expect(await mended(movedFile, story)).toEqual([
    page,
    'refused: the change removed docs/guide.md',
  ]);
});
