import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { expectedMember } from './expected-member';

beforeAll(loadSyntax);

const CHANGE: [string, string] = [
  'a = "invalid value: %s"\nb = 10\n',
  'a = "bad value: %s"\nb = 20\n',
];
const story = (test: string, member: string, container: string, change = CHANGE): Story => ({
  test,
  sides: [member, container],
  operator: 'in',
  change,
});

describe('the one value that the change made of a member', () => {
  it.each<[string, Story, string]>([
    [
      'of a text',
      story('assert "invalid value" in out\n', "'invalid value'", "'E: bad value: 3'"),
      'explained: assert "bad value" in out\n',
    ],
    [
      'of a text with a number',
      story('assert "up to 10" in out\n', "'up to 10'", "'up to 20 files'"),
      'explained: assert "up to 20" in out\n',
    ],
    [
      'of a list',
      story('assert "invalid value: 3" in f()\n', "'invalid value: 3'", "['x', 'bad value: 3']"),
      'explained: assert "bad value: 3" in f()\n',
    ],
    [
      'of the keys of a dict',
      story('assert 10 in f()\n', '10', "{20: 'x'}"),
      'explained: assert 20 in f()\n',
    ],
    [
      'of an expected list',
      story('assert f() in ("x", 10)\n', '20', "('x', 10)"),
      'explained: assert f() in ("x", 20)\n',
    ],
  ])('%s', (_, given, expected) => {
    expect(tell(expectedMember, given)).toBe(expected);
  });

  it.each<[string, Story, string]>([
    [
      'the change shows none',
      story('assert "invalid value" in out\n', "'invalid value'", "'all is well'"),
      'refused: nothing in the change says which',
    ],
    [
      'the change shows several',
      story('assert 10 in f()\n', '10', '[20, 30]', ['a = 10\nb = 10\n', 'a = 20\nb = 30\n']),
      'refused: the change gives several',
    ],
    [
      'the container can’t be told',
      { ...story('assert 10 in f()\n', '10', '[20]'), sides: ['10', null] },
      'refused: the container (a acme.Thing) has no source form',
    ],
    ['both are literals', story('assert 1 in [2]\n', '1', '[2]'), 'refused: both sides'],
    ['none is', story('assert x in y\n', '1', '[2]'), 'not mine'],
    [
      'it is not there on purpose',
      { ...story('assert 10 not in f()\n', '10', '[10]'), operator: 'not in' },
      'not mine',
    ],
  ])('is not known where %s', (_, given, says) => {
    expect(tell(expectedMember, given)).toContain(says);
  });
});
