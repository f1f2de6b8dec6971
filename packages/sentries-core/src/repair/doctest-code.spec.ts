import { changeOf } from '../change/change.fixture';
import { failureFact } from '../pytest/facts.fixture';
import { loadSyntax, PythonSource } from '../python/syntax';
import { inDoctest } from './doctest-code';
import { renamedSymbol } from './rules/renamed-symbol';
import { edited } from './story.fixture';
import { isRefusal, type Strategy } from './strategy';

beforeAll(loadSyntax);

const body = '(items):\n    total = [item * 7 for item in items]\n    return sorted(total)\n';
const CHANGE = changeOf(`def old${body}`, `def new${body}`);

function tell(
  text: string,
  strategy: Strategy,
  file = 'lib/tests/usage.rst',
  got: string | null = null,
) {
  const source = new PythonSource(text);
  const failure = failureFact({
    exception: { type: 'builtins.ImportError', message: '', name: 'acme.money', owner: null },
    frames: [{ file, line: 3, function: '<module>', span: null }],
    doctest: { file, line: 3, source: '', want: '', raises: null, got, options: [] },
  });
  const answer = inDoctest([strategy]).propose(failure, {
    change: CHANGE,
    test: () => undefined,
    text: (path) => (path === file ? source : undefined),
  });
  if (!answer) return 'not mine';
  return isRefusal(answer) ? `refused: ${answer.refused}` : edited(text, answer);
}

const TEXT =
  'The old way\n\n  >>> from acme.money import old\n  >>> for x in "é":\n  ...     old(x)\n  old\n\n>>> old(1)\n';

describe('the code of a doctest is mended by the rules for code', () => {
  it('in all examples of the text, and nowhere else', () => {
    expect(tell(TEXT, renamedSymbol)).toBe(
      'mechanical: The old way\n\n  >>> from acme.money import new\n  >>> for x in "é":\n  ...     new(x)\n  old\n\n>>> new(1)\n',
    );
  });

  it('with line ends of two characters, too', () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    expect(tell(crlf(TEXT), renamedSymbol)).toContain(
      crlf('>>> for x in "é":\n  ...     new(x)\n'),
    );
  });

  it.each([
    ['in Python, whose docstrings no rule reads as code', 'lib/tests/test_a.py', null],
    ['whose output is what failed', 'lib/tests/usage.rst', '1\n'],
  ])('but not %s', (_, file, got) => {
    expect(tell(TEXT, renamedSymbol, file, got)).toBe('not mine');
  });

  it('and an edit over several lines is refused', () => {
    const rewriting: Strategy = {
      id: 'rewriting',
      propose: (_, context) => {
        const { text } = context.test('lib/tests/usage.rst')!;
        const operation = {
          file: 'lib/tests/usage.rst',
          span: { start: 0, end: text.length },
          before: text,
          after: '',
        };
        return {
          strategy: 'rewriting',
          tier: 'mechanical',
          operations: [operation],
          evidence: [],
          causes: [],
          says: '',
        };
      },
    };
    expect(tell(TEXT, rewriting)).toBe('refused: its edit is of more than one line of an example');
  });
});
