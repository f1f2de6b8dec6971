import { loadSyntax, PythonSource } from '../python/syntax';
import { planMutants } from './mutants';

beforeAll(loadSyntax);

/** The lines of a text that a mistake would leave, one each. */
function mistakes(text: string, lines?: readonly number[]): string[] {
  const source = new PythonSource(text);
  const all = Array.from({ length: source.lines.lineCount }, (_, at) => at + 1);
  return planMutants(source, new Set(lines ?? all)).map(({ kind, line, span, after }) => {
    const made = text.slice(0, span.start) + after + text.slice(span.end);
    return `${kind}: ${made.split('\n')[line - 1]!.trim()}`;
  });
}

describe('the mistakes that can be put into a line', () => {
  it.each([
    { line: 'return a', made: ['returned value: return None'] },
    { line: 'return None', made: [] },
    { line: 'return', made: [] },
    { line: 'x = 3', made: ['constant: x = (3 + 1)'] },
    { line: 'x = 0', made: ['constant: x = 1'] },
    { line: 'x = 1.5', made: ['constant: x = (1.5 + 1)'] },
    { line: 'x = True', made: ['constant: x = False'] },
    { line: 'x = "a"', made: ['constant: x = "~a"'] },
    { line: 'x = f"a{b}"', made: ['constant: x = f"~a{b}"'] },
    { line: 'x = a < b', made: ['comparison: x = a >= b'] },
    { line: 'x = a not in b', made: ['comparison: x = a in b'] },
    { line: 'x = a is b', made: ['comparison: x = a is not b'] },
    { line: 'x = a < b < c', made: [] },
    { line: 'x = a // b', made: ['arithmetic: x = a * b'] },
    { line: 'x += a', made: ['arithmetic: x -= a'] },
    { line: 'x = a + [b]', made: [] },
    { line: 'x = a and b', made: ['and / or: x = a or b'] },
    { line: 'x = not a', made: ['negation: x = a'] },
    { line: 'f(a)', made: ['dropped statement: pass'] },
    { line: 'x: Literal[1] = a', made: [] },
    { line: '"""Of one."""', made: [] },
    { line: '# x = 3', made: [] },
  ])('$line: $made', ({ line, made }) => {
    expect(mistakes(`def f():\n    ${line}\n`)).toEqual(made);
  });

  it('come with what is noticed soonest first', () => {
    const text = 'def f(a):\n    log(a)\n    if a > 1:\n        return a - 1\n    return 2\n';
    expect(mistakes(text)).toEqual([
      'returned value: return None',
      'returned value: return None',
      'constant: if a > (1 + 1):',
      'constant: return a - (1 + 1)',
      'constant: return (2 + 1)',
      'comparison: if a <= 1:',
      'arithmetic: return a + 1',
      'dropped statement: pass',
    ]);
  });

  it('are of the given lines alone', () => {
    expect(mistakes('x = 1\ny = 2\nz = 3\n', [2])).toEqual(['constant: y = (2 + 1)']);
  });
});
