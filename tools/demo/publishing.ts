import { rmSync } from 'node:fs';
import { TOKENS } from '../github/accounts';
import { GitHub } from '../github/server';
import { BareRepository } from '../remotes/bare-repository';
import type { Workspace } from '../workspace';
import { REPLAYED } from './recording';

/** What the demo shows of publishing: what came out of each step. */
export interface Shown {
  readonly command: string;
  readonly text: string;
}

/**
 * Publishes the patches of the workspace to a GitHub on loopback: once, again, and after a person has committed to
 * the branch.
 *
 * @param remote Where the bare repository of the server is made.
 * @returns what was shown, and what is not as it should be.
 */
export async function publishing(
  workspace: Workspace,
  remote: string,
  show: (shown: Shown) => void,
): Promise<string[]> {
  rmSync(remote, { recursive: true, force: true });
  const github = await GitHub.start();
  try {
    const bare = BareRepository.create(remote, workspace.root);
    const { state, person, remote: url } = github.host('acme/mono', bare);
    workspace.git('remote', 'add', 'origin', url);
    const env = {
      ...REPLAYED,
      GITHUB_ACTIONS: 'false',
      GITHUB_EVENT_PATH: '',
      GITHUB_REF: '',
      GITHUB_TOKEN: TOKENS.write,
      GITHUB_API_URL: github.apiUrl,
      GITHUB_REPOSITORY: 'acme/mono',
      GIT_AUTHOR_NAME: 'Demo',
      GIT_AUTHOR_EMAIL: 'demo@example.com',
      GIT_COMMITTER_NAME: 'Demo',
      GIT_COMMITTER_EMAIL: 'demo@example.com',
    };
    const publish = async (): Promise<string> => {
      // Without the bugs: what is red runs anew each time, the rest comes from the cache.
      const command = 'affected -t sentry-test --mode=pr --exclude=acme-stock,acme-billing';
      const args = [...command.split(' '), '--outputStyle=static'];
      const { output } = await workspace.nx(args, env);
      const text = /sentries: published[^]*?(?=\n\n|$(?![^]))/.exec(output)?.[0] ?? output;
      show({ command: `npx nx ${command}`, text });
      return text;
    };
    const sentries = async (...args: string[]): Promise<string> => {
      const { output } = await workspace.sentries(args, '.', env);
      show({ command: `npx sentries ${args.join(' ')}`, text: output });
      return output;
    };
    const wrong: string[] = [];
    const expect = (what: string, holds: boolean): void => {
      if (!holds) wrong.push(what);
    };

    expect('one pull request is opened', (await publish()).includes('opened http'));
    const [pull] = state.pulls;
    const log = bare.git('log', '--reverse', '--format=%h %s', `change..${pull?.head.ref}`);
    show({ command: 'the pull request', text: `#1 ${pull?.title}\n${log}` });
    expect('run again, nothing changes', (await publish()).includes('unchanged'));
    person.push(pull!.head.ref, { 'libs/units/tests/test_more.py': 'def test_more(): ...\n' });
    show({ command: 'somebody commits to its branch', text: '' });
    expect('with a person’s commit it is left alone', (await publish()).includes('frozen'));
    expect('the status tells it', (await sentries('status')).startsWith('frozen'));
    expect(
      'nothing of a person is cleaned up',
      (await sentries('cleanup', '--dry-run')).includes('nothing to delete'),
    );
    expect('one pull request there is', state.pulls.length === 1);
    expect('the work tree is as it was', workspace.git('status', '--short') === '');
    return wrong;
  } finally {
    await github.stop();
  }
}
