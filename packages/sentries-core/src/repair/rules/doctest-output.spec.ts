import { changeOf } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { changedFile } from '../../change/change.fixture';
import { failureFact } from '../../pytest/facts.fixture';
import type { DoctestFact } from '../../pytest/facts';
import { loadSyntax, PythonSource } from '../../python/syntax';
import { isRefusal } from '../strategy';
import { edited } from '../story.fixture';
import { doctestOutput } from './doctest-output';

beforeAll(loadSyntax);

const FILE = 'lib/tests/usage.rst';
const CHANGE = changeOf(
  'def greet(n):\n    return f"Hello, {n}!", 10\n',
  'def greet(n):\n    return f"Good day, {n}!", 25\n',
);

interface Example extends Partial<DoctestFact> {
  /** The file, with the example after its first `>>>`. */
  readonly text: string;
  readonly got: string | null;
}

/** What the rule makes of a failing example of a text. */
function tell({ text, ...fact }: Example, change = CHANGE, file = FILE): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes('>>>'));
  const indent = lines[at]!.indexOf('>>>');
  const inner = lines.slice(at).map((line) => line.slice(indent));
  const code = inner.filter((line, n) => n === 0 || /^\.\.\.( |$)/.test(line));
  const rest = inner.slice(code.length);
  const end = rest.findIndex((line) => line.trim() === '');
  const want = rest.slice(0, end < 0 ? undefined : end);
  const doctest: DoctestFact = {
    file,
    line: at + 1,
    source: code.map((line) => `${line.slice(4)}\n`).join(''),
    want: want.map((line) => `${line}\n`).join(''),
    raises: null,
    options: [],
    ...fact,
  };
  const source = new PythonSource(text);
  const known = (path: string) => (path.includes('/tests/') ? source : undefined);
  const answer = doctestOutput.propose(failureFact({ doctest }), {
    change,
    test: () => undefined,
    text: known,
  });
  if (!answer) return 'not mine';
  return isRefusal(answer) ? `refused: ${answer.refused}` : edited(text, answer);
}

describe('the output of a doctest becomes what the example prints', () => {
  it.each<[string, string, string, string, Partial<DoctestFact>]>([
    [
      'a text',
      ">>> f('Ann')\n'Hello, Ann!'\n\nMore.\n",
      "'Good day, Ann!'\n",
      ">>> f('Ann')\n'Good day, Ann!'\n\nMore.\n",
      {},
    ],
    ['a number', '>>> f()\n10\n', '25\n', '>>> f()\n25\n', {}],
    ['a leaf', ">>> f()\n['x', 10]\n", "['x', 25]\n", ">>> f()\n['x', 25]\n", {}],
    [
      'one line of several, indented, after code of two lines',
      'So:\n\n    >>> for n in "ab":\n    ...     print(f(n))\n    same\n    Hello, b!\n',
      'same\nGood day, b!\n',
      'So:\n\n    >>> for n in "ab":\n    ...     print(f(n))\n    same\n    Good day, b!\n',
      {},
    ],
    [
      'with its directive',
      ">>> f() # doctest: +SKIP\n'Hello, Bo'\n",
      "'Good day, Bo'\n",
      ">>> f() # doctest: +SKIP\n'Good day, Bo'\n",
      {},
    ],
    [
      'the layout, where white space does not count',
      '>>> f()\nHello,\n   Ann!   10\n',
      'Hello, Ann! 25\n',
      '>>> f()\nHello,\n   Ann!   25\n',
      { options: ['NORMALIZE_WHITESPACE'] },
    ],
    [
      'the message of an expected exception',
      '>>> f()\nTraceback (most recent call last):\n    ...\nValueError: Hello, Ann!\n',
      'Traceback (most recent call last):\n  File "x", line 1, in f\nValueError: Good day, Ann!\n',
      '>>> f()\nTraceback (most recent call last):\n    ...\nValueError: Good day, Ann!\n',
      { raises: 'ValueError: Hello, Ann!\n' },
    ],
  ])('%s', (_, text, got, after, fact) => {
    expect(tell({ text, got, ...fact })).toBe(`explained: ${after}`);
  });

  it.each([
    ['nothing in the change shows it', '>>> f()\n10\n', '26\n', '>>> f()\n26\n'],
    [
      'the number of its lines changed',
      '  >>> f()\n  a\n\nMore.\n',
      'a\n\nb\n',
      '  >>> f()\n  a\n  <BLANKLINE>\n  b\n\nMore.\n',
    ],
  ])('unexplained, where %s', (_, text, got, after) => {
    expect(tell({ text, got })).toBe(`unexplained: ${after}`);
  });

  it('in a docstring of a test file', () => {
    const text = 'def f():\n    """So.\n\n    >>> f()\n    10\n    """\n';
    const example = { text, want: '10\n', got: '25\n' };
    expect(tell(example, CHANGE, 'lib/tests/helpers.py')).toBe(
      `explained: ${text.replace('10', '25')}`,
    );
  });

  it('unexplained, where the change wrote the expectation itself', () => {
    const text = '>>> f()\n10\n';
    const fresh = changedFile('>>> f()\n9\n', text, FILE);
    expect(tell({ text, got: '25\n' }, new ChangeSet(CHANGE.files, [fresh]))).toContain(
      'unexplained',
    );
  });
});

