import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { testedBranch } from './tested-branch';

const newFolder = temporaryFolders();
const detached = () => Promise.resolve(undefined);

/** The environment of a job that an event started. */
function jobOf(event: object, variables: Record<string, string> = {}) {
  const path = join(newFolder(), 'event.json');
  writeFileSync(path, JSON.stringify(event));
  return { GITHUB_EVENT_PATH: path, ...variables };
}
const pullFrom = (full_name: string | null) => ({
  pull_request: {
    head: { ref: 'feature', repo: full_name === null ? null : { full_name } },
    base: { repo: { full_name: 'acme/tools' } },
  },
});

describe('the branch that was tested', () => {
  it('is the one asked for, before all else', async () => {
    const job = jobOf(pullFrom('acme/tools'));
    expect(await testedBranch('other', job, detached)).toEqual({ name: 'other', notice: null });
  });

  it('is that of the pull request, not of the merge that GitHub checks out', async () => {
    const job = jobOf(pullFrom('Acme/Tools'), { GITHUB_REF: 'refs/pull/5/merge' });
    expect(await testedBranch(undefined, job, detached)).toEqual({ name: 'feature', notice: null });
  });

  it.each([
    { from: 'someone/tools', fork: 'someone/tools' },
    { from: null, fork: 'a repository that is gone' },
  ])('of a fork is told: $from', async ({ from, fork }) => {
    const tested = await testedBranch(undefined, jobOf(pullFrom(from)), detached);
    expect(tested).toMatchObject({
      name: 'feature',
      notice: expect.stringContaining(fork) as unknown,
    });
  });

  it('of a merge queue is no branch that anybody works on', async () => {
    const job = jobOf({}, { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-abc' });
    const { notice } = await testedBranch(undefined, job, detached);
    expect(notice).toContain('merge queue');
  });

  it('is the one that was pushed', async () => {
    const job = jobOf({ ref: 'refs/heads/main' }, { GITHUB_REF: 'refs/heads/rel/1' });
    expect(await testedBranch(undefined, job, detached)).toEqual({ name: 'rel/1', notice: null });
  });

  it('is the one checked out where no job runs', async () => {
    const here = () => Promise.resolve('mine');
    expect(await testedBranch(undefined, {}, here)).toEqual({ name: 'mine', notice: null });
  });

  it('has to be named where HEAD is detached, even if the event can not be read', async () => {
    const job = { GITHUB_EVENT_PATH: join(newFolder(), 'gone.json') };
    await expect(testedBranch(undefined, job, detached)).rejects.toThrow(UsageError);
  });
});
