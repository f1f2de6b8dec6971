import fc from 'fast-check';
import { applyOperations } from '../patch/operation';
import { literalPair, TELL } from '../python/literal.fixture';
import { askPython, expression } from '../python/python.fixture';
import { loadSyntax, parts, PythonSource } from '../python/syntax';
import { rewriteLiteral } from './rewrite-literal';

beforeAll(loadSyntax);

/** The text of a literal after it was made the value of another, or why it was not. */
function rewritten(text: string, model: string): string {
  // In parentheses, so that a text of several lines is one expression.
  const node = parts(expression(`(${text}\n)`))[0]!;
  const edits = rewriteLiteral(node, expression(model));
  if ('refused' in edits) return `refused: ${edits.refused}`;
  const operations = edits.map(({ span, after }) => {
    const inside = { start: span.start - 1, end: span.end - 1 };
    return { file: '', span: inside, before: text.slice(inside.start, inside.end), after };
  });
  return applyOperations(text, operations);
}

describe('a literal that becomes another', () => {
  it.each([
    ['a number', '1', '2', '2'],
    ['another type', '1', "'a'", "'a'"],
    ['a string, in its own quotes', '"a"', "'b'", '"b"'],
    ['with its own quotes in it', '"a"', `'say "b"'`, '"say \\"b\\""'],
    ['a string in triple quotes', '"""a\nb"""', "'a\\nc'", '"""a\nc"""'],
    ['a string in triple quotes, with more of them', '"""a"""', `'""" b"'`, '"""\\"\\"\\" b\\""""'],
    ['a raw string', "r'\\d'", "'\\\\w'", "r'\\w'"],
    ['a raw string that can’t be one', "r'\\d'", "'\\n'", "'\\n'"],
    ['a raw string with its own quote', "r'a'", '"it\'s"', "'it\\'s'"],
    ['a raw string with another quote', "r'a'", '\'say "b"\'', 'r\'say "b"\''],
    ['a raw string that ends with a backslash', "r'\\d'", "'\\\\'", "'\\\\'"],
    ['bytes', 'b"a"', "b'\\xe9'", 'b"\\xe9"'],
    ['a string with letters of its own', "'a'", "'é😀'", "'é😀'"],
    ['what can’t be seen', "'a'", "'\\x00\\u200b\\t'", "'\\x00\\u200b\\t'"],
    ['the same value in another form', '0x10', '16', '0x10'],
    ['one item of a list', '[1,  2,3]', '[1, 5, 3]', '[1,  5,3]'],
    [
      'one value of a dict, whatever the order',
      "{'a': 1, 'b': 2}",
      "{'b': 3, 'a': 1}",
      "{'a': 1, 'b': 3}",
    ],
    ['deep inside', '{"a": [(1, "x")]}', "{'a': [(1, 'y')]}", '{"a": [(1, "y")]}'],
    ['over several lines', '[\n  1,  # one\n  2,\n]', '[1, 3]', '[\n  1,  # one\n  3,\n]'],
    ['a list of another length', '["a"]', "['a', 'b']", '["a", "b"]'],
    ['a dict of other keys', '{"a": 1}', "{'b': 1}", '{"b": 1}'],
    [
      'a dict of which one key is another',
      '{"a": 1, "b": 2}',
      "{'a': 1, 'c': 2}",
      '{"a": 1, "c": 2}',
    ],
    ['a tuple of one', '(1, 2)', '(1,)', '(1,)'],
    ['in parentheses', '(1)', '2', '(2)'],
    ['one piece of a string', "'a' 'b'", "'ac'", "'a' 'c'"],
    ['the first piece of a string', "('one '\n 'two')", "'1 two'", "('1 '\n 'two')"],
  ])('%s', (_, text, model, expected) => {
    expect(rewritten(text, model)).toBe(expected);
  });

  it.each([
    ['over several lines another shape', '[\n  1,\n  2,\n]', '[1]', 'changed its shape'],
    ['a list over several lines a dict', '[\n1]', '{1: 2}', 'changed its shape'],
    ['a string of pieces all over', "'a' 'b'", "'cd'", 'several pieces'],
    ['a string of pieces a number', "'a' 'b'", '1', 'another type'],
  ])('is refused where it becomes %s', (_, text, model, says) => {
    expect(rewritten(text, model)).toMatch(new RegExp(`^refused: .*${says}`));
  });

  it('is in a file with \\r\\n a string of such lines', () => {
    expect(rewritten('"""a\r\nb"""', "'a\\nc'")).toBe('"""a\r\nc"""');
  });
});

it('random literals become what Python reads as the other one', () => {
  const sample = fc.sample(literalPair, { numRuns: 2000, seed: 11 });
  const values = (texts: readonly string[]): unknown[] => askPython(TELL, texts) as unknown[];
  const readable = values(sample.flat()).map((value) => value !== 'unfit');
  const pairs = sample.filter((_, at) => readable[2 * at] && readable[2 * at + 1]);
  const models = askPython(
    'answer = [repr(ast.literal_eval(text)) for text in given]',
    pairs.map(([, text]) => text),
  ) as string[];
  const results = pairs.map(([text], at) =>
    new PythonSource(text).root.hasError ? 'refused: by the grammar' : rewritten(text, models[at]!),
  );
  const made = results.flatMap((result, at) => (result.startsWith('refused: ') ? [] : [at]));
  expect(made.length).toBeGreaterThan(500);
  const now = values(made.map((at) => results[at]!));
  const meant = values(made.map((at) => models[at]!));
  made.forEach((at, place) => {
    const story = [pairs[at]![0], models[at], results[at]];
    expect([...story, sorted(now[place])]).toEqual([...story, sorted(meant[place])]);
  });
});

/** A told value without the order of its dicts. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items: unknown[] = value.map(sorted);
  if (items[0] !== 'dict') return items;
  return [
    'dict',
    ...items
      .slice(1)
      .map((pair) => JSON.stringify(pair))
      .sort(),
  ];
}
