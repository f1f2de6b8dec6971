import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { git } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { buildBranch } from './branch';
import { branchName } from './identity';
import { planCommits } from './commits';
import { ownership } from './ownership';
import { bytesAt, patchSetAt } from './patch-set';
import { changedWorkspace, leaveArtifacts, TEST_FILE } from './publish.fixture';
import { Remote } from './remote';
import { readRuns } from './runs';

const newFolder = temporaryFolders();

it('what a task proved becomes a branch at the remote, a commit a tier', async () => {
  const workspace = newFolder();
  const head = changedWorkspace(workspace);
  const bare = join(newFolder(), 'origin.git');
  git(workspace, 'clone', '--quiet', '--bare', workspace, bare);
  git(workspace, 'remote', 'add', 'origin', bare);
  await leaveArtifacts(workspace);

  const repository = await Repository.open(workspace);
  const set = await patchSetAt(repository, head, 'sentry-test', await readRuns(workspace));
  const before = await bytesAt(repository, head, [TEST_FILE]);
  const trailers = {
    sentry: 'sentry-test',
    base: 'main',
    head,
    key: set.key,
    projects: ['money'],
  } as const;
  const tip = await buildBranch(repository, head, planCommits(set, before, trailers));
  const remote = await Remote.open(repository);
  const branch = branchName('sentry-test', head, new Date(0));
  await remote.push(branch, tip, undefined);

  expect(branch).toBe(`ai-test-fixes/${head.slice(0, 12)}-19700101000000`);
  expect(await remote.branches(['ai-test-fixes/'])).toEqual(new Map([[branch, tip]]));
  expect(git(bare, 'log', '--format=%s', `${head}..${branch}`).split('\n')).toEqual([
    'test: repair 1 test with edits of a model',
    'test: expect what the change shows in 1 test',
    'test: follow the refactored code in 1 test',
  ]);
  expect(git(bare, 'diff', '--stat', `${branch}~1`, branch)).toContain('2 +-');
  expect(await ownership(repository, tip)).toEqual({ ours: true, foreign: [], ...trailers });
  execFileSync('git', ['apply', '.sentries/money/sentry-test/changes.patch'], { cwd: workspace });
  expect(git(workspace, 'diff', '--stat', tip)).toBe('');
  await remote.delete(branch, tip);
  expect(await remote.tip(branch)).toBeUndefined();
});
