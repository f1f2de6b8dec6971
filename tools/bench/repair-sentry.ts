import { appendFileSync } from 'node:fs';
import {
  DEFAULTS,
  runSentry,
  type Accept,
  type Mode,
  type RunRecord,
  type SentryRequest,
} from 'sentries-core';

/** What the benchmarks let a sentry work on: the root of a repository as the one project. */
export interface SentryRun extends Partial<
  Pick<SentryRequest, 'strategy' | 'attempts' | 'environment'>
> {
  readonly root: string;
  readonly python: string;
  readonly base: string;
  readonly project: string;
  readonly testPaths: readonly string[];
  readonly pytestArgs: readonly string[];
  readonly mode: Mode;
  readonly accept: Accept;
  /** Gets what pytest prints. */
  readonly log: string;
  /** Seconds for one run of pytest. */
  readonly timeout?: number;
}

export function sentryRun({ root, log, timeout, ...run }: SentryRun): Promise<RunRecord> {
  return runSentry({
    ...DEFAULTS,
    strategy: 'rules',
    environment: {},
    ...run,
    workspace: root,
    target: 'sentry-test',
    folder: '.',
    dependencies: [],
    others: [],
    defaultBase: 'main',
    pytestArgs: pytestArgs(run),
    testTimeout: timeout ?? DEFAULTS.testTimeout,
    log: (text) => appendFileSync(log, text),
  });
}

/** The packages' own options ask for plugins that are not here; their configuration stays as it is. */
export const pytestArgs = ({
  pytestArgs: own,
  testPaths,
}: Pick<SentryRun, 'pytestArgs' | 'testPaths'>): string[] => [
  '-o',
  'addopts=',
  ...own,
  ...testPaths,
];
