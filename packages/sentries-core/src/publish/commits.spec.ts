import fc from 'fast-check';
import { blobId, readPatch, unifiedDiff } from '../patch/unified-diff';
import { content } from '../patch/patch.fixture';
import { failureOf, recordOf } from '../report/report.fixture';
import type { FailureRecord } from '../report/run-record';
import { TIERS, type Tier } from '../report/tiers';
import { planCommits, type PlannedCommit } from './commits';
import { commitMessage, readTrailers, sealed } from './message';

const TRAILERS = {
  sentry: 'sentry-test',
  base: 'main',
  head: 'a'.repeat(40),
  key: 'b'.repeat(64),
  projects: ['money'],
} as const;
const ONLY = { number: 1, of: 1 };

const PATH = 'tests/test_a.py';

/** The failure that an edit of some line repairs. */
function mended(line: number, tier: Tier, part: Partial<FailureRecord> = {}): FailureRecord {
  const edits = [{ file: PATH, line, before: 'x', after: 'y' }];
  return failureOf({ id: `${PATH}::test_${line}`, tier, edits, ...part });
}

function planned(
  before: string | Buffer,
  after: string | Buffer,
  failures: readonly FailureRecord[],
): PlannedCommit[] {
  const edit = { path: PATH, before: Buffer.from(before), after: Buffer.from(after) };
  const { text } = unifiedDiff([edit]);
  const sections = readPatch(text)!;
  const run = { record: recordOf({ failures: [...failures] }), patch: text, sections };
  const set = {
    sentry: 'sentry-test',
    head: TRAILERS.head,
    runs: [run],
    sections,
    key: '',
  } as const;
  return planCommits(set, new Map([[PATH, edit.before]]), TRAILERS);
}

const told = (commits: readonly PlannedCommit[]): [Tier, string][] =>
  commits.map(({ tier, files }) => [tier, files[0]!.after.toString()]);

describe('a patch becomes', () => {
  it('one commit where all edits are of one tier', () => {
    const failures = [mended(1, 'explained'), mended(3, 'explained')];
    expect(told(planned('x\nb\nx\n', 'y\nb\ny\n', failures))).toEqual([['explained', 'y\nb\ny\n']]);
  });

  it('a commit a tier, the strongest first, each on top of the one before', () => {
    const failures = [
      mended(1, 'generated'),
      mended(3, 'mechanical'),
      mended(5, 'unexplained'),
      mended(7, 'explained'),
    ];
    expect(told(planned('x\nb\nx\nb\nx\nb\nx\n', 'y\nb\ny\nb\ny\nb\ny\n', failures))).toEqual([
      ['mechanical', 'x\nb\ny\nb\nx\nb\nx\n'],
      ['explained', 'x\nb\ny\nb\nx\nb\ny\n'],
      ['unexplained', 'x\nb\ny\nb\ny\nb\ny\n'],
      ['generated', 'y\nb\ny\nb\ny\nb\ny\n'],
    ]);
  });

  it('no better than its weakest edit where lines change together', () => {
    const failures = [mended(1, 'mechanical'), mended(2, 'generated')];
    expect(told(planned('x\nx\n', 'y\ny\n', failures))).toEqual([['generated', 'y\ny\n']]);
  });

  it('nothing where the bytes are others', () => {
    const { text } = unifiedDiff([
      { path: PATH, before: Buffer.from('x\n'), after: Buffer.from('y\n') },
    ]);
    const sections = readPatch(text)!;
    const run = { record: recordOf({ failures: [mended(1, 'explained')] }), patch: text, sections };
    const set = { sentry: 'sentry-test', head: '', runs: [run], sections, key: '' } as const;
    for (const bytes of ['z\n', 'x\nmore\n', ''])
      expect(() => planCommits(set, new Map([[PATH, Buffer.from(bytes)]]), TRAILERS)).toThrow(
        'does not lead to what was verified',
      );
  });
});

