import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PatchError, RepositoryError } from '../errors';
import { git, put } from '../git/git.fixture';
import type { Forge, PullRequest } from './forge/forge';
import { leaveArtifacts } from './publish.fixture';
import { eachInAScene, type Scene } from './scene.fixture';

let scene: Scene;
eachInAScene((one) => {
  scene = one;
});

describe('the branch that was tested', () => {
  it('must be at the remote', async () => {
    await leaveArtifacts(scene.workspace);
    await expect(scene.publish({ branch: 'gone' })).rejects.toThrow(RepositoryError);
  });

  it('that went on elsewhere still gets the patch', async () => {
    await leaveArtifacts(scene.workspace);
    scene.hosted.person.push('main', { 'README.md': 'More.\n' });
    expect(await scene.publish()).toMatchObject({ outcome: 'opened' });
    expect(scene.bare.contains(scene.pulls[0]!.branch, 'main')).toBe(true);
  });

  it('that went on in what was tested is for its own run', async () => {
    await leaveArtifacts(scene.workspace);
    scene.hosted.person.push('main', { 'libs/money/src/money.py': 'plus = None\n' });
    expect(await scene.publish()).toMatchObject({ outcome: 'outdated', steps: [] });
    expect(scene.pulls).toEqual([]);
  });

  it('that goes on while a publisher is at work gets the newest patch alone', async () => {
    await leaveArtifacts(scene.workspace);
    const slow = await scene.request();
    let isFirst = true;
    const open = async (): Promise<PullRequest[]> => {
      if (isFirst) {
        isFirst = false;
        put(scene.workspace, {
          'libs/money/src/money.py': 'def plus(*all):\n    return sum(all)\n',
        });
        scene.advance();
        await leaveArtifacts(scene.workspace, {
          base: 'HEAD~2',
          edits: [{ line: 9, before: '19', after: '21', tier: 'explained', id: 'test_rate' }],
        });
        await scene.publish();
        git(scene.workspace, 'checkout', '--quiet', '--detach', 'HEAD~1');
      }
      return slow.forge.open();
    };
    const forge = Object.assign(Object.create(slow.forge) as Forge, { open });
    expect(await scene.publish({ runs: slow.runs, forge })).toMatchObject({ outcome: 'outdated' });
    expect(scene.pulls).toHaveLength(1);
    expect(scene.bare.git('rev-list', '--count', `main..${scene.pulls[0]!.branch}`)).toBe('1');
  });

  it('with commits that were not pushed says so', async () => {
    writeFileSync(join(scene.workspace, 'libs/money/src/money.py'), 'def plus(): ...\n');
    git(scene.workspace, 'commit', '--quiet', '--all', '-m', 'here only');
    await leaveArtifacts(scene.workspace, { base: 'HEAD~2' });
    await expect(scene.publish()).rejects.toThrow(/has commits that main .* has not/);
    expect(scene.branches).toEqual([]);
  });

  it('without the changes that were tested gets nothing', async () => {
    writeFileSync(join(scene.workspace, 'libs/money/src/money.py'), 'def plus(): ...\n');
    await leaveArtifacts(scene.workspace);
    await expect(scene.publish()).rejects.toThrow(PatchError);
    await expect(scene.publish()).rejects.toThrow('libs/money/src/money.py');
    expect(scene.branches).toEqual([]);
  });

  it('that is one of ours gets none on top', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    const own = scene.pulls[0]!.branch;
    expect(await scene.publish({ branch: own })).toMatchObject({ outcome: 'own' });
    git(scene.workspace, 'fetch', '--quiet', scene.bare.path, own);
    scene.bare.git('update-ref', 'refs/heads/main', own);
    expect(await scene.publish()).toMatchObject({ outcome: 'own' });
  });
});
