import { loadSyntax } from '../../python/syntax';
import { failureOf, tell, type Story } from '../story.fixture';
import { deprecatedSymbol } from './deprecated-symbol';

beforeAll(loadSyntax);

const SOURCE = 'libs/money/src/acme/money.py';
const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
const SHIM =
  'def convert(amount, rate):\n    warnings.warn("use exchange", DeprecationWarning)\n    return exchange(amount, rate)\n';
const CHANGE: [string, string] = [func('convert'), func('exchange') + SHIM];

function warned(test: string, message = 'use exchange() instead', in_ = 'convert'): Story {
  const story = { test, at: '    ' };
  const [frame] = failureOf(story).frames;
  return {
    ...story,
    exception: { type: 'builtins.DeprecationWarning', message },
    change: CHANGE,
    failure: { frames: [frame!, { file: SOURCE, line: 4, function: in_, span: null }] },
  };
}
const TEST = 'from acme.money import convert\ndef test_a():\n    assert convert(1, 2)\n';

it.each([TEST, 'from acme import money\ndef test_a():\n    assert money.convert(1, 2)\n'])(
  'a deprecated name becomes its replacement: %j',
  (test) => {
    expect(tell(deprecatedSymbol, warned(test))).toBe(
      `mechanical: ${test.replaceAll('convert', 'exchange')}`,
    );
  },
);

it('a deprecated method becomes its replacement on the failing line', () => {
  const cls = (...methods: string[]) => `class A:\n${methods.join('').replace(/^(?=.)/gm, '    ')}`;
  const test = 'def test_a(x):\n    assert x.convert(1, 2)\n';
  const change: [string, string] = [cls(func('convert')), cls(func('exchange'), SHIM)];
  expect(tell(deprecatedSymbol, { ...warned(test), change })).toBe(
    `mechanical: ${test.replace('convert', 'exchange')}`,
  );
});

describe('it is refused', () => {
  it.each([
    ['where the warning names nothing of the change', warned(TEST, 'do not use this')],
    ['where the warning is about something else', warned(TEST, 'use exchange', 'other')],
    ['where the change shows no replacement', { ...warned(TEST), change: [SHIM, `${SHIM}\n#`] }],
  ] as [string, Story][])('%s', (_, story) => {
    expect(tell(deprecatedSymbol, story)).toBe(
      'refused: the change shows no replacement for what the warning is about',
    );
  });

  it('where the file tests warnings', () => {
    const test = `${TEST}    with pytest.warns(DeprecationWarning): convert(1, 2)\n`;
    expect(tell(deprecatedSymbol, warned(test))).toContain('this file tests warnings');
  });
});

it.each<[string, Story]>([
  ['another exception', { ...warned(TEST), exception: {} }],
  [
    'a warning of something else than a deprecation',
    {
      ...warned(TEST),
      exception: { type: 'builtins.RuntimeWarning', message: 'not as exchange() does' },
    },
  ],
  ['a warning of the test itself', { ...warned(TEST), failure: {} }],
  ['code that did not change', { ...warned(TEST), change: undefined }],
])('%s is none of its own', (_, story) => {
  expect(tell(deprecatedSymbol, story)).toBe('not mine');
});
