import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKENS } from '../tools/github/accounts';
import { GitHub } from '../tools/github/server';
import { BareRepository } from '../tools/remotes/bare-repository';
import { CHANGED, documented } from './docs-library';

it('stale docs become a pull request of their own, which closes once they are right', async () => {
  const workspace = documented({
    'nx.json': '{"plugins": ["nx-sentries"]}',
    'package.json': '{"name": "demo", "private": true}',
  });
  workspace.git('config', 'user.name', 'Ada');
  workspace.git('config', 'user.email', 'ada@example.org');
  workspace.git('switch', '--quiet', '--create', 'change');
  workspace.write(CHANGED);
  rmSync(join(workspace.root, 'lib/src/acme/rates.py'));
  workspace.commit('renamed');
  const folder = mkdtempSync(join(tmpdir(), 'sentries-remote-'));
  const github = await GitHub.start();
  const bare = BareRepository.create(join(folder, 'origin.git'), workspace.root);
  const hosted = github.host('acme/tools', bare);
  workspace.git('remote', 'add', 'origin', hosted.remote);
  const env = {
    GITHUB_ACTIONS: 'false',
    GITHUB_TOKEN: TOKENS.write,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: 'acme/tools',
    GITHUB_EVENT_PATH: '',
    GITHUB_REF: '',
  };
  const affected = (mode: string) =>
    workspace.nx(['affected', '-t', 'sentry-doc', '--base=main', `--mode=${mode}`], env);

  const opened = await affected('pr');
  expect(opened).toMatchObject({ code: 0 });
  expect(opened.output).toMatch(/published:\s+opened/);
  const [pull] = hosted.state.pulls;
  expect(pull!.head.ref).toMatch(/^ai-doc-updates\//);
  expect(pull!.labels.map(({ name }) => name).sort()).toEqual([
    'docs-sentry:done',
    'sentries',
    'sentry-docsentry',
  ]);
  expect(bare.git('diff', '--name-only', `change..${pull!.head.ref}`)).toContain('lib/README.md');

  expect(await affected('apply')).toMatchObject({ code: 0 });
  workspace.commit('docs by hand');
  bare.git('fetch', '--quiet', workspace.root, 'change:change');
  expect((await affected('pr')).output).toMatch(/published:\s+closed/);
  expect(hosted.state.pulls).toMatchObject([{ closed: {} }]);

  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});
