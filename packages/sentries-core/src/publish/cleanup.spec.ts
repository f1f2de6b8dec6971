import { planCleanup } from './cleanup';
import { BRANCH, pullOf } from './plan.fixture';
import type { BranchStatus } from './status';

const statusOf = (part: Partial<BranchStatus> = {}): BranchStatus => ({
  branch: BRANCH,
  sentry: 'sentry-test',
  tip: 'd'.repeat(40),
  base: 'main',
  ageDays: 9,
  state: 'open',
  ours: true,
  pull: pullOf(),
  ...part,
});

it.each([
  { state: 'merged', goes: true },
  { state: 'closed', goes: true },
  { state: 'orphan', goes: true },
  { state: 'open', goes: false },
  { state: 'open', maxAgeDays: 8, goes: true },
  { state: 'open', maxAgeDays: 9, goes: false },
] as const)('a branch of ours: %j', ({ state, goes, ...age }) => {
  const [entry] = planCleanup(
    [statusOf({ state })],
    'maxAgeDays' in age ? age.maxAgeDays : undefined,
  );
  expect(entry).toMatchObject({ goes });
});

it.each(['merged', 'closed', 'orphan', 'open', 'frozen', 'foreign'] as const)(
  'a branch with somebody’s commit stays, %s or not',
  (state) => {
    const [entry] = planCleanup([statusOf({ state, ours: false })], 0);
    expect(entry).toMatchObject({ goes: false, why: 'somebody else has committed to it' });
  },
);
