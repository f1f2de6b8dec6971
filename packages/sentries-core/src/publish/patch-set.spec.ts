import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PatchError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { commitAll, git, put } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { applyPatches } from '../patch/apply-patch';
import { patchSetAt, type PatchSet } from './patch-set';
import {
  branchFor,
  changedWorkspace,
  leaveArtifacts,
  TEST_FILE,
  withoutOwnGit,
} from './publish.fixture';
import { readRuns } from './runs';

withoutOwnGit();
const newFolder = temporaryFolders();

async function setAt(workspace: string, commit: string): Promise<PatchSet> {
  const repository = await Repository.open(workspace);
  return patchSetAt(repository, commit, 'sentry-test', await readRuns(workspace));
}

const OTHER = { project: 'units', folder: 'libs/units', path: 'libs/units/tests/test_u.py' };
const OTHER_TEST = 'assert unit() == 1\n';
const OTHER_EDIT = [{ line: 1, before: '1', after: '2', tier: 'explained' as const }];

/** The workspace with a second project, whose test is stale too. */
async function twoProjects(): Promise<{ workspace: string; head: string }> {
  const workspace = newFolder();
  changedWorkspace(workspace);
  put(workspace, { [OTHER.path]: OTHER_TEST });
  const head = commitAll(workspace);
  await leaveArtifacts(workspace);
  await leaveArtifacts(workspace, { ...OTHER, before: OTHER_TEST, edits: OTHER_EDIT });
  return { workspace, head };
}

describe('the patches of a run', () => {
  it('are put together over all projects', async () => {
    const { workspace, head } = await twoProjects();
    const set = await setAt(workspace, head);
    expect(set.head).toBe(head);
    expect(set.runs.map(({ record }) => record.project)).toEqual(['money', 'units']);
    expect(set.sections.map(({ path }) => path)).toEqual([TEST_FILE, OTHER.path]);
  });

  it('have a key that tells what they change, and nothing else', async () => {
    const { workspace, head } = await twoProjects();
    const { key } = await setAt(workspace, head);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    put(workspace, { 'README.md': 'more' });
    const next = commitAll(workspace);
    expect((await setAt(workspace, next)).key).toBe(key);
    const edits = [{ ...OTHER_EDIT[0]!, after: '3' }];
    await leaveArtifacts(workspace, { ...OTHER, before: OTHER_TEST, edits });
    expect((await setAt(workspace, next)).key).not.toBe(key);
  });

  it('may be none', async () => {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    const record = { patch: null, change: null, result: 'green', failures: [] } as const;
    await leaveArtifacts(workspace, { record: { ...record, failures: [] } });
    const set = await setAt(workspace, head);
    expect(set.runs).toHaveLength(1);
    expect(set.sections).toEqual([]);
  });

  it('that change other lines of one file are made together', async () => {
    const { workspace, head } = await twoProjects();
    const edit = (line: number, before: string, after: string) => [
      { line, before, after, tier: 'explained' as const },
    ];
    await leaveArtifacts(workspace, { edits: edit(5, 'add', 'plus') });
    await leaveArtifacts(workspace, { project: 'money-too', edits: edit(13, 'one', 'One') });
    const { set, tip } = await branchFor(workspace, head);
    expect(set.sections.map(({ path }) => path)).toEqual([TEST_FILE, OTHER.path]);
    const published = git(workspace, 'show', `${tip}:${TEST_FILE}`);
    expect(published).toContain('assert plus(1, 2) == 3');
    expect(published).toContain("assert words(1) == 'One'");
  });

  it('that share a change of a file make it once', async () => {
    const { workspace, head } = await twoProjects();
    await leaveArtifacts(workspace, { project: 'money-too' });
    const paths = (await setAt(workspace, head)).sections.map(({ path }) => path);
    expect(paths).toEqual([TEST_FILE, OTHER.path]);
  });

  it('of uncommitted work fit once that is committed', async () => {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    put(workspace, { 'libs/money/src/money.py': 'def plus(b, a):\n    return a + b\n' });
    await leaveArtifacts(workspace, { base: 'HEAD' });
    await expect(setAt(workspace, head)).rejects.toThrow(
      `the patch of money was made on other files than those of ${head.slice(0, 12)}; ` +
        'not committed here: libs/money/src/money.py',
    );
    expect((await setAt(workspace, commitAll(workspace))).sections).toHaveLength(1);
  });
});

