import { temporaryFolders } from '../folder.fixture';
import { git, put } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { ownership } from './ownership';
import {
  branchFor,
  changedWorkspace,
  leaveArtifacts,
  TEST_FILE,
  withoutOwnGit,
} from './publish.fixture';

withoutOwnGit();
const newFolder = temporaryFolders();

interface Branch {
  readonly workspace: string;
  readonly head: string;
  readonly tip: string;
  readonly key: string;
}

/** A branch of ours, checked out as a person would to work on it. */
async function checkedOut(): Promise<Branch> {
  const workspace = newFolder();
  const head = changedWorkspace(workspace);
  await leaveArtifacts(workspace);
  const { tip, set } = await branchFor(workspace, head);
  git(workspace, 'checkout', '--quiet', '-b', 'theirs', tip);
  return { workspace, head, tip, key: set.key };
}

async function whose(workspace: string, commit: string) {
  return ownership(await Repository.open(workspace), commit);
}

it('a branch as we left it is ours, and says what it was made for', async () => {
  const { workspace, head, tip, key } = await checkedOut();
  expect(await whose(workspace, tip)).toEqual({
    ours: true,
    foreign: [],
    sentry: 'sentry-test',
    base: 'main',
    head,
    key,
    projects: ['money'],
  });
});

interface Work {
  readonly what: string;
  readonly work: (branch: Branch) => void;
  /** How many commits are theirs. */
  readonly foreign: number;
}

const WORK: readonly Work[] = [
  {
    what: 'a commit on top',
    work: ({ workspace }) => {
      put(workspace, { [TEST_FILE]: '# better\n' });
      git(workspace, 'commit', '--quiet', '--all', '--message', 'better');
    },
    foreign: 1,
  },
  {
    what: 'an empty commit on top',
    work: ({ workspace }) =>
      git(workspace, 'commit', '--quiet', '--allow-empty', '--message', 'run the checks'),
    foreign: 1,
  },
  {
    what: 'a commit with our message',
    work: ({ workspace }) => {
      put(workspace, { [TEST_FILE]: '# better\n' });
      git(workspace, 'commit', '--quiet', '--all', '--reuse-message', 'HEAD');
    },
    foreign: 1,
  },
  {
    what: 'another content in our last commit',
    work: ({ workspace }) => {
      put(workspace, { [TEST_FILE]: '# better\n' });
      git(workspace, 'commit', '--quiet', '--all', '--amend', '--no-edit');
    },
    foreign: 1,
  },
  {
    what: 'the base merged into it',
    work: ({ workspace }) => {
      git(workspace, 'checkout', '--quiet', 'main');
      put(workspace, { 'README.md': 'more' });
      git(workspace, 'add', '--all');
      git(workspace, 'commit', '--quiet', '--message', 'more');
      git(workspace, 'checkout', '--quiet', 'theirs');
      git(workspace, 'merge', '--quiet', '--no-edit', 'main');
    },
    foreign: 1,
  },
  {
    what: 'a merge with our message and a tree of ours',
    work: ({ workspace, tip, head }) => {
      const tree = git(workspace, 'rev-parse', `${tip}^{tree}`);
      const text = git(workspace, 'log', '-1', '--format=%B', tip);
      const merge = ['commit-tree', '-p', tip, '-p', head, '-m', text, tree];
      git(workspace, 'reset', '--quiet', '--hard', git(workspace, ...merge));
    },
    foreign: 1,
  },
  {
    what: 'two commits on top',
    work: ({ workspace }) => {
      for (const message of ['one', 'two'])
        git(workspace, 'commit', '--quiet', '--allow-empty', '--message', message);
    },
    foreign: 2,
  },
];

it.each(WORK)('with $what it is somebody’s, and still says what it was made for', async (one) => {
  const branch = await checkedOut();
  one.work(branch);
  const { workspace, head, key } = branch;
  const found = await whose(workspace, git(workspace, 'rev-parse', 'theirs'));
  expect(found).toMatchObject({ ours: false, head, key, base: 'main' });
  expect(found.foreign).toHaveLength(one.foreign);
});

it('rebased onto another commit it is somebody’s', async () => {
  const { workspace } = await checkedOut();
  git(workspace, 'checkout', '--quiet', 'main');
  put(workspace, { 'README.md': 'more' });
  git(workspace, 'add', '--all');
  git(workspace, 'commit', '--quiet', '--message', 'more');
  git(workspace, 'checkout', '--quiet', 'theirs');
  git(workspace, 'rebase', '--quiet', 'main');
  const tip = git(workspace, 'rev-parse', 'theirs');
  expect(await whose(workspace, tip)).toEqual({ ours: false, foreign: [tip] });
});

it('without the last of our commits it is somebody’s, who did not want that one', async () => {
  const { workspace, tip } = await checkedOut();
  const found = await whose(workspace, git(workspace, 'rev-parse', `${tip}~1`));
  expect(found).toMatchObject({ ours: false, base: 'main' });
});

it('a branch that we never made is somebody’s', async () => {
  const { workspace, head } = await checkedOut();
  expect(await whose(workspace, head)).toEqual({ ours: false, foreign: [head] });
});

it('a grafted history does not make it ours', async () => {
  const { workspace, tip } = await checkedOut();
  git(workspace, 'commit', '--quiet', '--allow-empty', '--message', 'theirs');
  const theirs = git(workspace, 'rev-parse', 'theirs');
  git(workspace, 'replace', theirs, tip);
  expect(await whose(workspace, theirs)).toMatchObject({ ours: false, foreign: [theirs] });
});

it('a commit that is not here is asked for', async () => {
  const { workspace } = await checkedOut();
  await expect(whose(workspace, 'f'.repeat(40))).rejects.toMatchObject({
    message: 'the commit ffffffffffff is not here',
    hint: expect.stringContaining('Fetch') as string,
  });
});
