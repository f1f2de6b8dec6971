import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RepositoryError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, git, put } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { buildBranch } from './branch';
import { branchName } from './identity';
import { ownership } from './ownership';
import {
  branchFor,
  changedWorkspace,
  everythingIn,
  leaveArtifacts,
  originOf,
  TEST_FILE,
  withoutOwnGit,
} from './publish.fixture';
import { Remote } from './remote';

withoutOwnGit();
const newFolder = temporaryFolders();

/** Ends with what git says of a conflict, which here is what was wanted. */
function failing(folder: string, ...args: string[]): void {
  expect(() => git(folder, ...args)).toThrow();
}

/** A branch `topic` that changes a file of another project in another way than `main` does after it. */
function conflicting(workspace: string): void {
  git(workspace, 'checkout', '--quiet', '-b', 'topic', 'HEAD~1');
  put(workspace, { 'libs/units/src/units.py': 'UNIT = 3\n' });
  commitAll(workspace);
  git(workspace, 'checkout', '--quiet', 'main');
  put(workspace, { 'libs/units/src/units.py': 'UNIT = 2\n' });
  commitAll(workspace);
}

interface State {
  readonly state: string;
  readonly prepare: (workspace: string) => void;
}

const STATES: readonly State[] = [
  { state: 'nothing special', prepare: () => undefined },
  {
    state: 'a detached HEAD',
    prepare: (workspace) => git(workspace, 'checkout', '--quiet', '--detach'),
  },
  {
    state: 'a branch without commits',
    prepare: (workspace) => git(workspace, 'checkout', '--quiet', '--orphan', 'fresh'),
  },
  {
    state: 'a merge in progress',
    prepare: (workspace) => {
      conflicting(workspace);
      failing(workspace, 'merge', 'topic');
    },
  },
  {
    state: 'a rebase in progress',
    prepare: (workspace) => {
      conflicting(workspace);
      failing(workspace, 'rebase', 'topic');
    },
  },
  {
    state: 'a bisect in progress',
    prepare: (workspace) => {
      git(workspace, 'bisect', 'start', 'HEAD', 'HEAD~1');
      git(workspace, 'checkout', '--quiet', 'main');
    },
  },
  {
    state: 'staged, unstaged, stashed and untracked work elsewhere',
    prepare: (workspace) => {
      put(workspace, { 'libs/units/src/units.py': 'UNIT = 4\n' });
      git(workspace, 'stash');
      put(workspace, { 'libs/units/src/units.py': 'UNIT = 5\n', 'libs/units/new.py': '' });
      git(workspace, 'add', '--all');
      put(workspace, { 'libs/units/src/units.py': 'UNIT = 6\n', 'libs/units/more.py': '' });
    },
  },
  {
    state: 'an index that another process has locked',
    prepare: (workspace) => put(workspace, { '.git/index.lock': '' }),
  },
  {
    state: 'an index in two parts',
    prepare: (workspace) => {
      git(workspace, 'config', 'core.splitIndex', 'true');
      git(workspace, 'update-index', '--split-index');
    },
  },
  {
    state: 'hooks that fail, in a folder of their own',
    prepare: (workspace) => {
      for (const name of HOOKS) {
        put(workspace, { [`hooks/${name}`]: '#!/bin/sh\necho "$0" >> ran.txt\nexit 1\n' });
        chmodSync(join(workspace, 'hooks', name), 0o755);
      }
      git(workspace, 'config', 'core.hooksPath', 'hooks');
    },
  },
  {
    state: 'a work tree with a part of the files',
    prepare: (workspace) => git(workspace, 'sparse-checkout', 'set', 'libs/money'),
  },
  {
    state: 'settings that mirror, follow tags and sign for nobody',
    prepare: (workspace) => {
      for (const [key, value] of [
        ['remote.origin.mirror', 'true'],
        ['push.followTags', 'true'],
        ['push.recurseSubmodules', 'check'],
        ['fetch.prune', 'true'],
        ['core.safecrlf', 'true'],
        ['core.autocrlf', 'false'],
        ['i18n.commitEncoding', 'ISO-8859-1'],
        ['diff.noprefix', 'true'],
        ['log.showSignature', 'true'],
      ] as const)
        git(workspace, 'config', key, value);
    },
  },
];

const HOOKS = [
  'pre-commit',
  'commit-msg',
  'pre-push',
  'post-commit',
  'post-index-change',
  'reference-transaction',
];

it.each(STATES)('with $state, a branch is published and the user notices nothing', async (one) => {
  const workspace = newFolder();
  const head = changedWorkspace(workspace);
  const bare = originOf(workspace, join(newFolder(), 'origin.git'));
  await leaveArtifacts(workspace);
  one.prepare(workspace);
  await published(workspace, workspace, head, bare);
});

/** Publishes, looks at it from all sides, takes it back; and nothing below `top` is another than before. */
async function published(
  workspace: string,
  top: string,
  head: string,
  bare: string,
): Promise<string> {
  const before = everythingIn(top);
  const { tip } = await branchFor(workspace, head);
  const repository = await Repository.open(workspace);
  const remote = await Remote.open(repository);
  const branch = branchName('sentry-test', head, new Date(0));
  await remote.push(branch, tip, undefined);
  expect(git(bare, 'rev-parse', branch)).toBe(tip);
  expect((await ownership(repository, tip)).ours).toBe(true);
  await remote.fetch([tip, head]);
  await remote.delete(branch, tip);
  expect(git(bare, 'branch', '--list', 'ai-*')).toBe('');
  expect(everythingIn(top)).toEqual(before);
  return tip;
}

