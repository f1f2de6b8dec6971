import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { warnsType } from './warns-type';

beforeAll(loadSyntax);

const source = (category: string): string => `def f():\n    warnings.warn("x", ${category})\n`;

/** A test that expected a DeprecationWarning, where the change warns by another class. */
const story = (test: string, now: string, wider = false, change = source(now)): Story => ({
  test,
  at: 'with',
  exception: { type: 'builtins.Failed', derived: [] },
  check: {
    name: 'warned',
    values: { category: `'builtins.${now}'`, wider: wider ? 'True' : 'False' },
  },
  change: [source('DeprecationWarning'), change],
});
const block = (category: string): string =>
  `def test_a():\n    with pytest.warns(${category}):\n        f()\n`;
const TEST = block('DeprecationWarning');

it.each([
  { how: 'by its place', given: (category: string) => category },
  { how: 'before the level', given: (category: string) => `${category}, 2` },
  { how: 'by its name', given: (category: string) => `stacklevel=2, category=${category}` },
])('the expected warning becomes the one that the change warns by, given $how', ({ given }) => {
  const change = [source(given('DeprecationWarning')), source(given('FutureWarning'))] as const;
  expect(tell(warnsType, { ...story(TEST, 'FutureWarning'), change })).toBe(
    `explained: ${block('FutureWarning')}`,
  );
});

describe('it is refused', () => {
  it.each([
    { story: story(TEST, 'Warning', true), says: 'Warning is wider than DeprecationWarning' },
    { story: story(TEST, 'Warning'), says: 'Warning is wider than DeprecationWarning' },
    { story: story(TEST, 'Base', true), says: 'Base is wider than DeprecationWarning' },
    {
      story: story(
        TEST,
        'FutureWarning',
        false,
        `${source('DeprecationWarning')}x = FutureWarning\n`,
      ),
      says: 'no warning of the change exchanges DeprecationWarning for FutureWarning',
    },
    {
      story: story(block('(DeprecationWarning, UserWarning)'), 'FutureWarning'),
      says: 'the expected warning is not one class',
    },
  ])('where $says', ({ story: one, says }) => {
    expect(tell(warnsType, one)).toBe(`refused: ${says}`);
  });
});

it('another check is none of its own', () => {
  const check = { name: 'did not warn', values: {} };
  expect(tell(warnsType, { ...story(TEST, 'FutureWarning'), check })).toBe('not mine');
});
