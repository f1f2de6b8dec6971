import { git } from '../git/git.fixture';
import { planCleanup } from './cleanup';
import { metadataIn } from './metadata';
import { leaveArtifacts } from './publish.fixture';
import { eachInAScene, leaveGreen, type Scene } from './scene.fixture';
import { status } from './status';

let scene: Scene;
eachInAScene((one) => {
  scene = one;
});

describe('people', () => {
  beforeEach(async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
  });

  it('who commit to it have it for themselves, and are told once', async () => {
    scene.hosted.person.push(scene.pulls[0]!.branch, { 'libs/money/tests/more.py': 'x = 1\n' });
    const tip = scene.bare.heads().get(scene.pulls[0]!.branch);
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '21', tier: 'explained' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'frozen' });
    await scene.publish();
    await leaveGreen(scene);
    expect(await scene.publish()).toMatchObject({ outcome: 'frozen', steps: [] });
    expect(scene.bare.heads().get(scene.pulls[0]!.branch)).toBe(tip);
    expect(scene.pulls[0]).toMatchObject({ state: 'open', comments: [expect.any(String)] });
  });

  it('who close it do not see it again', async () => {
    scene.hosted.person.close(1);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who close it see another one for other edits', async () => {
    scene.hosted.person.close(1);
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '22', tier: 'explained', id: 'test_rate' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'opened', pull: { number: 2 } });
    expect(scene.pulls[1]!.branch).not.toBe(scene.pulls[0]!.branch);
  });

  it('who close it after they took our labels away do not see it again, either', async () => {
    scene.hosted.person.relabel(1);
    scene.hosted.person.close(1);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who open one again that the sentry had closed, and close it, have the last word', async () => {
    const { branch } = scene.pulls[0]!;
    const tip = scene.bare.heads().get(branch)!;
    await leaveGreen(scene);
    await scene.publish();
    scene.bare.git('update-ref', `refs/heads/${branch}`, tip);
    scene.hosted.person.reopen(1);
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    scene.hosted.person.close(1);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who let it stand on another branch, and close it there, do not see it again there', async () => {
    scene.bare.git('branch', 'release', 'main');
    scene.hosted.state.pulls[0]!.base.ref = 'release';
    expect(await scene.publish({ branch: 'release' })).toMatchObject({ outcome: 'updated' });
    scene.hosted.person.close(1);
    expect(await scene.publish({ branch: 'release' })).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who keep a branch of their own at our commits keep it', async () => {
    const { branch } = scene.pulls[0]!;
    scene.bare.git('branch', 'ai-test-fixes/mine', branch);
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '21', tier: 'explained' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'updated' });
    expect(scene.branches).toContain('ai-test-fixes/mine');
    const { repository, remote, forge } = await scene.request();
    const entries = planCleanup(await status(repository, remote, forge), 0);
    const mine = entries.find((entry) => entry.status.branch === 'ai-test-fixes/mine');
    expect(mine).toMatchObject({ goes: false });
  });

  it('who take a commit of it away have it for themselves', async () => {
    const { branch } = scene.pulls[0]!;
    scene.bare.git('update-ref', `refs/heads/${branch}`, `${branch}~1`);
    expect(await scene.publish()).toMatchObject({ outcome: 'frozen' });
  });

  it('who empty its body find it written again', async () => {
    scene.hosted.person.edit(1, { body: 'My own words.' });
    await scene.publish();
    expect(metadataIn(scene.pulls[0]!.body)?.base).toBe('main');
  });

  it('who merge it are left in peace', async () => {
    scene.hosted.person.merge(1);
    git(scene.workspace, 'pull', '--quiet', scene.bare.path, 'main');
    await leaveGreen(scene);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
  });
});
