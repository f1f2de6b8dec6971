import { loadSyntax } from '../python/syntax';
import { changedFile } from './change.fixture';
import { documentedLines, documents } from './documentation';

beforeAll(loadSyntax);

const doc = (text: string): string =>
  `def f():\n    """Greets.\n\n    ${text}\n    """\n    return 1\n`;
const told = (old: string, now: string, before: string, after: string, path?: string) => {
  const file = changedFile(old, now, path);
  const [files, texts] = path?.endsWith('.md') ? [[], [file]] : [[file], []];
  return documents(documentedLines(files, texts), before, after)?.line;
};

describe('a change documents a value in the place of another', () => {
  it.each<[string, string, string, string, string]>([
    ['the example of a docstring', ">>> f()'Hello'", ">>> f()'Good day'", 'Hello', 'Good day'],
    ['its prose', 'Waits for 300 seconds.', 'Waits for 450 seconds.', '300', '450'],
    ['one place of several', 'Hello, or Hello', 'Hello, or Salve', 'Hello', 'Salve'],
  ])('in %s', (_, old, now, before, after) => {
    expect(told(doc(old), doc(now), before, after)).toBe(4);
  });

  it('in a page, and in a changelog that names both', () => {
    expect(told('Says `Hello`.\n', 'Says `Salve`.\n', 'Hello', 'Salve', 'lib/README.md')).toBe(1);
    const entry = '# 2\n- greets by "Salve", no more by "Hello"\n';
    expect(told('# 1\n', `${entry}# 1\n`, 'Hello', 'Salve', 'lib/CHANGES.md')).toBe(2);
  });

  it.each<[string, string, string, string, string]>([
    ['the line says more', 'Says Hello.', 'Says Salve, loudly.', 'Hello', 'Salve'],
    ['it is a part of a word', 'Says Hellos.', 'Says Salves.', 'Hello', 'Salve'],
    ['it is any number', 'Takes 10 of them.', 'Takes 20 of them.', '10', '20'],
    ['the line was not replaced', 'Says Hello.', 'Says Hello.\n    Salve.', 'Hello', 'Salve'],
  ])('not where %s', (_, old, now, before, after) => {
    expect(told(doc(old), doc(now), before, after)).toBeUndefined();
  });

  it('not in code, nor in a changelog that names them in passing', () => {
    expect(told('x = "Hello"\n', 'x = "Salve"\n', 'Hello', 'Salve')).toBeUndefined();
    const entry = 'Salve and Hello\n';
    expect(told('', entry, 'Hello', 'Salve', 'lib/CHANGES.md')).toBeUndefined();
  });
});
