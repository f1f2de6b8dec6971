import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { mockCall } from './mock-call';

beforeAll(loadSyntax);

const story = (call: string, expected: string, actual?: string): Story => ({
  test: `def test_a():\n    e = "old"\n    ${call}\n`,
  at: 'm.',
  check: { name: 'assert_called_with', values: { expected, ...(actual && { actual }) } },
  change: ['WORD = "old"\n', 'WORD = "new"\n'],
});

describe('a literal among the arguments of an expected call is edited', () => {
  it.each([
    ['m.assert_called_with("old")', "call('old')", "call('new')"],
    ['m.assert_called_once_with(1, x="old")', "call(1, x='old')", "call(1, x='new')"],
    [
      'm.post.assert_called_with(\n        url,\n        json={"a": "old"},\n    )',
      "call('u', json={'a': 'old'})",
      "call('u', json={'a': 'new'})",
    ],
    [
      'm.assert_called_with(thing, "old")',
      "call(__opaque__('acme.A'), 'old')",
      "call(__opaque__('acme.A'), 'new')",
    ],
  ])('%s', (call, expected, actual) => {
    const given = story(call, expected, actual);
    const at = given.test.lastIndexOf('old');
    const after = `${given.test.slice(0, at)}new${given.test.slice(at + 3)}`;
    expect(tell(mockCall, given)).toBe(`explained: ${after}`);
  });

  it('where it has a name, too', () => {
    const given = story('m.assert_called_with(e)', "call('old')", "call('new')");
    expect(tell(mockCall, given)).toBe(`explained: ${given.test.replace('old', 'new')}`);
  });

  it.each([
    ['it was not called', story('m.assert_called_with("old")', "call('old')"), 'not called'],
    [
      'an argument came',
      story('m.assert_called_with("old")', "call('old')", "call('old', x=1)"),
      'the argument x',
    ],
    [
      'an argument went',
      story('m.assert_called_with("old", 1)', "call('old', 1)", "call('old')"),
      'the argument 1',
    ],
    [
      'arguments are unpacked',
      story('m.assert_called_with(*args)', "call('old')", "call('new')"),
      'unpacked',
    ],
    [
      'what differs is no literal',
      story('m.assert_called_with(f())', "call('old')", "call('new')"),
      'not a literal: f()',
    ],
  ])('it is refused where %s', (_, given, says) => {
    expect(tell(mockCall, given)).toContain(`refused: `);
    expect(tell(mockCall, given)).toContain(says);
  });

  it('is none of its own where it was not called by these methods', () => {
    const check = { name: 'assertEqual', values: {} };
    expect(tell(mockCall, { ...story('m.f()', ''), check })).toBe('not mine');
  });
});
