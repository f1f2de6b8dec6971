import { loadSyntax } from '../../python/syntax';
import { contextOf, failureOf, tell, type Story } from '../story.fixture';
import { expectedLiteral } from './expected-literal';

beforeAll(loadSyntax);

const GREETING: [string, string] = [
  'def greet():\n    return "Hello"\n',
  'def greet():\n    return "Hi"\n',
];

describe('the expected literal becomes the observed one', () => {
  it.each<[string, Story, string]>([
    [
      'explained, where the change shows it',
      { test: 'assert greet() == "Hello"\n', sides: ["'Hi'", "'Hello'"], change: GREETING },
      'explained: assert greet() == "Hi"\n',
    ],
    [
      'on the left side, too',
      { test: 'assert "Hello" == greet()\n', sides: ["'Hello'", "'Hi'"], change: GREETING },
      'explained: assert "Hi" == greet()\n',
    ],
    [
      'in parentheses and with a message',
      {
        test: 'assert (greet() == ("Hello")), "no greeting"\n',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: assert (greet() == ("Hi")), "no greeting"\n',
    ],
    [
      'in a snapshot in the code, which stands for its argument',
      {
        test: 'from inline_snapshot import snapshot as s\n\nassert greet() == s("Hello")\n',
        at: 'assert',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: from inline_snapshot import snapshot as s\n\nassert greet() == s("Hi")\n',
    ],
    [
      'unexplained, where the change shows another one',
      { test: 'assert greet() == "Hello"\n', sides: ["'Hey'", "'Hello'"], change: GREETING },
      'unexplained: assert greet() == "Hey"\n',
    ],
    [
      'unexplained, where nothing changed',
      { test: 'assert total() == 3\n', sides: ['4', '3'] },
      'unexplained: assert total() == 4\n',
    ],
    [
      'inside of a container, and the rest stays as it is',
      {
        test: 'assert f() == {\n    "a": [1, 2],  # ours\n    "b": "Hello",\n}\n',
        sides: ["{'a': [1, 2], 'b': 'Hi'}", "{'a': [1, 2], 'b': 'Hello'}"],
        change: GREETING,
      },
      'explained: assert f() == {\n    "a": [1, 2],  # ours\n    "b": "Hi",\n}\n',
    ],
    [
      'at the failing line only',
      {
        test: 'assert greet() == "Hello"\nassert greet() == "Hello"  # second\n',
        at: 'assert greet() == "Hello"  # second',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: assert greet() == "Hello"\nassert greet() == "Hi"  # second\n',
    ],
    [
      'in a file with \\r\\n and a byte order mark',
      {
        test: '\uFEFFx = "é"\r\nassert greet() == "Hello"\r\n',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: \uFEFFx = "é"\r\nassert greet() == "Hi"\r\n',
    ],
    [
      'beside what is no literal',
      {
        test: 'assert f() == [1, x, {"a": "Hello", "b": y}]\n',
        sides: ["[1, 2, {'a': 'Hi', 'b': 3}]", "[1, 2, {'a': 'Hello', 'b': 3}]"],
        change: GREETING,
      },
      'explained: assert f() == [1, x, {"a": "Hi", "b": y}]\n',
    ],
    [
      'beside what has no source form',
      {
        test: 'assert f() == [x, "Hello"]\n',
        sides: ["[__opaque__('acme.A'), 'Hi']", "[__opaque__('acme.A'), 'Hello']"],
        change: GREETING,
      },
      'explained: assert f() == [x, "Hi"]\n',
    ],
    [
      'in the one of two comparisons that failed',
      { test: 'assert f() == 1 and g() == 2\n', sides: ['3', '2'] },
      'unexplained: assert f() == 1 and g() == 3\n',
    ],
    [
      'as a constant',
      {
        test: 'assert f() is True\n',
        sides: ['False', 'True'],
        operator: 'is',
        change: ['x = True\n', 'x = False\n'],
      },
      'explained: assert f() is False\n',
    ],
    [
      'beside a computed list on the other side',
      { test: 'assert [f(), g()] == [1, 2]\n', sides: ['[1, 3]', '[1, 2]'] },
      'unexplained: assert [f(), g()] == [1, 3]\n',
    ],
    [
      'as a length',
      { test: 'assert len(f()) == 3\n', sides: ['4', '3'] },
      'unexplained: assert len(f()) == 4\n',
    ],
    [
      'as a symbol',
      {
        test: 'assert f() == Color.RED\n',
        sides: ['acme.Color.BLUE', 'acme.Color.RED'],
        change: ['def f():\n    return Color.RED\n', 'def f():\n    return Color.BLUE\n'],
      },
      'explained: assert f() == Color.BLUE\n',
    ],
    [
      'within the call of a plain type',
      {
        test: 'assert f() == Decimal("1.50")\n',
        sides: ["Decimal('2.50')", "Decimal('1.50')"],
        change: ['x = "1.50"\n', 'x = "2.50"\n'],
      },
      'explained: assert f() == Decimal("2.50")\n',
    ],
    [
      'within a date, whatever is left out',
      {
        test: 'assert f() == datetime(2020, 1, day=2)\n',
        sides: ['datetime.datetime(2020, 3, 2, 0, 0)', 'datetime.datetime(2020, 1, 2, 0, 0)'],
      },
      'unexplained: assert f() == datetime(2020, 3, day=2)\n',
    ],
    [
      'within a path',
      {
        test: 'assert f() == [pathlib.Path("a")]\n',
        sides: ["[PosixPath('b')]", "[PosixPath('a')]"],
      },
      'unexplained: assert f() == [pathlib.Path("b")]\n',
    ],
    [
      'within approx',
      {
        test: 'assert f() == pytest.approx(1.5, rel=1e-3)\n',
        sides: ['2.5', 'approx(1.5)'],
        change: ['x = 1.5\n', 'x = 2.5\n'],
      },
      'explained: assert f() == pytest.approx(2.5, rel=1e-3)\n',
    ],
    [
      'in a set, as the one that differs',
      {
        test: 'assert f() == {"b", "Hello", "a"}\n',
        sides: ["{'Hi', 'a', 'b'}", "{'Hello', 'a', 'b'}"],
        change: GREETING,
      },
      'explained: assert f() == {"b", "Hi", "a"}\n',
    ],
    [
      'as an empty set',
      { test: 'assert f() == set()\n', sides: ['{1}', 'set()'] },
      'unexplained: assert f() == {1}\n',
    ],
    [
      'as a key',
      {
        test: 'assert f() == {\n    "Hello": 1,\n    "b": x,\n}\n',
        sides: ["{'Hi': 1, 'b': 2}", "{'Hello': 1, 'b': 2}"],
        change: GREETING,
      },
      'explained: assert f() == {\n    "Hi": 1,\n    "b": x,\n}\n',
    ],
    [
      'as the call of a mock',
      {
        test: 'assert m.call_args == call("Hello", x=1)\n',
        sides: ["call('Hi', x=1)", "call('Hello', x=1)"],
        change: GREETING,
      },
      'explained: assert m.call_args == call("Hi", x=1)\n',
    ],
    [
      'in an indented text',
      {
        test: 'assert f() == dedent("""\n    Hello\n      you\n    """).strip()\n',
        sides: ["'Hi\\n  you'", "'Hello\\n  you'"],
        change: GREETING,
      },
      'explained: assert f() == dedent("""\n    Hi\n      you\n    """).strip()\n',
    ],
    [
      'in joined lines',
      {
        test: 'assert f() == "\\n".join(["Hello", "you"])\n',
        sides: ["'Hi\\nyou'", "'Hello\\nyou'"],
        change: GREETING,
      },
      'explained: assert f() == "\\n".join(["Hi", "you"])\n',
    ],
    [
      'in one term of a sum',
      {
        test: 'assert f() == "Hello " + "you"\n',
        sides: ["'Hi you'", "'Hello you'"],
        change: GREETING,
      },
      'explained: assert f() == "Hi " + "you"\n',
    ],
    [
      'within dict()',
      {
        test: 'assert f() == dict(a=1, b="Hello")\n',
        sides: ["{'a': 1, 'b': 'Hi'}", "{'a': 1, 'b': 'Hello'}"],
        change: GREETING,
      },
      'explained: assert f() == dict(a=1, b="Hi")\n',
    ],
    [
      'within set()',
      {
        test: 'assert f() == set(["b", "Hello"])\n',
        sides: ["{'Hi', 'b'}", "{'Hello', 'b'}"],
        change: GREETING,
      },
      'explained: assert f() == set(["b", "Hi"])\n',
    ],
    [
      'within frozenset()',
      {
        test: 'assert f() == frozenset(("b", "Hello"))\n',
        sides: ["frozenset({'Hi', 'b'})", "frozenset({'Hello', 'b'})"],
        change: GREETING,
      },
      'explained: assert f() == frozenset(("b", "Hi"))\n',
    ],
    [
      'in an f-string, around what names fill in',
      {
        test: 'assert f() == f"Hello, {name}! {{{n:>2}}}"\n',
        sides: ["'Hi, Ann! { 3}'", "'Hello, Ann! { 3}'"],
        change: GREETING,
      },
      'explained: assert f() == f"Hi, {name}! {{{n:>2}}}"\n',
    ],
    [
      'in an f-string, with what its quotes and braces ask for',
      {
        test: 'assert f() == f"{name} = old"\n',
        sides: ['\'x = {"a"}\'', "'x = old'"],
      },
      'unexplained: assert f() == f"{name} = {{\\"a\\"}}"\n',
    ],
    [
      'in an f-string in whose values the same quotes stand',
      {
        test: 'assert f() == f"Hello, {d["name"]}"\n',
        sides: ["'Hi, Ann'", "'Hello, Ann'"],
        change: GREETING,
      },
      'explained: assert f() == f"Hi, {d["name"]}"\n',
    ],
    [
      'beside an f-string, in pieces',
      {
        test: 'assert f() == (\n    "Hello, "\n    f"{name}!"\n)\n',
        sides: ["'Hi, Ann!'", "'Hello, Ann!'"],
        change: GREETING,
      },
      'explained: assert f() == (\n    "Hi, "\n    f"{name}!"\n)\n',
    ],
    [
      'beside another statement on the line',
      {
        test: 'def test_a(): assert greet() == "Hello"; x = "Hello"\n',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: def test_a(): assert greet() == "Hi"; x = "Hello"\n',
    ],
    [
      'between tabs',
      {
        test: 'def test_a():\n\tif x:\n\t\tassert greet() == "Hello"\n',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: def test_a():\n\tif x:\n\t\tassert greet() == "Hi"\n',
    ],
    [
      'beside a walrus',
      {
        test: 'assert (said := greet()) == "Hello"\n',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: assert (said := greet()) == "Hi"\n',
    ],
    [
      'in a case of a match',
      {
        test: 'match kind:\n    case {"a": [x, *_]} if x:\n        assert greet() == "Hello"\n',
        sides: ["'Hi'", "'Hello'"],
        change: GREETING,
      },
      'explained: match kind:\n    case {"a": [x, *_]} if x:\n        assert greet() == "Hi"\n',
    ],
  ])('%s', (_, story, expected) => {
    expect(tell(expectedLiteral, story)).toBe(expected);
  });

  it('with the lines of the change as evidence', () => {
    const story: Story = {
      test: 'assert greet() == "Hello"\n',
      sides: ["'Hi'", "'Hello'"],
      change: GREETING,
    };
    expect(expectedLiteral.propose(failureOf(story), contextOf(story))).toMatchObject({
      strategy: 'expected-literal',
      tier: 'explained',
      says: '"Hello" becomes "Hi"',
      evidence: [
        { side: 'base', line: 2, text: 'return "Hello"' },
        { side: 'head', line: 2, text: 'return "Hi"' },
      ],
    });
  });
});

describe('it is refused where', () => {
  it.each<[string, Story, string]>([
    ['both sides are literals', { test: 'assert 1 == 2\n', sides: ['1', '2'] }, 'both sides'],
    [
      'two asserts stand on the line',
      { test: 'assert f() == 1; assert g() == 2\n', sides: ['2', '1'] },
      'several asserts',
    ],
    [
      'the comparison is a chain',
      { test: 'assert f() == g() == 1\n', sides: ['2', '1'] },
      'more than one comparison',
    ],
    [
      'the comparison is one of two that look alike',
      { test: 'assert f() == 1 and g() == 1\n', sides: ['2', '1'] },
      'more than one comparison',
    ],
    [
      'one of two is enough',
      { test: 'assert f() == 1 or g() == 2\n', sides: ['2', '1'] },
      'more than one comparison',
    ],
    [
      'the comparison is negated',
      { test: 'assert not f() == 1\n', sides: ['2', '1'] },
      'more than one comparison',
    ],
    [
      'the comparison is another',
      { test: 'assert f() < 1\n', sides: ['2', '1'] },
      'more than one comparison',
    ],
    [
      'the compared value was another',
      { test: 'assert f() == 1\n', sides: ['2', '3'] },
      'not the value that was compared',
    ],
    [
      'the compared value is not told',
      { test: 'assert f() == 1\n', sides: ['2', null] },
      'not the value that was compared',
    ],
    [
      'the observed value has no source form',
      { test: 'assert f() == 1\n', sides: [null, '1'] },
      'the observed value (a acme.Thing) has no faithful source form',
    ],
    [
      'the observed value has no literal',
      { test: 'assert f() == 1\n', sides: ["Decimal('1')", '1'] },
      "no literal: Decimal('1')",
    ],
    [
      'a symbol became a plain value',
      { test: 'assert f() == Color.RED\n', sides: ['3', 'acme.Color.RED'] },
      'none of its kind',
    ],
    [
      'the symbol was another',
      { test: 'assert f() == Tone.RED\n', sides: ['acme.Color.BLUE', 'acme.Color.RED'] },
      'not the value that was compared',
    ],
    [
      'what differs is no literal',
      { test: 'assert f() == [1, x]\n', sides: ['[1, 3]', '[1, 2]'] },
      'not a literal: x',
    ],
    [
      'another type is made',
      { test: 'assert f() == Decimal("1")\n', sides: ['1.5', "Decimal('1')"] },
      'another type',
    ],
    [
      'what differs is left out',
      {
        test: 'assert f() == datetime(2020, 1, 1)\n',
        sides: ['datetime.datetime(2020, 1, 1, 5, 0)', 'datetime.datetime(2020, 1, 1, 0, 0)'],
      },
      'the argument hour',
    ],
    [
      'identity is asked of a number',
      { test: 'assert f() is None\n', sides: ['3', 'None'], operator: 'is' },
      'may be asked of',
    ],
    [
      'both sides look the same',
      { test: 'assert f() == 1\n', sides: ['1', '1'] },
      'their types must differ',
    ],
    [
      'the values in an f-string differ',
      { test: 'assert f() == f"Hello, {name}"\n', sides: ["'Hello, Bo'", "'Hello, Ann'"] },
      'which piece of the f-string',
    ],
    [
      'the values in an f-string look like its text',
      { test: 'assert f() == f"{a}-{b}-c"\n', sides: ["'x+y-z-c'", "'x-y-z-c'"] },
      'which piece of the f-string',
    ],
    [
      'an f-string may be what is tested',
      {
        test: 'def test_a():\n    e = "say a"\n    assert f"say {x}" == e\n',
        sides: ["'say b'", "'say a'"],
      },
      'may be the expectation',
    ],
    [
      'a set differs by more than one',
      { test: 'assert f() == set([1, 2])\n', sides: ['{3, 4}', '{1, 2}'] },
      'what differs is not a literal',
    ],
    [
      'a dict got another key',
      { test: 'assert f() == dict(a=1)\n', sides: ["{'b': 1}", "{'a': 1}"] },
      'what differs is not a literal',
    ],
    [
      'the shape of several lines changed',
      { test: 'assert f() == [\n    1,\n]\n', sides: ['[1, 2]', '[1]'] },
      'changed its shape',
    ],
  ])('%s', (_, story, says) => {
    expect(tell(expectedLiteral, story)).toMatch(/^refused: /);
    expect(tell(expectedLiteral, story)).toContain(says);
  });
});

describe('it is none of its own where', () => {
  const test = 'assert f() == 1\n';
  const sides: [string, string] = ['2', '1'];
  const compare = failureOf({ test, sides }).compare!;

  it.each<[string, Story]>([
    ['an f-string calls what is tested', { test: 'assert f"say {f()}" == x\n', sides }],
    ['no side is a literal', { test: 'assert f() == g()\n', sides }],
    ['the exception is another', { test, sides, exception: { type: 'builtins.ValueError' } }],
    ['nothing was compared', { test }],
    ['the operator is another', { test, failure: { compare: { ...compare, op: '!=' } } }],
    ['the comparison was on another line', { test, failure: { compare: { ...compare, line: 9 } } }],
    [
      'the comparison was in another file',
      { test, failure: { compare: { ...compare, file: 'x.py' } } },
    ],
    [
      'it was raised in the code under test',
      {
        test,
        sides,
        failure: {
          frames: [
            { file: 'libs/money/tests/test_money.py', line: 1, function: 'test_a', span: null },
            { file: 'libs/money/src/acme/money.py', line: 1, function: 'f', span: null },
          ],
        },
      },
    ],
    ['there is no frame', { test, sides, failure: { frames: [] } }],
  ])('%s', (_, story) => {
    expect(tell(expectedLiteral, story)).toBe('not mine');
  });
});

describe('of unittest, the argument is edited', () => {
  /** A method that failed with these values. */
  const method = (
    call: string,
    name: string,
    values: readonly [string, string, string, string],
  ): Story => {
    const test = `class TestIt(TestCase):\n    def test_a(self):\n        ${call}\n`;
    const [first, one, second, other] = values;
    return { test, check: { name, values: { [first]: one, [second]: other } }, change: GREETING };
  };

  it.each<[string, string, readonly [string, string, string, string]]>([
    ['self.assertEqual(f(), §)', 'assertEqual', ['first', "'Hi'", 'second', "'Hello'"]],
    ['self.assertEqual(§, f(), "why")', 'assertEqual', ['first', "'Hello'", 'second', "'Hi'"]],
    ['self.assertEquals(f(), §)', 'assertEqual', ['first', "'Hi'", 'second', "'Hello'"]],
    [
      'self.assertEqual(second=§, first=f())',
      'assertEqual',
      ['first', "'Hi'", 'second', "'Hello'"],
    ],
    [
      'self.assertListEqual(f(), [x, §])',
      'assertListEqual',
      ['list1', "[1, 'Hi']", 'list2', "[1, 'Hello']"],
    ],
    [
      'self.assertDictEqual(f(), {"a": §})',
      'assertDictEqual',
      ['d1', "{'a': 'Hi'}", 'd2', "{'a': 'Hello'}"],
    ],
    [
      'self.assertCountEqual(f(), ["b", §])',
      'assertCountEqual',
      ['first', "['Hi', 'b']", 'second', "['b', 'Hello']"],
    ],
    [
      'self.assertMultiLineEqual(\n            f(),\n            §,\n        )',
      'assertMultiLineEqual',
      ['first', "'Hi'", 'second', "'Hello'"],
    ],
  ])('%s', (call, name, values) => {
    const story = method(call.replace('§', '"Hello"'), name, values);
    const after = story.test.replace('"Hello"', '"Hi"');
    expect(tell(expectedLiteral, story)).toBe(`explained: ${after}`);
  });

  it.each<[string, Story, string]>([
    [
      'an argument is unpacked',
      method('self.assertEqual(*pair, "Hello")', 'assertEqual', [
        'first',
        "'Hi'",
        'second',
        "'Hello'",
      ]),
      'refused: the arguments of assertEqual can not be told',
    ],
    [
      'two calls stand on the line',
      method('self.assertEqual(f(), 1); self.assertEqual(g(), 1)', 'assertEqual', [
        'first',
        '2',
        'second',
        '1',
      ]),
      'refused: several calls may be meant',
    ],
    [
      'the method compares no two values',
      method('self.assertTrue(f())', 'assertTrue', ['expr', 'False', 'x', '1']),
      'not mine',
    ],
    [
      'no order tells which element it is',
      method('self.assertCountEqual(f(), ["a", "b"])', 'assertCountEqual', [
        'first',
        "['c', 'd']",
        'second',
        "['a', 'b']",
      ]),
      'refused: more than one element differs, and they have no order',
    ],
  ])('not where %s', (_, story, says) => {
    expect(tell(expectedLiteral, story)).toBe(says);
  });
});

it('what the documentation says anew explains a value that no literal gives', () => {
  const source = (example: string, code: string): string =>
    `def name(n):\n    \"\"\"\n    >>> name(90)\n    '${example}'\n    \"\"\"\n    return ${code}\n`;
  const told = tell(expectedLiteral, {
    test: 'assert name(90) == "a minute"\n',
    sides: ["'2 minutes'", "'a minute'"],
    change: [source('a minute', 'say(n // 60)'), source('2 minutes', 'say(round(n / 60))')],
  });
  expect(told).toBe('explained: assert name(90) == "2 minutes"\n');
});
