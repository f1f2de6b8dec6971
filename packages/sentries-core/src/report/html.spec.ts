import { unifiedDiff } from '../patch/unified-diff';
import { htmlReport } from './html';
import { failureOf, recordOf } from './report.fixture';

const patchOf = (path: string, before: string, after: string): Buffer =>
  unifiedDiff([{ path, before: Buffer.from(before), after: Buffer.from(after) }]).text;

/** What a reader sees: the page without its head, tags and entities. */
const shown = (page: string): string =>
  page
    .slice(page.indexOf('<body>'))
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp|#39|#x2F);/g, (_, name: string) => ENTITIES[name]!);
const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  '#39': "'",
  '#x2F': '/',
};

describe('the page of a run', () => {
  it('tells what the Markdown tells, and shows the patch', async () => {
    const page = await htmlReport(recordOf(), patchOf('tests/test_a.py', 'a\n2\n', 'a\n1\n'));
    const text = shown(page);
    for (const part of [
      'sentry-test: money',
      'repaired · 1 failure: 1 repaired',
      'tests/test_a.py::test_a',
      'Tier: explained · strategy: expected-literal',
      'tests/test_a.py:5: 2 → 1',
      'base src/a.py:3, it stood here: x = 2',
      'AssertionError: assert 1 == 2',
      'Verified: in an isolated copy 3 tests ran',
      '@@ -1,2 +1,2 @@',
    ])
      expect(text).toContain(part);
  });

  it('is the same for the same run, and fetches nothing', async () => {
    const page = (): Promise<string> =>
      htmlReport(recordOf(), patchOf('tests/test_a.py', 'a\n', 'b\n'));
    expect(await page()).toBe(await page());
    expect(await page()).not.toMatch(/<script|<link|src=|@import|https?:/);
  });

  it('of a run without a patch has no diff, and none of its style', async () => {
    const page = await htmlReport(recordOf({ failures: [], patch: null, result: 'green' }), null);
    expect(page).not.toContain('d2h-wrapper');
    expect(page.length).toBeLessThan(3_000);
  });

  it('shows why there is no result', async () => {
    const error = { message: 'pytest broke: <boom>', hint: 'Look & see.' };
    const page = await htmlReport(recordOf({ error, failures: [], patch: null }), null);
    expect(shown(page)).toContain('pytest broke: <boom>\n\nLook & see.');
  });
});

describe('texts of others', () => {
  const EVIL = `</pre></code></style><img src=x onerror="alert('1')">&amp;`;

  it('become no markup, wherever they stand', async () => {
    const failures = [
      failureOf({
        id: EVIL,
        reason: EVIL,
        strategy: EVIL,
        exception: { type: EVIL, message: EVIL },
        evidence: [{ file: EVIL, line: 1, side: 'base', text: EVIL, says: EVIL }],
        edits: [{ file: EVIL, line: 1, before: EVIL, after: EVIL }],
      }),
      failureOf({
        outcome: 'suspected-regression',
        suspects: [{ file: EVIL, line: 1, side: 'head', text: EVIL }],
      }),
    ];
    const record = recordOf({
      project: EVIL,
      failures,
      patch: { files: [EVIL], added: 1, removed: 1 },
      error: { message: EVIL, hint: EVIL },
    });
    const page = await htmlReport(record, patchOf('tests/a.py', `${EVIL}\n`, `x${EVIL}\n`));
    expect(page).not.toMatch(/<img/i);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(shown(page).split(EVIL).length - 1).toBeGreaterThanOrEqual(16);
  });

  it.each(['tests/with space/tést.py', 'tests/a"b.py'])('name the file %s', async (path) => {
    const patch = { files: ['tests/a.py', path], added: 2, removed: 2 };
    const diff = [patchOf('tests/a.py', 'a\n', 'b\n'), patchOf(path, 'a\n', 'b\n')];
    const text = shown(await htmlReport(recordOf({ patch }), Buffer.concat(diff)));
    expect(text.split(path)).toHaveLength(3);
  });
});