interface Refused {
  readonly when: string;
  readonly prepare: (workspace: string) => Promise<unknown>;
  readonly says: string;
}

const REFUSED: readonly Refused[] = [
  {
    when: 'a made-up patch takes an assertion away',
    prepare: (workspace) =>
      leaveArtifacts(workspace, {
        edits: [
          { line: 9, before: 'assert rate() == 19', after: 'rate()', tier: 'mechanical' as const },
        ],
      }),
    says: `a patch may not be written: ${TEST_FILE}: `,
  },
  {
    when: 'a made-up patch is no Python',
    prepare: (workspace) =>
      leaveArtifacts(workspace, {
        edits: [{ line: 9, before: '19', after: '(19', tier: 'explained' as const }],
      }),
    says: 'with the edit it is not valid Python',
  },
  {
    when: 'a hash in the patch was exchanged',
    prepare: async (workspace) => {
      await leaveArtifacts(workspace);
      const file = join(workspace, '.sentries/money/sentry-test/changes.patch');
      const patch = readFileSync(file, 'utf8').replace(/\.\.[0-9a-f]{40}/, `..${'0'.repeat(40)}`);
      writeFileSync(file, patch);
    },
    says: `the patch for ${TEST_FILE} does not lead to what was verified`,
  },
  {
    when: 'the head has moved on',
    prepare: async (workspace) => {
      await leaveArtifacts(workspace);
      put(workspace, { 'libs/money/src/money.py': 'def plus(*all):\n    return sum(all)\n' });
      commitAll(workspace);
    },
    says: 'the patch of money was made on other files than those of',
  },
  {
    when: 'new files are not committed',
    prepare: async (workspace) => {
      for (const name of 'abcdefg') put(workspace, { [`libs/money/src/${name}.py`]: name });
      await leaveArtifacts(workspace);
    },
    says: 'not committed here: libs/money/src/a.py, libs/money/src/b.py, libs/money/src/c.py, libs/money/src/d.py, libs/money/src/e.py, …',
  },
  {
    when: 'the test file itself was changed and committed',
    prepare: async (workspace) => {
      await leaveArtifacts(workspace);
      put(workspace, { [TEST_FILE]: '# new\n' });
      commitAll(workspace);
    },
    says: 'was made on other files',
  },
  {
    when: 'files changed while the task ran',
    prepare: (workspace) => leaveArtifacts(workspace, { record: { change: null } }),
    says: 'files changed while its task ran',
  },
  {
    when: 'the record names another digest',
    prepare: (workspace) =>
      leaveArtifacts(workspace, {
        record: { change: { folders: ['libs/money'], except: [], digest: '0'.repeat(64) } },
      }),
    says: 'was made on other files',
  },
  {
    when: 'the base is not here',
    prepare: (workspace) => leaveArtifacts(workspace, { record: { base: 'f'.repeat(40) } }),
    says: 'there is no commit "ffff',
  },
  {
    when: 'two patches differ on a file',
    prepare: async (workspace) => {
      await leaveArtifacts(workspace);
      const edits = [{ line: 9, before: '19', after: '22', tier: 'explained' as const }];
      await leaveArtifacts(workspace, { project: 'too', edits });
    },
    says: `${TEST_FILE}: two patches change it in different ways`,
  },
  {
    when: 'the test file is a link in the commit',
    prepare: async (workspace) => {
      const before = readFileSync(join(workspace, TEST_FILE), 'utf8');
      rmSync(join(workspace, TEST_FILE));
      put(workspace, { 'libs/money/tests/real.py': before });
      symlinkSync('real.py', join(workspace, TEST_FILE));
      commitAll(workspace);
      await leaveArtifacts(workspace);
    },
    says: `${TEST_FILE} is not a regular file at`,
  },
  {
    when: 'the test file is ignored, and in no commit',
    prepare: async (workspace) => {
      git(workspace, 'rm', '--quiet', '--cached', TEST_FILE);
      put(workspace, { '.gitignore': 'tests\n.sentries\n' });
      commitAll(workspace);
      await leaveArtifacts(workspace);
    },
    says: `${TEST_FILE} is not a regular file at`,
  },
  {
    when: 'the test file is kept in Git LFS',
    prepare: async (workspace) => {
      put(workspace, { '.gitattributes': '*.py filter=lfs\n' });
      commitAll(workspace);
      await leaveArtifacts(workspace);
    },
    says: `${TEST_FILE} is kept in Git LFS`,
  },
  {
    when: 'the work tree has line ends that git would not check out',
    prepare: async (workspace) => {
      put(workspace, { '.gitattributes': '*.py text eol=lf\n' });
      commitAll(workspace);
      const before = readFileSync(join(workspace, TEST_FILE), 'utf8').replaceAll('\n', '\r\n');
      put(workspace, { [TEST_FILE]: before });
      await leaveArtifacts(workspace, { before });
    },
    says: `${TEST_FILE} has other bytes at`,
  },
];