describe('a doctest is refused', () => {
  it.each<[string, Example, string]>([
    [
      'with an ellipsis',
      { text: '>>> f()\nHello...\n', got: 'Bye\n', options: ['ELLIPSIS'] },
      'by an ellipsis',
    ],
    [
      'with rounded numbers',
      { text: '>>> f()\n3.14\n', got: '3.25\n', options: ['NUMBER'] },
      'less precision',
    ],
    ['that expects nothing', { text: '>>> f()\n', got: '1\n', want: '' }, 'expects no output'],
    ['that prints nothing', { text: '>>> f()\n1\n', got: '' }, 'prints nothing'],
    ['that prints a prompt', { text: '>>> f()\n1\n', got: '>>> 2\n' }, 'can not be written'],
    ['that leaves its line open', { text: '>>> f()\n1\n', got: '2' }, 'can not be written'],
    [
      'whose words are more now',
      { text: '>>> f()\na b\n', got: 'a b c\n', options: ['NORMALIZE_WHITESPACE'] },
      'no place',
    ],
    [
      'that raises nothing',
      {
        text: '>>> f()\nTraceback (most recent call last):\nValueError: x\n',
        got: '1\n',
        raises: 'ValueError: x\n',
      },
      'was not raised',
    ],
    [
      'that raises another exception',
      {
        text: '>>> f()\nTraceback (most recent call last):\nValueError: x\n',
        got: 'Traceback (most recent call last):\nKeyError: x\n',
        raises: 'ValueError: x\n',
      },
      'another one',
    ],
    ['that is not there', { text: '>>> f()\n1\n', got: '2\n', want: '3\n' }, 'not found'],
    ['whose line nobody knows', { text: '>>> f()\n1\n', got: '2\n', line: null }, 'not found'],
  ])('%s', (_, example, says) => {
    expect(tell(example)).toMatch(/^refused: /);
    expect(tell(example)).toContain(says);
  });

  it('in a docstring, where the new output needs an escape', () => {
    const example = { text: '"""\n>>> f()\n\'a\'\n"""\n', got: "'a\\n'\n", want: "'a'\n" };
    expect(tell(example, CHANGE, 'lib/tests/test_a.py')).toContain('needs an escape');
  });

  it.each([
    [
      'lib/src/greet.py',
      'a docstring of lib/src/greet.py, which is no test file: documentation is for sentry-doc',
    ],
    ['lib/docs/usage.rst', 'lib/docs/usage.rst, which is none of the test files'],
  ])('in %s', (file, says) => {
    expect(tell({ text: '>>> f()\n10\n', got: '25\n' }, CHANGE, file)).toContain(says);
  });
});

it('an exception that nobody expected is not its own', () => {
  expect(tell({ text: '>>> f()\n10\n', got: null })).toBe('not mine');
});
