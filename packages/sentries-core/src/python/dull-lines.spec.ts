import fc from 'fast-check';
import { passDull } from './dull-lines';
import { scanImports } from './imports';

/** How much of a text is passed over, in lines. */
function passed(text: string, areMany = true): number {
  const end = passDull(text, 0, areMany);
  return end < 0 ? 0 : text.slice(0, end).split(/\r\n?|\n/).length - 1;
}

describe('lines that name no module', () => {
  it.each([
    'x = 1\n',
    '# import a\n',
    'def f(x, y=[{1: "a"}, (2)]):\n    return """\nimport a\n""" # it’s\n',
    "x = f(\n    'a', # don't\n    b)\n",
    'x = rb"\\"" + \'"\'\r\nif x: y()\r',
    'except ImportError:\n',
  ])('%j is passed over', (text) => expect(passed(`${text}import b\n`)).toBe(passed(text)));

  it.each([
    'import a\n',
    'from a import b\n',
    'try:\n',
    'pytest_plugins = "a"\n',
    'x = 1; import a\n',
    'if x: from . import a\n',
    'x = importlib.import_module("a")\n',
    'f(__import__("a"))\n',
    'x = f"{y}"\n',
    'x = RF"{y}"\n',
    'x = (\n',
    'x = """\n',
    "x = '\n",
    'x = [[[[1]]]]\n',
    'x = 1 + \\\n  2\n',
  ])('%j is left to the lexer', (text) => {
    expect(passed(text)).toBe(0);
    expect(passed(`x = 1\n${text}`)).toBe(1);
  });

  it('are passed over one by one where their indentation matters, with blank ones below', () => {
    expect(passed('x = (\n  1)\n\n  # y\n\n  z\n', false)).toBe(5);
    expect(passed('import a\n', false)).toBe(0);
  });

  it('hold nothing that the lexer finds, or that matters to what it finds below', () => {
    const pieces = fc.constantFrom(
      ...[
        '\n',
        '\n  ',
        '\r\n',
        '"',
        "'",
        '"""',
        "'''",
        '(',
        ')',
        '[',
        '{',
        '}',
        '#',
        '\\',
        'f"',
        ':',
        ';',
      ],
      ...[
        'x',
        'i',
        '_',
        ' ',
        '\t',
        '\f',
        'é',
        '\ntry:',
        '\n  try:',
        '\nexcept ImportError:',
        '\nelse:',
      ],
      ...['import a', '\nimport b.c\n', '\n    from . import d\n', 'importlib.import_module("e")'],
    );
    const texts = fc.array(pieces, { maxLength: 30 }).map((some) => some.join(''));
    // With strings asked for, no line is passed over.
    const told = (text: string, strings: boolean) => {
      const { references, fault } = scanImports(Buffer.from(text), { strings });
      return { fault, references: references.filter(({ kind }) => kind !== 'string') };
    };
    fc.assert(
      fc.property(texts, (text) => expect(told(text, false)).toEqual(told(text, true))),
      { numRuns: 2000 },
    );
  });

  it('are passed over in one go even where a literal has a million parts', () => {
    const text = `x = [\n${"  'a',\n".repeat(1_000_000)}]\nimport b\n`;
    expect(scanImports(Buffer.from(text)).references).toMatchObject([
      { module: 'b', line: 1_000_003 },
    ]);
  });
});
