import { loadGrammars } from '../docs.fixture';
import { sensed, type DocStory } from '../rules/rules.fixture';
import { openLines } from './rewrite';
import { successorsOf } from './successors';

beforeAll(loadGrammars);

/** `gone` went for good, `split` moved, and the rest stayed. */
const story = (page: string): DocStory => ({
  base: {
    'src/acme/__init__.py': '',
    'src/acme/money.py':
      'def gone(a):\n    return a\n\n\ndef split(a, b):\n    c = a / b\n    return [c] * b\n\n\ndef stays(a):\n    return [a]\n',
    'docs/page.md': page,
  },
  change: {
    'src/acme/money.py': 'def stays(a):\n    return [a]\n',
    'src/acme/fx.py': 'def split(a, b):\n    c = a / b\n    return [c] * b\n',
  },
});

/** The lines of a page that an edit may touch. */
async function open(page: string): Promise<string[]> {
  const { stale, context, page: file } = await sensed(story(page));
  const places = stale.map((one) => ({ stale: one, successors: successorsOf(one, context) }));
  const text = context.text(file);
  return openLines(text, places).map((line) => text.split('\n')[line - 1]!);
}

describe('the lines that may change are', () => {
  it.each([
    {
      what: 'those of a paragraph that hold a stale place',
      page: 'One.\nUse `acme.money.gone`.\nTwo.\n',
      is: ['Use `acme.money.gone`.'],
    },
    {
      what: 'all of an import that holds one, and the uses of it',
      page: '```python\nfrom acme.money import (\n    split,\n    stays,\n)\n\nstays(1)\nsplit(1, 2)\n```\n',
      is: ['from acme.money import (', '    split,', '    stays,', ')', 'split(1, 2)'],
    },
    {
      what: 'all of an item that begins with what is gone',
      page: '- `acme.money.gone`: one\n  two\n\n  three\n- `acme.money.stays`: four\n',
      is: ['- `acme.money.gone`: one', '  two', '', '  three'],
    },
    {
      what: 'the first line alone of an item that begins with what moved',
      page: '- `acme.money.split`: one\n  two\n- `acme.money.stays`: four\n',
      is: ['- `acme.money.split`: one'],
    },
    {
      what: 'the row of what is gone',
      page: '| a | b |\n|---|---|\n| `acme.money.gone` | 1 |\n| `acme.money.stays` | 2 |\n',
      is: ['| `acme.money.gone` | 1 |'],
    },
    { what: 'none, where nothing is stale', page: 'Use `acme.money.stays`.\n', is: [] },
  ])('$what', async ({ page, is }) => expect(await open(page)).toEqual(is));
});
