import { loadSyntax } from '../../python/syntax';
import { failureOf, tell, type Story } from '../story.fixture';
import { expectedName } from './expected-name';

beforeAll(loadSyntax);

const CHANGE: [string, string] = ['WORD = "old"\n', 'WORD = "new"\n'];

const story = (test: string, sides = ["'new'", "'old'"] as [string, string]): Story => ({
  test,
  sides,
  at: test.includes('assert f') ? 'assert f' : 'assert',
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
      'a name of which an inner function has its own',
      test('e = "old"', 'def g(e):', '    return e', 'assert f() == e'),
    ],
    [
      'the last of two bindings',
      test('e = "x"', 'assert g() == e', 'e = "old"', 'assert f() == e'),
    ],
    [
      'the first of two bindings, the second of which is an input',
      test('e = "old"', 'assert f() == e', 'e = "x"', 'g(e)'),
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
    ['bound in a branch', test('e = "x"', 'if y:', '    e = "old"', 'assert f() == e'), 'once'],
    [
      'bound anew further down a loop',
      test('e = "old"', 'while x:', '    assert f() == e', '    e = "x"'),
      'more than once',
    ],
    [
      'an input of its next binding',
      test('e = "old"', 'assert f() == e', 'e = g(e)'),
      'more than an expectation',
    ],
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

describe('the row of a table that the test loops over is edited', () => {
  const looped = (
    loop: string,
    body: string,
    locals?: Record<string, string>,
    given: [string, string] = ["'new'", "'old'"],
  ): Story => {
    const text = `def test_a(self):\n    for ${loop}:\n        ${body}\n`;
    const told = story(text, given);
    const { line } = failureOf(told).frames[0]!;
    const frame = { file: 'libs/money/tests/test_money.py', line, function: 'test_a', span: null };
    return { ...told, failure: { frames: [{ ...frame, ...(locals && { locals }) }] } };
  };
  const BODY = 'assert f(a) == e';

  it.each<[string, Story]>([
    ['by its value', looped('a, e in [(1, "x"), (2, §)]', BODY)],
    ['in many lines', looped('a, e in (\n        (1, "x"),  # one\n        (2, §),\n    )', BODY)],
    ['of a dict', looped('a, e in {"x": "y", "z": §}.items()', BODY)],
    ['that is counted', looped('i, (a, e) in enumerate([(1, "x"), (2, §)], 1)', BODY)],
    ['of one value', looped('e in ["x", §]', 'assert f() == e')],
    [
      'by the other names of the loop',
      looped('a, e in [(1, "old"), (2, §), (3, "old")]', BODY, { a: '2', e: "'old'" }),
    ],
    [
      'with subTest and a message',
      looped(
        'a, e in [(1, "x"), (2, §)]',
        'with self.subTest(a, e=e):\n            assert f(a) == e, f"not {e}"',
      ),
    ],
  ])('%s', (_, given) => {
    const test = given.test.replace('§', '"old"');
    expect(tell(expectedName, { ...given, test })).toBe(
      `explained: ${given.test.replace('§', '"new"')}`,
    );
  });

  it('where the table has a name', () => {
    const text = (word: string): string =>
      `ROWS = [(1, "x"), (2, "${word}")]\n\ndef test_a():\n    for a, e in ROWS:\n        assert f(a) == e\n`;
    expect(tell(expectedName, story(text('old')))).toBe(`explained: ${text('new')}`);
  });

  it.each<[string, Story, string]>([
    [
      'two rows may be meant',
      looped('a, e in [(1, "old"), (2, "old")]', BODY),
      'more than one row of the table',
    ],
    [
      'two rows are the same',
      looped('a, e in [(1, "old"), (1, "old")]', BODY, { a: '1', e: "'old'" }),
      'more than one row of the table',
    ],
    ['no row has the value', looped('a, e in [(1, "x"), (2, "y")]', BODY), 'no row of the table'],
    [
      'the name is an input, too',
      looped('a, e in [(1, "x"), (2, "old")]', 'assert f(e) == e'),
      'more than an expectation',
    ],
    [
      'the name is bound anew',
      looped('a, e in [(1, "x"), (2, "old")]', 'e = g(); assert f(a) == e'),
      'bound in a loop',
    ],
    ['the table is put together', looped('a, e in [(1, "old"), *MORE]', BODY), 'not mine'],
    ['the table is computed', looped('a, e in rows()', BODY), 'not mine'],
  ])('but not where %s', (_, given, says) => {
    expect(tell(expectedName, given)).toContain(says);
  });
});

describe('the argument that a helper compares is edited', () => {
  const FILE = 'libs/money/tests/test_money.py';
  /** A helper that asserts, and the test that calls it. */
  const helped = (text: string, names: [string, string] = ['test_a', 'check']): Story => {
    const lineAt = (mark: string): number => text.slice(0, text.indexOf(mark)).split('\n').length;
    const frame = (line: number, name: string) => ({
      file: FILE,
      line,
      function: name,
      span: null,
    });
    const frames = [frame(lineAt('# call'), names[0]), frame(lineAt('assert'), names[1])];
    return { ...story(text), at: 'assert', failure: { frames } };
  };
  const CHECK = 'def check(a, e, n=1):\n    assert f(a) == e\n\n';
  const call = (line: string, before = ''): string =>
    `def test_a():\n${before}    ${line}  # call\n`;

  it.each([
    ['by its place', `${CHECK}${call('check("old", §)')}`],
    ['by its name', `${CHECK}${call('check(e=§, a=1)')}`],
    ['by a name', `${CHECK}${call('check(1, x)', '    x = §\n')}`],
    [
      'of a method',
      `class TestIt:\n    def check(self, a, e):\n        assert f(a) == e\n\n    def test_a(self):\n        self.check(1, §)  # call\n`,
    ],
    [
      'within another value',
      `def check(a, e):\n    assert f(a) == e\n\n${call('check(1, [x, §])')}`,
    ],
  ])('%s', (_, text) => {
    const given = helped(text.replace('§', '"old"'));
    const within = text.includes('[x');
    const sides: [string, string] = within ? ["[1, 'new']", "[1, 'old']"] : ["'new'", "'old'"];
    expect(tell(expectedName, { ...given, sides })).toBe(
      `explained: ${text.replace('§', '"new"')}`,
    );
  });

  it.each([
    [
      'the helper uses it for more',
      `def check(a, e):\n    g(e)\n    assert f(a) == e\n\n${call('check(1, "old")')}`,
      'more than an expectation',
    ],
    [
      'two calls stand on the line',
      `${CHECK}${call('check(1, "old"); check(2, "old")')}`,
      'several calls',
    ],
    ['it is unpacked', `${CHECK}${call('check(*x)')}`, 'can not be told'],
    ['it is computed', `${CHECK}${call('check(1, g())')}`, 'not mine'],
    [
      'its name is an input of the test',
      `${CHECK}${call('check(1, x)', '    x = "old"\n    g(x)\n')}`,
      'more than an expectation',
    ],
    [
      'there are two helpers of that name',
      `${CHECK}class A:\n    def check(self): pass\n\n${call('check(1, "old")')}`,
      'not mine',
    ],
  ])('but not where %s', (_, text, says) => {
    expect(tell(expectedName, helped(text))).toContain(says);
  });
});
