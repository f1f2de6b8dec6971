import fc from 'fast-check';
import { literal, TELL, told } from './literal.fixture';
import { askPython, expression } from './python.fixture';
import { loadSyntax, PythonSource } from './syntax';
import { canonical, literalValue, sameValue, stringContent } from './value';

const value = (text: string) => literalValue(expression(text));

beforeAll(loadSyntax);

describe('the value of a literal', () => {
  it.each([
    ['1_000', '0x3e8'],
    ['0b11', '0o3'],
    ["'a\\n'", '"""a\n"""'],
    ["'a' 'b'", '"ab"'],
    ["r'\\d'", "'\\\\d'"],
    ["rb'\\d'", "b'\\\\d'"],
    ['(1,)', '( 1 , )'],
    ['()', '( )'],
    ["{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}"],
    ['{1, 2}', '{2, 1}'],
    ['-1', '(-1)'],
    ['-(-1)', '1'],
    ['1e3', '1000.0'],
    ["'\\x41\\u0042\\101'", "'ABA'"],
    ["u'a'", "'a'"],
    ["'a\\\r\nb'", "'ab'"],
    ["'''a\r\nb'''", "'a\\nb'"],
    ["'''a\rb'''", "'a\\nb'"],
    ["r'\\\\'", "'\\\\\\\\'"],
    ["r'''a\r\nb'''", "'a\\nb'"],
    ["'\\d'", "'\\\\d'"],
    ["b'\\u0041'", "b'\\\\u0041'"],
    ["'\\xE9\\u00E9\\U0001F60A'", "'éé😊'"],
    ["b'\\xE9'", "b'\\xe9'"],
    ["b'\\X41'", "b'\\\\X41'"],
    ["r'\\\\'", "'\\\\\\\\'"],
    ["r'''a\\\r\nb'''", "'a\\\\\\nb'"],
  ])('is the same for %j and %j', (one, other) => {
    expect(sameValue(value(one)!, value(other)!)).toBe(true);
  });

  it.each([
    ['1', '1.0'],
    ['1', 'True'],
    ['0', 'None'],
    ["'a'", "b'a'"],
    ["'a\\\\nb'", "'a\\nb'"],
    ['[1]', '(1,)'],
    ['{}', '[]'],
    ['0.0', '-0.0'],
    ['[[1], 2]', '[[1, 2]]'],
    ["['a', 'b']", '[\'a","b\']'],
  ])('tells %s from %s, which Python may call equal', (one, other) => {
    expect(canonical(value(one)!)).not.toBe(canonical(value(other)!));
  });

  it.each([
    'name',
    "f'{x}'",
    "f'x'",
    "'a' f'b'",
    '[1, name]',
    '{1: name}',
    'f(1)',
    '{**a}',
    '[*a]',
    '1 + 1',
    '+1',
    '~1',
    '1j',
    '1e999',
    '-True',
    'not True',
    '[x for x in y]',
    "'\\N{BULLET}'",
    '...',
  ])('is not known for %s', (text) => {
    expect(value(text)).toBeUndefined();
  });
});

describe('the content of a string', () => {
  it.each([
    ["'a\\tb'", 'a\tb'],
    ["r'a\\tb'", 'a\\tb'],
    ["f'{{a}}'", '{a}'],
    ["rf'{{a}}\\d'", '{a}\\d'],
  ])('of %s is %j', (text, content) => {
    const source = new PythonSource(text);
    expect(source.find('string_content').map(stringContent).join('')).toBe(content);
  });
});

it('is for random literals what Python’s own literal_eval says', () => {
  const texts = fc.sample(literal, { numRuns: 1500, seed: 7 });
  const truth = askPython(TELL, texts) as unknown[];
  const known = texts.flatMap((_, at) => (truth[at] === 'unfit' ? [] : [at]));
  expect(known.length).toBeGreaterThan(1000);
  for (const at of known) {
    const mine = value(texts[at]!);
    expect([texts[at], mine && told(mine)]).toEqual([texts[at], truth[at]]);
  }
});
