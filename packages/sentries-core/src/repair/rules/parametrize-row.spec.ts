import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { parametrizeRow } from './parametrize-row';

beforeAll(loadSyntax);

const CHANGE: [string, string] = ['RATE = 20\n', 'RATE = 30\n'];

/** A test whose row number 1 expects 20 and gets 30. */
const rows = (decorator: string, body = 'assert f(a) == b'): Story => ({
  test: `${decorator}\ndef test_a(a, b):\n    ${body}\n`,
  at: 'assert',
  sides: ['30', '20'],
  change: CHANGE,
  failure: { rows: { a: 1, b: 1 } },
});

/** The same, with a name for the value, which has another use. */
const named = (use: string): Story => {
  const story = rows(mark('"a, b"', '[(1, 10), (2, TWENTY)]'));
  return { ...story, test: `TWENTY = 20\nother = ${use}\n${story.test}` };
};

const mark = (names: string, list: string): string => `@pytest.mark.parametrize(${names}, ${list})`;

describe('the value of the failing row is edited', () => {
  it.each([
    ['of tuples', mark('"a, b"', '[(1, 10), (2, §)]')],
    ['of lists', mark('"a,b"', '([1, 10], [2, §])')],
    ['of names in a list', mark('["a", "b"]', '[(1, 10), (2, §)]')],
    ['of names in a tuple', mark('("b", "a")', '[(10, 1), (§, 2)]')],
    ['of pytest.param', mark('"a, b"', '[(1, 10), pytest.param(2, §, id="two")]')],
    ['of keywords', mark('argnames="a, b"', 'argvalues=[(1, 10), (2, §)]')],
    [
      'of many lines, with comments',
      mark('"a, b"', '[\n    (1, 10),  # one\n    (2, §),  # two\n]'),
    ],
    ['of one name', `${mark('"b"', '[10, §]')}\n${mark('"a"', '[1, 2]')}`],
    ['of one name with param', mark('"b"', '[10, pytest.param(§)]')],
    ['among others that look alike', mark('"a, b"', '[(2, 20), (2, §), (2, 20)]')],
    ['of the class around', `${mark('"b"', '[10, §]')}\nclass TestIt:\n  ${mark('"a"', '[1]')}`],
  ])('%s', (_, decorator) => {
    const indented = decorator.includes('class');
    const story = rows(decorator.replace('§', '20'));
    const test = indented ? story.test.replace('\ndef', '\n  def') : story.test;
    const after = test.replaceAll(decorator.replace('§', '20'), decorator.replace('§', '30'));
    expect(tell(parametrizeRow, { ...story, test })).toBe(`explained: ${after}`);
  });

  it('on the left side of the assert, too', () => {
    const story = rows(mark('"a, b"', '[(1, 10), (2, 20)]'), 'assert b == f(a)');
    expect(tell(parametrizeRow, { ...story, sides: ['20', '30'] })).toBe(
      `explained: ${story.test.replace('(2, 20)', '(2, 30)')}`,
    );
  });

  it('where it is the one name of a value', () => {
    const story = named('1');
    expect(tell(parametrizeRow, story)).toBe(
      `explained: ${story.test.replace('TWENTY = 20', 'TWENTY = 30')}`,
    );
  });

  it('where it is asked with "is"', () => {
    const story = rows(mark('"a, b"', '[(1, True), (2, True)]'), 'assert f(a) is b');
    expect(tell(parametrizeRow, { ...story, sides: ['False', 'True'], operator: 'is' })).toBe(
      `unexplained: ${story.test.replace('(2, True)', '(2, False)')}`,
    );
  });

  it('unexplained where the change does not show it', () => {
    const story = rows(mark('"a, b"', '[(1, 10), (2, 20)]'));
    expect(tell(parametrizeRow, { ...story, sides: ['31', '20'] })).toBe(
      `unexplained: ${story.test.replace('(2, 20)', '(2, 31)')}`,
    );
  });
});

describe('it is refused where', () => {
  const list = mark('"a, b"', '[(1, 10), (2, 20)]');

  it.each<[string, Story, string]>([
    ['both sides are parameters', rows(list, 'assert a == b'), 'both sides'],
    ['the parameter is assigned', rows(list, 'b = 20\n    assert f(a) == b'), 'is assigned'],
    ['the parameter is counted up', rows(list, 'b += 1\n    assert f(a) == b'), 'is assigned'],
    [
      'the parameter is unpacked anew',
      rows(list, 'b, c = 20, 1\n    assert f(a) == b'),
      'is assigned',
    ],
    ['the rows stand elsewhere', rows(mark('"a, b"', 'ROWS')), 'no list of rows'],
    ['the rows are put together', rows(mark('"a, b"', '[(1, 10), *MORE]')), 'no list of rows'],
    ['there is no such row', rows(mark('"a, b"', '[(1, 10)]')), 'no list of rows'],
    ['nothing gives the parameter', rows('@other'), 'no list of rows'],
    ['a decorator only looks alike', rows('@given("a, b", [(1, 10), (2, 20)])'), 'no list of rows'],
    ['the value is a name', rows(mark('"a, b"', '[(1, 10), (2, TWENTY)]')), 'is not a literal'],
    [
      'the row is made by a function',
      rows(mark('"a, b"', '[(1, 10), row(20)]')),
      'is not a literal',
    ],
    [
      'the row has another value',
      rows(mark('"a, b"', '[(1, 10), (2, 25)]')),
      'not the value that was compared',
    ],
    [
      'the parameter is an input, too',
      rows(list, 'assert normal(b) == b'),
      'more than an expectation',
    ],
    ['the name is an input', { ...named('TWENTY + f(TWENTY)') }, 'more than an expectation'],
    ['the assert is a chain', rows(list, 'assert f(a) == b == 20'), 'more than one comparison'],
  ])('%s', (_, story, says) => {
    expect(tell(parametrizeRow, story)).toMatch(/^refused: /);
    expect(tell(parametrizeRow, story)).toContain(says);
  });
});

describe('it is none of its own where', () => {
  const list = mark('"a, b"', '[(1, 10), (2, 20)]');

  it.each<[string, Story]>([
    ['the test has no rows', { ...rows(list), failure: { rows: {} } }],
    [
      'the assert is in a helper',
      { ...rows(list), failure: { rows: { b: 1 }, function: 'test_b' } },
    ],
    ['no side is a parameter', rows(list, 'assert f(a) == 20')],
    ['the exception is another', { ...rows(list), exception: { type: 'builtins.KeyError' } }],
  ])('%s', (_, story) => {
    expect(tell(parametrizeRow, story)).toBe('not mine');
  });
});
