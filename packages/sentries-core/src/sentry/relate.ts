import { posix, relative, sep } from 'node:path';
import type { ChangeSet } from '../change/change-set';
import { readChangeSet } from '../change/read-change-set';
import type { Scope } from '../change/scope';
import { UsageError } from '../errors';
import { defaultTestPaths, testPaths, type TestPaths } from '../guard/allowlist';
import { Repository } from '../git/repository';
import type { PytestRun } from '../pytest/run';
import type { SentryRequest, TaskRequest } from './request';
import type { Stopwatch } from './stopwatch';

/** The two ends of the change, as commits; `head` is null for the working tree. */
export interface Range {
  readonly repository: Repository;
  readonly base: string;
  readonly head: string | null;
}

/**
 * Finds the change that a repair may draw on: from where the checked-out commit left the base branch.
 *
 * @throws RepositoryError for a ref that is not here.
 * @throws UsageError where `head` is not what is checked out: a task works on the files on the disk.
 */
export async function findRange(request: TaskRequest): Promise<Range> {
  const repository = await Repository.open(request.workspace);
  const base = await repository.mergeBase(request.base ?? request.defaultBase);
  if (request.head === undefined) return { repository, base, head: null };
  const [head, checkedOut] = [
    await repository.commit(request.head),
    await repository.commit('HEAD'),
  ];
  if (head === checkedOut) return { repository, base, head };
  throw new UsageError(
    `head is ${request.head}, but ${checkedOut.slice(0, 12)} is checked out`,
    'Check out the head commit: the task works on the files that are there. Or leave head (NX_HEAD) unset.',
  );
}

/** The change set of a project: what changed in it and in what it depends on, without the tests. */
export function relate(
  { repository, base, head }: Range,
  scope: Scope,
  tests: TestPaths,
  watch: Stopwatch,
): Promise<ChangeSet> {
  const all = [tests, ...scope.dependencies.map((other) => testPaths(other, defaultTestPaths()))];
  const isSource = (path: string): boolean => !all.some((paths) => paths.isTest(path));
  return readChangeSet(repository, base, head, scope, isSource, (work) =>
    watch.timeSync('analyse', work),
  );
}

/** The project's test paths: the option, else what pytest is configured with and the usual names. */
export function testPathsOf(
  { folder, testPaths: option, workspace }: SentryRequest,
  run: PytestRun,
): TestPaths {
  if (option) return testPaths(folder, option);
  const rootdir = run.session
    ? relative(workspace, run.session.rootdir).split(sep).join('/')
    : folder;
  const configured = (run.session?.testpaths ?? [])
    .map((path) => posix.relative(folder, posix.join(rootdir || '.', path)))
    .filter((path) => path !== '' && !path.startsWith('..'));
  return testPaths(folder, defaultTestPaths(configured));
}
