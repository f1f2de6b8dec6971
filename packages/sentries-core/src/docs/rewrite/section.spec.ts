import { loadGrammars } from '../docs.fixture';
import { sectionAround } from './section';

beforeAll(loadGrammars);

const around = (file: string, text: string, word = 'HERE'): string => {
  const start = text.indexOf(word);
  return sectionAround(file, text, { start, end: start + word.length });
};

it.each([
  {
    what: 'of Markdown, from its heading to the next',
    file: 'a.md',
    text: '# A\n\none\n\n## B\n\nHERE\n\n```\n# no heading\n```\n\n## C\n\ntwo\n',
    is: '## B\n\nHERE\n\n```\n# no heading\n```\n\n',
  },
  {
    what: 'of RST',
    file: 'a.rst',
    text: 'A\n=\n\none\n\nBee\n---\n\nHERE\n\nSea\n---\n\ntwo\n',
    is: 'Bee\n---\n\nHERE\n\n',
  },
  { what: 'without headings', file: 'a.md', text: 'one\n\nHERE\n', is: 'one\n\nHERE\n' },
  {
    what: 'of a module: the docstring',
    file: 'a.py',
    text: 'import os\n\n\ndef f():\n    """One.\n\n    HERE\n    """\n    return 1\n',
    is: '    """One.\n\n    HERE\n    """\n',
  },
])('the section $what', ({ file, text, is }) => expect(around(file, text)).toBe(is));

it('of a long section, what is near', () => {
  const lines = Array.from({ length: 400 }, (_, at) => `line ${at}`);
  const text = `# A\n\n${lines.join('\n')}\n`.replace('line 200\n', 'HERE\n');
  const found = around('a.md', text);
  expect(found).toContain('line 190\n');
  expect(found).not.toContain('line 100\n');
  expect(found.split('\n').length).toBeLessThan(40);
});
