import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { expectedName } from './expected-name';

beforeAll(loadSyntax);

const CHANGE: [string, string] = ['WORD = "old"\n', 'WORD = "new"\n'];

const story = (test: string, sides = ["'new'", "'old'"] as [string, string]): Story => ({
  test,
  sides,
  change: CHANGE,
});

const test = (...lines: string[]): string =>
  `def test_a():\n${lines.map((line) => `    ${line}\n`).join('')}`;
const method = (...lines: string[]): string =>
  `class TestIt:\n    def setUp(self):\n        self.x = "old"\n\n    def test_a(self):\n` +
  lines.map((line) => `        ${line}\n`).join('');

describe('the literal that an expectation was named for is edited', () => {
  it.each<[string, string, ...[string, string][]]>([
    ['a local name', test('expected = "old"', 'assert f() == expected')],
    ['beside a computed text', test('e = "old"', 'assert ",".join(f()) == e')],
    ['on the left', test('expected = "old"', 'assert expected == f()'), ["'old'", "'new'"]],
    ['with a type', test('expected: str = "old"', 'assert f() == expected')],
    ['in a block', test('with x:', '    expected = "old"', 'assert f() == expected')],
    [
      'of two asserts',
      test('expected = "old"', 'assert f() == expected', 'assert g() == expected'),
    ],
    [
      'within a container',
      test('expected = [1, "old"]', 'assert f() == expected'),
      ["[1, 'new']", "[1, 'old']"],
    ],
    ['an item of a dict', test('expected = {"a": "old"}', 'assert f() == expected["a"]')],
    ['an item of a list', test('expected = ["x", "old"]', 'assert f() == expected[1]')],
    ['a constant of the module', `EXPECTED = "old"\n\n${test('assert f() == EXPECTED')}`],
    [
      'a constant that other tests expect, too',
      `E = "old"\n\n${test('assert f() == E')}\ndef test_b():\n    assert [E] == g()\n    self.assertEqual(E, h())\n`,
    ],
    [
      'a constant of which another function has its own',
      `E = "old"\n\n${test('assert f() == E')}\ndef test_b(E):\n    g(E)\n`,
    ],
    [
      'a text of several lines',
      test('expected = """\\', 'old"""', 'assert f() == expected'),
      ["'    new'", "'    old'"],
    ],
    [
      'a text in pieces',
      test('expected = ("one "', '    "old")', 'assert f() == expected'),
      ["'one new'", "'one old'"],
    ],
    [
      'an indented text',
      test('expected = textwrap.dedent("""', '    old', '    """)', 'assert f() == expected'),
      ["'\\nnew\\n'", "'\\nold\\n'"],
    ],
    ['a field of setUp', method('assert f() == self.x')],
    [
      'a field of the class',
      `class TestIt:\n    x = "old"\n\n    def test_a(self):\n        assert f() == self.x\n`,
    ],
  ])('%s', (_, text, ...sides) => {
    expect(tell(expectedName, story(text, ...sides))).toBe(
      `explained: ${text.replace('old', 'new')}`,
    );
  });

  it('unexplained, where the change does not show it', () => {
    const text = test('expected = "old"', 'assert f() == expected');
    expect(tell(expectedName, story(text, ["'odd'", "'old'"]))).toBe(
      `unexplained: ${text.replace('old', 'odd')}`,
    );
  });
});

describe('it is refused where the name is', () => {
  it.each([
    ['bound twice', test('e = "x"', 'e = "old"', 'assert f() == e'), 'more than once'],
    ['added to', test('e = "old"', 'e += ""', 'assert f() == e'), 'more than once'],
    ['bound in a loop', test('for _ in x:', '    e = "old"', 'assert f() == e'), 'in a loop'],
    ['bound afterwards', test('assert f() == e', 'e = "old"'), 'after the assertion'],
    [
      'an input, too',
      test('e = "old"', 'out = f(e)', 'assert out == e'),
      'more than an expectation',
    ],
    ['an input in the assert', test('e = "old"', 'assert f(e) == e'), 'more than an expectation'],
    ['changed', test('e = ["old"]', 'e.append(1)', 'assert f() == e'), 'more than an expectation'],
    [
      'an input of another test',
      `E = "old"\n${test('assert f() == E')}def test_b():\n    g(E)\n`,
      'more than',
    ],
    ['part of a text', test('e = "old"', 'assert f() == e', 'assert g() == f"{e}!"'), 'more than'],
    ['given with another name', test('a = e = "old"', 'assert f() == e'), 'with another name'],
    [
      'another value by then',
      test('e = "other"', 'assert f() == e'),
      'not the value that was compared',
    ],
    [
      'a field that a test assigns',
      `${method('assert f() == self.x')}    def test_b(self):\n        self.x = "y"\n`,
      'outside of setUp',
    ],
    ['one of two', test('a = "new"', 'b = "old"', 'assert a == b'), 'both sides'],
  ])('%s', (_, text, says) => {
    expect(tell(expectedName, story(text))).toMatch(/^refused: /);
    expect(tell(expectedName, story(text))).toContain(says);
  });
});

describe('it is none of its own where', () => {
  it.each([
    ['the literal is in the assert', test('e = f()', 'assert e == "old"')],
    ['the name is a parameter', 'def test_a(e):\n    assert f() == e\n'],
    ['the name is of another module', `from x import E\n${test('assert f() == E')}`],
    ['the name is computed', test('e = g()', 'assert f() == e')],
    ['the names are unpacked', test('a, e = 1, "old"', 'assert f() == e')],
    ['the name is global', `E = "old"\n${test('global E', 'assert f() == E')}`],
    ['there is no name', test('assert f() == g()')],
  ])('%s', (_, text) => {
    expect(tell(expectedName, story(text))).toBe('not mine');
  });
});
