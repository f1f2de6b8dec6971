import { recordOf } from '../report/report.fixture';
import type { PullRequest } from './forge/forge';
import { hidden, type Metadata } from './metadata';
import type { Actual, KnownBranch, OpenPull } from './plan';

const HEAD = 'c'.repeat(40);
export const BRANCH = 'ai-test-fixes/cccccccccccc-20260101000000';

export function metadataOf(part: Partial<Metadata> = {}): Metadata {
  return {
    version: 1,
    sentry: 'sentry-test',
    branch: BRANCH,
    base: 'main',
    head: HEAD,
    key: 'key',
    replaces: '',
    failures: ['f1'],
    ended: null,
    runs: [{ record: recordOf({ timings: {} }), patch: 'diff --git a/a b/a\n' }],
    ...part,
  };
}

export function pullOf(part: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 7,
    url: 'https://example.test/pull/7',
    title: 'test: bring 1 test of money in step with the code',
    body: hidden(metadataOf()),
    branch: BRANCH,
    commit: 'd'.repeat(40),
    base: 'main',
    draft: false,
    labels: ['sentries', 'sentry-testsentry', 'tests-sentry:done'],
    state: 'open',
    createdAt: '2026-01-01T00:00:00Z',
    ...part,
  };
}

export function branchOf(part: Partial<KnownBranch> = {}): KnownBranch {
  return { name: BRANCH, tip: 'd'.repeat(40), ours: true, base: 'main', key: 'key', ...part };
}

export function openOf(part: Partial<OpenPull> = {}): OpenPull {
  return { pull: pullOf(), branch: branchOf(), metadata: metadataOf(), ...part };
}

export function actualOf(part: Partial<Actual> = {}): Actual {
  return { open: [], orphans: [], openAnywhere: 0, openedThisHour: 0, ...part };
}