it('in a linked work tree, neither it nor the main one is touched', async () => {
  const top = newFolder();
  const main = join(top, 'main');
  const head = changedWorkspace(main);
  const bare = originOf(main, join(newFolder(), 'origin.git'));
  const linked = join(top, 'linked');
  git(main, 'worktree', 'add', '--quiet', '-b', 'topic', linked);
  await leaveArtifacts(linked);
  await published(linked, top, head, bare);
});

it('below the top of the repository, in folders of any name, the right files change', async () => {
  const top = newFolder();
  const inner = join(top, 'with space', 'é');
  git(top, 'init', '--quiet', '--initial-branch=main');
  git(top, 'config', 'user.name', 'Ada');
  git(top, 'config', 'user.email', 'ada@example.org');
  put(inner, { [TEST_FILE]: 'a = 1\n', 'libs/money/a.py': 'A = 1\n', '.gitignore': '.sentries\n' });
  put(top, { [TEST_FILE]: 'a = 1\n' });
  commitAll(top);
  put(inner, { 'libs/money/a.py': 'A = 2\n' });
  const head = commitAll(top);
  const bare = originOf(top, join(newFolder(), 'origin.git'));
  const edits = [{ line: 1, before: '1', after: '2', tier: 'explained' as const }];
  await leaveArtifacts(inner, { before: 'a = 1\n', edits });
  const tip = await published(inner, top, head, bare);
  expect(git(top, '-c', 'core.quotePath=false', 'diff', '--name-only', head, tip)).toBe(
    `with space/é/${TEST_FILE}`,
  );
});

it.each(['with space.py', 'é.py', 'quo"te.py', 'a b/test c.py', '-n.py', ':(top)x.py', '*.py'])(
  'a test file may be called %j',
  async (name) => {
    const workspace = newFolder();
    changedWorkspace(workspace);
    const path = `libs/money/tests/${name}`;
    put(workspace, { [path]: 'a = 1\n' });
    const head = commitAll(workspace);
    const edits = [{ line: 1, before: '1', after: '2', tier: 'explained' as const }];
    await leaveArtifacts(workspace, { path, before: 'a = 1\n', edits });
    const { tip } = await branchFor(workspace, head);
    expect(git(workspace, 'diff', '-z', '--name-only', head, tip)).toBe(`${path}\0`);
  },
);

it('a submodule stays what it is', async () => {
  const workspace = newFolder();
  changedWorkspace(workspace);
  const other = newFolder();
  changedWorkspace(other);
  const add = ['submodule', 'add', '--quiet', pathToFileURL(other).href, 'libs/money/vendor'];
  git(workspace, '-c', 'protocol.file.allow=always', ...add);
  const head = commitAll(workspace);
  const bare = originOf(workspace, join(newFolder(), 'origin.git'));
  put(workspace, { 'libs/money/vendor/dirty.py': '' });
  await leaveArtifacts(workspace);
  const tip = await published(workspace, workspace, head, bare);
  expect(git(workspace, 'diff', '--name-only', head, tip)).toBe(TEST_FILE);
});

describe('in a shallow clone', () => {
  /** A clone with so many commits, and artifacts of a task that ran there. */
  async function clone(depth: number): Promise<{ workspace: string; head: string; bare: string }> {
    const origin = newFolder();
    const head = changedWorkspace(origin);
    const bare = originOf(origin, join(newFolder(), 'origin.git'));
    await leaveArtifacts(origin);
    const workspace = join(newFolder(), 'clone');
    const url = pathToFileURL(bare).href;
    git(origin, 'clone', '--quiet', '--depth', String(depth), url, workspace);
    git(workspace, 'config', 'user.name', 'Ada');
    git(workspace, 'config', 'user.email', 'ada@example.org');
    cpSync(join(origin, '.sentries'), join(workspace, '.sentries'), { recursive: true });
    return { workspace, head, bare };
  }

  it('a branch is published where the base is there', async () => {
    const { workspace, head, bare } = await clone(2);
    await published(workspace, workspace, head, bare);
  });

  it('that lacks the base, more history is asked for', async () => {
    const { workspace, head } = await clone(1);
    const building = branchFor(workspace, head);
    await expect(building).rejects.toThrow(RepositoryError);
    await expect(building).rejects.toMatchObject({
      hint: expect.stringContaining('fetch-depth: 0') as string,
    });
  });
});

it('a commit may bring a file that was not there', async () => {
  const workspace = newFolder();
  const head = changedWorkspace(workspace);
  const repository = await Repository.open(workspace);
  const files = [
    { path: '.metadata.json', after: Buffer.from('{}\n') },
    { path: 'libs/new/empty.txt', after: Buffer.of() },
  ];
  const tip = await buildBranch(repository, head, [{ tier: 'explained', files, message: 'more' }]);
  expect(git(workspace, 'diff', '--name-status', head, tip)).toBe(
    'A\t.metadata.json\nA\tlibs/new/empty.txt',
  );
  expect(git(workspace, 'show', `${tip}:.metadata.json`)).toBe('{}');
});
