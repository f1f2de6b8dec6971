import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { raisesType } from './raises-type';

beforeAll(loadSyntax);

const change = (old: string, now: string): [string, string] => [
  `def f():\n    raise ${old}("x")\n`,
  `def f():\n    raise ${now}("x")\n`,
];

/** A test in which the second class was raised where the first was expected. */
const story = (test: string, type: string, derived: string[] | null = []): Story => ({
  test,
  at: '  f()',
  exception: { type, derived },
  change: change('ValueError', type.split('.').at(-1)!),
});
const block = (expected: string, head = ''): string =>
  `${head}def test_a():\n    with ${expected}:\n        f()\n`;

describe('the expected exception becomes the one that the change raises', () => {
  it.each<[string, Story, string]>([
    [
      'a builtin one',
      story(block('pytest.raises(ValueError)'), 'builtins.TypeError'),
      block('pytest.raises(TypeError)'),
    ],
    [
      'with a pattern',
      story(block('pytest.raises(ValueError, match="x") as e'), 'builtins.TypeError'),
      block('pytest.raises(TypeError, match="x") as e'),
    ],
    [
      'of unittest',
      story(block('self.assertRaises(ValueError)'), 'builtins.TypeError'),
      block('self.assertRaises(TypeError)'),
    ],
    [
      'by a name that is imported',
      story(block('raises(ValueError)', 'from acme import Bad\n'), 'acme.errors.Bad'),
      block('raises(Bad)', 'from acme import Bad\n'),
    ],
    [
      'of a module',
      { ...story(block('raises(errors.Old)'), 'acme.errors.Bad'), change: change('Old', 'Bad') },
      block('raises(errors.Bad)'),
    ],
    [
      'with its import',
      {
        ...story(block('raises(Old)', 'from acme import Old, f\n'), 'acme.errors.Bad'),
        change: change('Old', 'Bad'),
      },
      block('raises(Bad)', 'from acme import Bad, f\n'),
    ],
    [
      'with an import beside one that is still used',
      {
        ...story(block('raises(Old)', 'from acme import Old, f\ng(Old)\n'), 'acme.errors.Bad'),
        change: change('Old', 'Bad'),
      },
      block('raises(Bad)', 'from acme import Old, Bad, f\ng(Old)\n'),
    ],
  ])('%s', (_, given, after) => {
    expect(tell(raisesType, given)).toBe(`explained: ${after}`);
  });

  it('of the place in the test that expected it, though it was raised far below', () => {
    const given = story(block('raises(ValueError)'), 'builtins.TypeError');
    const file = 'libs/money/tests/test_money.py';
    const frame = (name: string, line: number) => ({ file: name, line, function: 'f', span: null });
    const frames = [frame(file, 3), frame('libs/money/src/acme/money.py', 2)];
    expect(tell(raisesType, { ...given, failure: { frames } })).toBe(
      `explained: ${block('raises(TypeError)')}`,
    );
  });
});

it('an exception that no raise of the change shows is unexplained', () => {
  const given = story(block('raises(ValueError)'), 'builtins.TypeError');
  const told = tell(raisesType, { ...given, change: change('KeyError', 'TypeError') });
  expect(told).toBe(`unexplained: ${given.test.replace('ValueError', 'TypeError')}`);
});

describe('it is refused where', () => {
  it.each<[string, Story, string]>([
    [
      'nobody would raise that on purpose',
      {
        ...story(block('raises(ValueError)'), 'builtins.NameError'),
        change: change('KeyError', 'TypeError'),
      },
      'no raise of the change',
    ],
    ['anything may be raised', story(block('raises(ValueError)'), 'builtins.Exception'), 'wider'],
    [
      'a class above is raised',
      story(block('raises(ValueError)'), 'acme.Base', ['acme.ValueError']),
      'wider',
    ],
    [
      'what is below can’t be told',
      story(block('raises(ValueError)'), 'builtins.OSError', null),
      'wider',
    ],
    [
      'several are expected',
      story(block('raises((ValueError, KeyError))'), 'builtins.TypeError'),
      'not one class',
    ],
    ['the import is not known', story(block('raises(ValueError)'), 'acme.Bad'), 'imported from'],
    [
      'the name is taken',
      story(block('raises(ValueError)', 'Bad = 1\n'), 'acme.Bad'),
      'something else',
    ],
    [
      'the module is another',
      story(block('raises(a.ValueError)'), 'acme.errors.Bad'),
      'not known to have',
    ],
  ])('%s', (_, given, says) => {
    expect(tell(raisesType, given)).toContain('refused: ');
    expect(tell(raisesType, given)).toContain(says);
  });

  it.each<[string, Story]>([
    ['nothing was expected', story('def test_a():\n    f()\n', 'builtins.TypeError')],
    ['an assertion failed', { test: block('raises(ValueError)'), at: '  f()' }],
    ['a warning was expected', story(block('pytest.warns(UserWarning)'), 'builtins.TypeError')],
  ])('none of its own: %s', (_, given) => {
    expect(tell(raisesType, given)).toBe('not mine');
  });
});
