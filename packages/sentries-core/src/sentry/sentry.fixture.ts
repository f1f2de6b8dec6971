import type { LiteralChange } from '../change/literals';
import type { FailureFact } from '../pytest/facts';
import { failureFact } from '../pytest/facts.fixture';
import type { PytestRun } from '../pytest/run';
import type { Proposal } from '../repair/strategy';
import { newCase, type Case } from './case';

/** A run in which these tests began; those of `failures` failed, with or without having begun. */
export function runOf(
  started: readonly string[],
  failures: readonly (string | FailureFact)[] = [],
  part: Partial<PytestRun> = {},
): PytestRun {
  return {
    session: null,
    started: new Map(started.map((key) => [key, key])),
    skipped: new Set(),
    failures: failures.map((one) => (typeof one === 'string' ? failureFact({ key: one }) : one)),
    roots: [],
    finished: true,
    exit: failures.length > 0 ? 'failed' : 'passed',
    running: null,
    tail: '',
    lines: { tests: new Map(), imported: new Map() },
    ...part,
  };
}

/** The change of `2` to `1` in a source. */
const CAUSE: LiteralChange = {
  file: 'src/a.py',
  oldLine: 3,
  newLine: 3,
  oldText: 'x = 2',
  newText: 'x = 1',
  kind: 'number',
  old: '2',
  new: '1',
  span: { start: 4, end: 5 },
  newToken: '1',
  oldSpan: { start: 0, end: 1 },
  oldToken: '2',
};

function proposalOf(part: Partial<Proposal> = {}): Proposal {
  return {
    strategy: 'expected-literal',
    tier: 'explained',
    operations: [{ file: 'tests/test_a.py', span: { start: 9, end: 10 }, before: '2', after: '1' }],
    evidence: [{ file: 'src/a.py', line: 3, side: 'base', text: 'x = 2', says: 'it stood here' }],
    causes: [CAUSE],
    says: '2 becomes 1',
    ...part,
  };
}

/** A case with the given proposals let in; one that has none is open. */
export function caseOf(
  failure: string | Partial<FailureFact>,
  ...parts: Partial<Proposal>[]
): Case {
  const fact = failureFact(typeof failure === 'string' ? { key: failure } : failure);
  const admitted = parts.map((part) => {
    const proposal = proposalOf(part);
    const edits = proposal.operations.map(({ file, before, after }) => ({
      file,
      line: 5,
      before,
      after,
    }));
    return { proposal, edits };
  });
  return { ...newCase(fact), admitted };
}