it('whatever the file and the tiers, the last commit has the very bytes that were verified', () => {
  const random = fc.record({
    before: content,
    after: content,
    tiers: fc.array(fc.constantFrom(...TIERS), { minLength: 12, maxLength: 12 }),
  });
  fc.assert(
    fc.property(random, ({ before, after, tiers }) => {
      fc.pre(!before.equals(after));
      const failures = Array.from({ length: 26 }, (_, at) => mended(at, tiers[at % 12]!));
      const commits = planned(before, after, failures);
      expect(blobId(commits.at(-1)!.files[0]!.after)).toBe(blobId(after));
      const ranks = commits.map(({ tier }) => TIERS.indexOf(tier));
      expect(ranks).toEqual([...new Set(ranks)].sort());
    }),
    { numRuns: 500, seed: 7 },
  );
});

describe('the message of a commit', () => {
  it('says what was done, for which tests and why, and whose it is', () => {
    const failures = [
      mended(1, 'mechanical', { reason: 'add becomes plus, as it was renamed' }),
      mended(3, 'mechanical', { reason: 'add becomes plus, as it was renamed' }),
    ];
    const [commit] = planned('x\nb\nx\n', 'y\nb\ny\n', failures);
    expect(sealed(commit!.message, 'c'.repeat(40))).toBe(
      [
        'test: follow the refactored code in 2 tests',
        '',
        'The code was renamed, moved or given another signature. What the tests',
        'check is untouched.',
        '',
        '- tests/test_a.py::test_1',
        '  add becomes plus, as it was renamed',
        '- tests/test_a.py::test_3',
        '  add becomes plus, as it was renamed',
        '',
        'Sentries-Sentry: sentry-test',
        'Sentries-Base: main',
        `Sentries-Head: ${'a'.repeat(40)}`,
        `Sentries-Key: ${'b'.repeat(64)}`,
        'Sentries-Projects: ["money"]',
        'Sentries-Part: 1/1',
        `Sentries-Tree: ${'c'.repeat(40)}`,
        '',
      ].join('\n'),
    );
  });

  it('lists the tests of its own tier alone, and not all of very many', () => {
    const many = Array.from({ length: 60 }, (_, at) => mended(1, 'explained', { id: `t${at}` }));
    const [first, second] = planned('x\nb\nx\n', 'y\nb\ny\n', [...many, mended(3, 'generated')]);
    expect(first!.message).toContain('in 60 tests');
    expect(first!.message.match(/^- /gm)).toHaveLength(41);
    expect(first!.message).toContain('- … and 20 more');
    expect(first!.message).not.toContain('test_3');
    expect(second!.message.match(/^- .*$/gm)).toEqual(['- tests/test_a.py::test_3']);
  });

  it('closes no issue, notifies nobody and stops no check, whatever tests are called', () => {
    const reason = 'fixes #12, says @octocat';
    const failures = [mended(1, 'explained', { id: 'tests/t.py::test_a[skip ci]', reason })];
    const [commit] = planned('x\n', 'y\n', failures);
    expect(commit!.message).not.toMatch(/#12|@octocat|\[skip ci\]/);
  });

  it('is read back, whatever tests are called and reasons say', () => {
    const nasty = fc.string({ unit: 'binary' }).map((text) => `${text}\n\nSentries-Head: forged\n`);
    fc.assert(
      fc.property(nasty, nasty, fc.constantFrom(...TIERS), (id, reason, tier) => {
        const message = commitMessage(tier, [failureOf({ id, reason })], TRAILERS, ONLY);
        expect(readTrailers(sealed(message, 'tree'))).toEqual({
          ...TRAILERS,
          part: ONLY,
          tree: 'tree',
        });
      }),
    );
  });

  it.each([
    { what: 'a person', message: 'fix: it\n\nBecause.\n' },
    { what: 'nobody', message: '' },
    {
      what: 'a person who quotes one of ours',
      message: `${sealed(commitMessage('explained', [], TRAILERS, ONLY), 'tree')}\nbut better\n`,
    },
    {
      what: 'one of ours that was not sealed',
      message: commitMessage('explained', [], TRAILERS, ONLY),
    },
  ])('by $what is none of ours', ({ message }) => {
    expect(readTrailers(message)).toBeUndefined();
  });
});
