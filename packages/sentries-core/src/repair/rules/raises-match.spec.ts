import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { raisesMatch } from './raises-match';

beforeAll(loadSyntax);

const CHANGE: [string, string] = [
  'raise ValueError(f"{x} must be positive (got %s)")\n',
  'raise ValueError(f"{x} has to be > 0 (got %s)")\n',
];
/** A pattern as it is asked for, and as the test writes it. */
const story = (line: string, pattern: string, text = 'n has to be > 0 (got -1)'): Story => ({
  test: `def test_a():\n    ${line}\n        f()\n`,
  at: line,
  check: {
    name: 'match',
    values: { pattern: JSON.stringify(pattern), flags: '0', text: JSON.stringify(text) },
  },
  change: CHANGE,
});
const raises = (written: string): string => `with pytest.raises(ValueError, match=${written}):`;

describe('the words that the change exchanged are exchanged in the pattern', () => {
  it.each<[string, string, string, string]>([
    ['of plain words', raises('"must be positive"'), 'must be positive', raises('"has to be > 0"')],
    [
      'of a raw string',
      raises('r"^\\w+ must be positive \\(got .*\\)$"'),
      '^\\w+ must be positive \\(got .*\\)$',
      raises('r"^\\w+ has to be > 0 \\(got .*\\)$"'),
    ],
    [
      'of an escaped text',
      raises('re.escape("must be positive (")'),
      'must\\ be\\ positive\\ \\(',
      raises('re.escape("has to be > 0 (")'),
    ],
    [
      'of unittest',
      'with self.assertRaisesRegex(ValueError, "must be positive"):',
      'must be positive',
      'with self.assertRaisesRegex(ValueError, "has to be > 0"):',
    ],
    [
      'of a warning',
      'with pytest.warns(UserWarning, match="must be positive"):',
      'must be positive',
      'with pytest.warns(UserWarning, match="has to be > 0"):',
    ],
    [
      'within another block',
      `with x, pytest.raises(ValueError, match="must be positive"):`,
      'must be positive',
      'with x, pytest.raises(ValueError, match="has to be > 0"):',
    ],
  ])('%s', (_, line, pattern, after) => {
    const given = story(line, pattern);
    expect(tell(raisesMatch, given)).toBe(`explained: ${given.test.replace(line, () => after)}`);
  });

  it.each<[string, Story, string]>([
    ['the change shows no such words', story(raises('"is odd"'), 'is odd'), 'no exchange of words'],
    [
      'it would not match',
      story(raises('"must be positive!"'), 'must be positive!'),
      'no exchange of words',
    ],
    ['the pattern is a name', story(raises('PATTERN'), 'must be positive'), 'not a literal'],
    ['the pattern was another', story(raises('"positive"'), 'must be positive'), 'not the pattern'],
    [
      'the pattern has flags of its own',
      story(raises('"(?i)must be positive"'), '(?i)must be positive'),
      'more than words',
    ],
    ['there is no pattern', story('with x():', 'must be positive'), 'does not stand at the call'],
  ])('it is refused where %s', (_, given, says) => {
    expect(tell(raisesMatch, given)).toContain('refused: ');
    expect(tell(raisesMatch, given)).toContain(says);
  });

  it('is none of its own where nothing was raised', () => {
    const check = { name: 'did not raise', values: {} };
    expect(tell(raisesMatch, { ...story(raises('"x"'), 'x'), check })).toBe('not mine');
  });
});