it.each(REFUSED)('nothing is published where $when', async ({ prepare, says }) => {
  const workspace = newFolder();
  changedWorkspace(workspace);
  await prepare(workspace);
  const making = setAt(workspace, git(workspace, 'rev-parse', 'HEAD'));
  await expect(making).rejects.toThrow(says);
  if (!says.startsWith('there is no commit')) await expect(making).rejects.toThrow(PatchError);
});

interface Attributes {
  readonly attributes: string;
  readonly crlf: boolean;
  readonly config?: readonly [string, string];
}

const ATTRIBUTES: readonly Attributes[] = [
  { attributes: '* text=auto eol=crlf\n', crlf: true },
  { attributes: '* text=auto\n', crlf: true, config: ['core.autocrlf', 'true'] },
  { attributes: '* text=auto\n', crlf: false, config: ['core.autocrlf', 'input'] },
  { attributes: '* -text\n', crlf: true },
  { attributes: '*.py filter=twice\n', crlf: false, config: ['filter.twice.clean', 'sed s/^.//'] },
];

it.each(ATTRIBUTES)(
  'of $attributes with $config the stored lines change, and no other',
  async ({ attributes, crlf, config }) => {
    const workspace = newFolder();
    const head = changedWorkspace(workspace);
    put(workspace, { '.gitattributes': attributes });
    if (config) git(workspace, 'config', ...config);
    if (config?.[0] === 'filter.twice.clean')
      git(workspace, 'config', 'filter.twice.smudge', 'sed s/^/#/');
    const plain = git(workspace, 'show', `${head}:${TEST_FILE}`) + '\n';
    const before = attributes.includes('twice')
      ? plain.replace(/^/gm, '#').replace(/#$/, '')
      : crlf
        ? plain.replaceAll('\n', '\r\n')
        : plain;
    put(workspace, { [TEST_FILE]: before });
    const next = commitAll(workspace);
    await leaveArtifacts(workspace, { before });
    const { tip } = await branchFor(workspace, next);
    expect(git(workspace, 'diff', '--numstat', next, tip)).toBe(`4\t4\t${TEST_FILE}`);
    // What was verified is what a checkout gives.
    const patched = join(newFolder(), 'clone');
    git(workspace, 'clone', '--quiet', '--no-checkout', workspace, patched);
    if (config) git(patched, 'config', ...config);
    if (config?.[0] === 'filter.twice.clean')
      git(patched, 'config', 'filter.twice.smudge', 'sed s/^/#/');
    git(patched, 'fetch', '--quiet', workspace, tip);
    git(patched, 'checkout', '--quiet', tip);
    const [run] = await readRuns(workspace);
    // Not by `git apply`, which looks at what filters make of a file.
    await applyPatches(workspace, [run!.patch!]);
    expect(readFileSync(join(patched, TEST_FILE))).toEqual(
      readFileSync(join(workspace, TEST_FILE)),
    );
  },
);

it('a file keeps its executable bit', async () => {
  const workspace = newFolder();
  changedWorkspace(workspace);
  chmodSync(join(workspace, TEST_FILE), 0o755);
  const head = commitAll(workspace);
  await leaveArtifacts(workspace);
  const { tip } = await branchFor(workspace, head);
  expect(git(workspace, 'ls-tree', tip, TEST_FILE)).toMatch(/^100755/);
});
