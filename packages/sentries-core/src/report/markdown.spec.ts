import { markdownReport } from './markdown';
import { failureOf, recordOf } from './report.fixture';
import { summary } from './view';

const lines = (...args: Parameters<typeof recordOf>): string[] =>
  markdownReport(recordOf(...args)).split('\n');

describe('the summary', () => {
  it.each([
    [[], 'no failures'],
    [['repaired'], '1 failure: 1 repaired'],
    [
      ['repaired', 'flaky', 'repaired', 'suspected-regression', 'environment', 'unrepaired'],
      '6 failures: 1 suspected-regression, 2 repaired, 1 unrepaired, 1 flaky, 1 environment',
    ],
  ] as const)('of %j is: %s', (outcomes, text) => {
    const failures = outcomes.map((outcome) => failureOf({ outcome }));
    expect(summary(recordOf({ failures }))).toBe(text);
  });
});

describe('the report', () => {
  it('tells the run from its title to its proof', () => {
    expect(lines()).toEqual([
      '# sentry-test: money',
      '',
      '**repaired** · 1 failure: 1 repaired',
      '',
      `Change: \`${'b'.repeat(40)}\` → \`working tree\``,
      '',
      '## Repaired',
      '',
      '### `tests/test_a.py::test_a`',
      '',
      '2 becomes 1, as the change shows',
      '',
      'Tier: explained · strategy: expected-literal',
      '',
      '- tests/test_a.py:5: `2` → `1`',
      '- base src/a.py:3, it stood here: `x = 2`',
      '',
      '```text',
      'AssertionError: assert 1 == 2',
      '```',
      '',
      '## Patch',
      '',
      '1 file(s), +1 −1: `tests/test_a.py`',
      '',
      'Verified: in an isolated copy 3 tests ran with the patch, none that passed before fails; 1 repaired ones passed twice, 1 of them fail on the old source.',
      '',
    ]);
  });

  it('names the lines that a suspected regression executed', () => {
    const suspects = [
      { file: 'src/a.py', line: 5, side: 'head' as const, text: '    return max(x, 1)' },
      { file: 'src/a.py', line: 7, side: 'base' as const, text: '    check(x)' },
    ];
    const failures = [failureOf({ outcome: 'suspected-regression', suspects })];
    expect(
      lines({ failures }).filter((line) => line.includes('a.py:') && /[57],/.test(line)),
    ).toEqual([
      '- head src/a.py:5, changed, and executed: `return max(x, 1)`',
      '- base src/a.py:7, taken away where it runs: `check(x)`',
    ]);
  });

  it('puts suspected regressions first', () => {
    const failures = [failureOf(), failureOf({ outcome: 'suspected-regression' })];
    const titles = lines({ failures }).filter((line) => line.startsWith('## '));
    expect(titles[0]).toContain('Suspected regressions');
    expect(titles[1]).toBe('## Repaired');
  });

  it('says of edits that are for information only that they were not made', () => {
    const failures = [failureOf({ outcome: 'unrepaired' })];
    expect(lines({ failures, patch: null })).toContain('- tests/test_a.py:5 (not made): `2` → `1`');
  });

  it('lists what is worth a look, and is no failure', () => {
    const notes = [{ file: 'docs/a.md', line: 3, says: 'add() takes `b` now' }];
    const shown = lines({ failures: [], patch: null, notes });
    const at = shown.indexOf('## Worth a look: no failures');
    expect(shown.slice(at + 1)).toEqual(['', '- `docs/a.md:3`: add() takes \\`b\\` now', '']);
  });

  it('keeps an error of many lines in its quotation', () => {
    const error = { message: 'pytest broke:\n\n# not a title\n====', hint: 'Look.' };
    const shown = lines({ error, result: 'error', failures: [], patch: null, base: null });
    const quoted = shown.filter((line) => line.startsWith('>'));
    expect(quoted).toEqual(['> pytest broke:', '>', '> # not a title', '> ====', '>', '> Look.']);
    expect(shown).not.toContain('# not a title');
    expect(shown).toContain('Change: `none` → `working tree`');
  });
});

describe('nasty texts', () => {
  it.each([
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['a``b`', '``` a``b` ```'],
    ['a\nb', '`a⏎b`'],
    ['a\r\nb', '`a⏎b`'],
    ['', '(nothing)'],
  ])('stay inline code: %j', (text, code) => {
    const edits = [{ file: 'tests/test_a.py', line: 1, before: text, after: 'x' }];
    const failures = [failureOf({ edits })];
    expect(lines({ failures })).toContain(`- tests/test_a.py:1: ${code} → \`x\``);
  });

  it('do not end a block of code', () => {
    const failures = [failureOf({ exception: { type: 'E', message: 'a\n````\nb' } })];
    expect(markdownReport(recordOf({ failures }))).toContain('\n`````text\nE: a\n````\nb\n`````\n');
  });

  it('do not become titles or markup in a reason', () => {
    const reason = "'''\n# big\n''' becomes `*a*` <b> [x](y) __init__ test_a";
    const shown = lines({ failures: [failureOf({ reason })] });
    expect(shown).toContain(
      "'''⏎# big⏎''' becomes \\`\\*a\\*\\` \\<b> \\[x](y) \\_\\_init\\_\\_ test_a",
    );
  });
});
