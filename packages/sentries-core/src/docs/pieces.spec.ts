import { loadGrammars } from './docs.fixture';
import { structureOf } from './pieces';

beforeAll(loadGrammars);

describe('the structure of a page', () => {
  it.each<{ what: string; file: string; before: string; after: string; isSame: boolean }>([
    {
      what: 'a name in code',
      file: 'a.md',
      before: '# A\n\nUse `f`.\n',
      after: '# A\n\nUse `g`.\n',
      isSame: true,
    },
    {
      what: 'the end of a mark',
      file: 'a.md',
      before: 'Use `f` and `g`.\n',
      after: 'Use f` and `g`.\n',
      isSame: false,
    },
    {
      what: 'a role',
      file: 'a.rst',
      before: 'See :func:`f`.\n',
      after: 'See :class:`f`.\n',
      isSame: false,
    },
    {
      what: 'a docstring that is none any more',
      file: 'a.py',
      before: 'def f():\n    """A `b`."""\n',
      after: 'def f():\n    x = """A `b`."""\n',
      isSame: false,
    },
  ])('$what', ({ file, before, after, isSame }) => {
    const [was, is] = [structureOf(file, before).shape, structureOf(file, after).shape];
    expect(was.join() === is.join()).toBe(isSame);
  });

  it('has its examples without prompts and output', () => {
    const page = '```pycon\n>>> f(1)\n2\n```\n\n```bash\nls\n```\n';
    expect(structureOf('a.md', page).examples).toEqual(['f(1)\n']);
  });
});
