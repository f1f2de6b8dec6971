import { temporaryFolders } from '../folder.fixture';
import { git } from '../git/git.fixture';
import { hostIn, hostOf, openPublishing, repositoryIn } from './open';
import { changedWorkspace } from './publish.fixture';

const newFolder = temporaryFolders();

it.each([
  { url: 'https://github.com/acme/tools.git', name: 'acme/tools', host: 'github.com' },
  { url: 'https://GitHub.com/acme/tools', name: 'acme/tools', host: 'github.com' },
  {
    url: 'https://ghe.example.org:8443/acme/tools',
    name: 'acme/tools',
    host: 'ghe.example.org:8443',
  },
  { url: 'git@github.com:acme/to.ols.git', name: 'acme/to.ols', host: 'github.com' },
  {
    url: 'ssh://git@ghe.example.org:22/acme/tools.git/',
    name: 'acme/tools',
    host: 'ghe.example.org',
  },
  { url: 'git://example.org/acme/tools.git', name: 'acme/tools', host: 'example.org' },
  { url: 'file:///srv/git/tools.git', name: undefined, host: undefined },
  { url: '/srv/git/acme/tools.git', name: undefined, host: undefined },
  { url: 'https://example.org/a/b/c.git', name: undefined, host: 'example.org' },
])('$url is the repository $name at $host', ({ url, name, host }) => {
  expect(repositoryIn(url)).toBe(name);
  expect(hostIn(url)).toBe(host);
});

describe('publishing', () => {
  const environment = { GITHUB_TOKEN: 'token' };

  it('needs a token', async () => {
    await expect(openPublishing(changedWorkspaceAt(), {})).rejects.toMatchObject({ kind: 'token' });
  });

  it('takes a token as it was pasted, and none for one of blanks alone', async () => {
    const workspace = changedWorkspaceAt();
    git(workspace, 'remote', 'add', 'origin', 'https://github.com/acme/tools');
    const { settings } = await openPublishing(workspace, { GITHUB_TOKEN: ' token\n' });
    expect(settings.token).toBe('token');
    const blank = openPublishing(workspace, { GITHUB_TOKEN: ' \n' });
    await expect(blank).rejects.toMatchObject({ kind: 'token' });
  });

  it.each([
    { apiUrl: 'https://api.github.com', host: 'github.com' },
    { apiUrl: 'https://api.acme.ghe.com/', host: 'acme.ghe.com' },
    { apiUrl: 'https://git.example.org/api/v3', host: 'git.example.org' },
    { apiUrl: 'https://api.example.org:8443/api/v3', host: 'api.example.org:8443' },
  ])('gives the token of $apiUrl to repositories at $host', ({ apiUrl, host }) => {
    expect(hostOf(apiUrl)).toBe(host);
  });

  it('needs a remote', async () => {
    await expect(openPublishing(changedWorkspaceAt(), environment)).rejects.toThrow(
      'there is no remote "origin"',
    );
  });

  it('needs to know the repository', async () => {
    const workspace = changedWorkspaceAt();
    git(workspace, 'remote', 'add', 'origin', 'file:///srv/tools.git');
    await expect(openPublishing(workspace, environment)).rejects.toThrow('does not say');
  });

  it('commits as the bot of GitHub Actions there, unless the settings name somebody', async () => {
    const workspace = changedWorkspaceAt();
    git(workspace, 'remote', 'add', 'origin', 'https://github.com/acme/tools');
    const job = { ...environment, GITHUB_ACTIONS: 'true' };
    const { settings, forge } = await openPublishing(workspace, job);
    expect(settings.author?.name).toBe('github-actions[bot]');
    expect(forge.repository).toBe('acme/tools');
    expect((await openPublishing(workspace, environment)).settings.author).toBeUndefined();
  });
});

function changedWorkspaceAt(): string {
  const folder = newFolder();
  changedWorkspace(folder);
  return folder;
}
