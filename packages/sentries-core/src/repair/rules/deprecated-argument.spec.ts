import { loadSyntax } from '../../python/syntax';
import { failureOf, tell, type Story } from '../story.fixture';
import { deprecatedArgument } from './deprecated-argument';

beforeAll(loadSyntax);

const SOURCE = 'libs/money/src/acme/money.py';
const OLD = 'def convert(amount, digits=2):\n    return round(amount, digits)\n';
const now = (hand = 'places = digits', more = 'places=2, digits=None'): string =>
  `def convert(amount, ${more}):\n    if digits is not None:\n` +
  `        warnings.warn("digits is places now", DeprecationWarning)\n        ${hand}\n` +
  '    return round(amount, places)\n';

function warned(test: string, change = now(), message = 'digits is places now'): Story {
  const story = { test, at: '    ' };
  const [frame] = failureOf(story).frames;
  return {
    ...story,
    exception: { type: 'builtins.DeprecationWarning', message },
    change: [OLD, change],
    failure: { frames: [frame!, { file: SOURCE, line: 3, function: 'convert', span: null }] },
  };
}
const using = (call: string, head = 'from acme.money import convert'): string =>
  `${head}\ndef test_a():\n    assert ${call} == 1\n`;
const TEST = using('convert(1, digits=0)');

it.each([TEST, using('money.convert(1, digits=0)', 'from acme import money')])(
  'what hands a deprecated argument on tells its new name: %j',
  (test) => {
    expect(tell(deprecatedArgument, warned(test))).toBe(
      `mechanical: ${test.replace('digits', 'places')}`,
    );
  },
);

it('a warning of something else than a deprecation is none of its own', () => {
  const story = warned(TEST);
  const type = 'builtins.UserWarning';
  expect(tell(deprecatedArgument, { ...story, exception: { ...story.exception, type } })).toBe(
    'not mine',
  );
});

describe('it is refused', () => {
  it.each([
    {
      story: warned(using('convert(convert(1, digits=0), digits=0)')),
      says: 'several arguments on this line may be meant',
    },
    {
      story: warned(`${TEST}    pytest.warns(DeprecationWarning)\n`),
      says: 'this file tests warnings, perhaps that of digits',
    },
  ])('where $says', ({ story, says }) => {
    expect(tell(deprecatedArgument, story)).toBe(`refused: ${says}`);
  });
});

it.each<[string, Story]>([
  ['an argument that is not handed on as it is', warned(TEST, now('places = digits + 1'))],
  ['an argument that no new parameter takes', warned(TEST, now('amount = digits'))],
  ['a warning that does not name the new one', warned(TEST, now(), 'do not give digits')],
  ['a call that gives the new one, too', warned(using('convert(1, digits=0, places=1)'))],
  [
    'a call of another function',
    warned(using('other(1, digits=0)', 'from acme.rates import other')),
  ],
  ['an argument given by its place', warned(using('convert(1, 0)'))],
  ['another exception', { ...warned(TEST), exception: {} }],
])('%s is none of its own', (_, story) => {
  expect(tell(deprecatedArgument, story)).toBe('not mine');
});
