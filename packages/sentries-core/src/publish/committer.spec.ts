import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { git } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { ownership } from './ownership';
import { branchFor, changedWorkspace, leaveArtifacts, withoutOwnGit } from './publish.fixture';

withoutOwnGit();
const newFolder = temporaryFolders();

describe('who commits', () => {
  const ROBOT = { name: 'Röbot', email: 'robot@example.org' };
  const who = '%an <%ae> %cn <%ce>';

  async function nobody(): Promise<{ workspace: string; head: string }> {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    git(workspace, 'config', '--unset', 'user.name');
    git(workspace, 'config', '--unset', 'user.email');
    await leaveArtifacts(workspace);
    return { workspace, head };
  }

  it('is whom git is set up for', async () => {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    await leaveArtifacts(workspace);
    const { tip } = await branchFor(workspace, head);
    const ada = 'Ada <ada@example.org>';
    expect(git(workspace, 'log', '-1', `--format=${who}`, tip)).toBe(`${ada} ${ada}`);
  });

  it('for another author is still whom git is set up for', async () => {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    await leaveArtifacts(workspace);
    const { tip } = await branchFor(workspace, head, ROBOT);
    expect(git(workspace, 'log', '-1', `--format=${who}`, tip)).toBe(
      'Röbot <robot@example.org> Ada <ada@example.org>',
    );
  });

  it('is the author where git is set up for nobody', async () => {
    const { workspace, head } = await nobody();
    const { tip } = await branchFor(workspace, head, ROBOT);
    const robot = 'Röbot <robot@example.org>';
    expect(git(workspace, 'log', '-1', `--format=${who}`, tip)).toBe(`${robot} ${robot}`);
  });

  it('is asked for where nobody is known', async () => {
    const { workspace, head } = await nobody();
    await expect(branchFor(workspace, head)).rejects.toMatchObject({
      name: 'RepositoryError',
      message: 'git does not know who commits here',
      hint: expect.stringContaining('user.email') as string,
    });
  });
});

describe('where commits are signed', () => {
  async function signing(program: string): Promise<{ workspace: string; head: string }> {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    const gpg = join(newFolder(), 'gpg');
    writeFileSync(gpg, `#!/bin/sh\n${program}\n`);
    chmodSync(gpg, 0o755);
    git(workspace, 'config', 'commit.gpgsign', 'yes');
    git(workspace, 'config', 'gpg.program', gpg);
    await leaveArtifacts(workspace);
    return { workspace, head };
  }

  it('ours are, too', async () => {
    const { workspace, head } = await signing(
      'cat > /dev/null; echo "[GNUPG:] SIG_CREATED " >&2; echo "-----BEGIN PGP SIGNATURE-----"; echo made; echo "-----END PGP SIGNATURE-----"',
    );
    const { tip } = await branchFor(workspace, head);
    for (const commit of [tip, `${tip}~1`, `${tip}~2`])
      expect(git(workspace, 'cat-file', 'commit', commit)).toContain('gpgsig -----BEGIN PGP');
    expect((await ownership(await Repository.open(workspace), tip)).ours).toBe(true);
  });

  it('nothing is made without a signature', async () => {
    const { workspace, head } = await signing('exit 1');
    await expect(branchFor(workspace, head)).rejects.toMatchObject({
      message: expect.stringContaining('git could not make the commit') as string,
      hint: expect.stringContaining('commit.gpgsign') as string,
    });
  });
});
