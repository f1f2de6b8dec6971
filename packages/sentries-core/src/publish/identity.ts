import type { RunRecord } from '../report/run-record';

/** How a sentry shows itself where people work: the names of CONTRACT.md, in one place. */
export interface Identity {
  /** What the branches of a sentry begin with. */
  readonly prefix: string;
  readonly labels: {
    readonly sentry: string;
    /** On a pull request with a patch; on one whose patch is no longer needed. */
    readonly done: string;
    readonly noop: string;
  };
  /** What it repairs, for people. */
  readonly subject: string;
}

export const IDENTITIES = {
  'sentry-test': {
    prefix: 'ai-test-fixes/',
    labels: {
      sentry: 'sentry-testsentry',
      done: 'tests-sentry:done',
      noop: 'tests-sentry:noop',
    },
    subject: 'test',
  },
  'sentry-doc': {
    prefix: 'ai-doc-updates/',
    labels: {
      sentry: 'sentry-docsentry',
      done: 'docs-sentry:done',
      noop: 'docs-sentry:noop',
    },
    subject: 'doc',
  },
} as const satisfies Readonly<Record<SentryName, Identity>>;

export type SentryName = RunRecord['sentry'];

export const SENTRIES = Object.keys(IDENTITIES) as readonly SentryName[];

/** On each pull request of ours; and on those in which a model wrote something. */
export const LABEL = 'sentries';
export const GENERATED_LABEL = 'ai-generated';

/** The sentry whose branches have such a name; undefined for a branch that is none of ours. */
export function sentryOf(branch: string): SentryName | undefined {
  return SENTRIES.find((name) => branch.startsWith(IDENTITIES[name].prefix));
}

/**
 * True for a name that we give to branches. No person would give one to theirs, let alone to a default or a protected
 * one; a branch with another name is somebody's, whatever is on it.
 */
export function isOwnName(branch: string): boolean {
  const sentry = sentryOf(branch);
  if (sentry === undefined) return false;
  return /^[0-9a-f]{12}-\d{14}(-\d+)?$/.test(branch.slice(IDENTITIES[sentry].prefix.length));
}

/**
 * The branch for a tested commit. Equal commits give equal names, so that two publishers of one commit meet.
 *
 * @param commit Its full hash.
 * @param time When it was committed.
 */
export function branchName(sentry: SentryName, commit: string, time: Date): string {
  const stamp = time.toISOString().replace(/\D/g, '').slice(0, 14);
  return `${IDENTITIES[sentry].prefix}${commit.slice(0, 12)}-${stamp}`;
}

export const isSentry = (name: string): name is SentryName => Object.hasOwn(IDENTITIES, name);
