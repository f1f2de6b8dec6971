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
      'the comparison is one of two',
      { test: 'assert f() == 1 and g()\n', sides: ['2', '1'] },
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
      { test: 'assert f() == 1\n', sides: ['set()', '1'] },
      'no faithful source form',
    ],
    [
      'both sides look the same',
      { test: 'assert f() == 1\n', sides: ['1', '1'] },
      'their types must differ',
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
    ['no side is a literal', { test: 'assert f() == g()\n', sides }],
    ['the exception is another', { test, sides, exception: { type: 'builtins.ValueError' } }],
    ['nothing was compared', { test }],
    ['the operator is another', { test, failure: { compare: { ...compare, op: 'in' } } }],
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
