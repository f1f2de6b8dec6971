import {
  appendFileSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PatchError, UsageError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { put } from '../git/git.fixture';
import { unifiedDiff } from '../patch/unified-diff';
import { failureOf, recordOf } from '../report/report.fixture';
import type { RunRecord } from '../report/run-record';
import { readRuns } from './runs';

const newFolder = temporaryFolders();

const PATH = 'libs/money/tests/test_a.py';
const BEFORE = 'a\nb\nc\n';

/** A record whose edits account for `b` → `B` in the second line of a file. */
const honest = (path = PATH, part: Partial<RunRecord> = {}): RunRecord =>
  recordOf({
    failures: [failureOf({ edits: [{ file: path, line: 2, before: 'b', after: 'B' }] })],
    patch: { files: [path], added: 1, removed: 1 },
    change: { folders: ['libs/money', 'libs/units'], except: [], digest: 'd'.repeat(64) },
    ...part,
  });

const patchOf = (path = PATH, after = 'a\nB\nc\n'): Buffer =>
  unifiedDiff([{ path, before: Buffer.from(BEFORE), after: Buffer.from(after) }]).text;

/** Artifacts as they may come from a job that ran code of somebody else. */
function artifacts(workspace: string, record: unknown, patch: Buffer | null): string {
  const folder = join(workspace, '.sentries/money/sentry-test');
  put(folder, { 'run.json': JSON.stringify(record), ...(patch && { 'changes.patch': patch }) });
  return folder;
}

describe('the artifacts of a run', () => {
  it('are read by project, whatever its name', async () => {
    const workspace = newFolder();
    for (const project of ['web', '@acme/money', 'libs/money']) {
      const folder = join(workspace, '.sentries', project, 'sentry-test');
      put(folder, { 'run.json': JSON.stringify(honest(PATH, { project, patch: null })) });
    }
    put(workspace, { '.sentries/.cache/x/sentry-test/run.json': '{' });
    put(workspace, { '.sentries/started/sentry-test/changes.patch': 'of a killed task' });
    const names = async (only?: string[]): Promise<string[]> =>
      (await readRuns(workspace, only)).map(({ record }) => record.project);
    expect(await names()).toEqual(['@acme/money', 'libs/money', 'web']);
    expect(await names(['web'])).toEqual(['web']);
    await expect(names(['webb'])).rejects.toThrow(UsageError);
    await expect(names(['webb'])).rejects.toMatchObject({
      hint: expect.stringContaining('There are some of @acme/money, libs/money, web.') as string,
    });
  });

  it('are none where no task has run', async () => {
    expect(await readRuns(newFolder())).toEqual([]);
  });

  it('bring the patch along, as it is and as sections', async () => {
    const workspace = newFolder();
    artifacts(workspace, honest(), patchOf());
    const [run] = await readRuns(workspace);
    expect(run!.record).toEqual(honest());
    expect(run!.patch).toEqual(patchOf());
    expect(run!.sections.map(({ path }) => path)).toEqual([PATH]);
  });

  it('of documentation may change a text of the workspace that the project is given', async () => {
    const workspace = newFolder();
    const change = { folders: ['libs/money', 'docs/money.md'], except: [], digest: '' };
    const record = honest('docs/money.md', { change, sentry: 'sentry-doc' });
    const folder = artifacts(workspace, record, patchOf('docs/money.md'));
    cpSync(folder, join(workspace, '.sentries/money/sentry-doc'), { recursive: true });
    rmSync(folder, { recursive: true });
    const reading = (): Promise<unknown> => readRuns(workspace);
    await expect(reading()).rejects.toThrow('sentries.config.json gives money no docs/money.md');
    const give = (path: string): void => {
      const docs = { workspace: [{ paths: [path], projects: ['money'] }] };
      writeFileSync(join(workspace, 'sentries.config.json'), JSON.stringify({ docs }));
    };
    give('docs/other.md');
    await expect(reading()).rejects.toThrow('gives money no docs/money.md');
    give('docs');
    expect(await reading()).toHaveLength(1);
  });

  it('of a project at the root may change its files', async () => {
    const workspace = newFolder();
    const change = { folders: ['.'], except: [], digest: '' };
    artifacts(workspace, honest('tests/test_a.py', { change }), patchOf('tests/test_a.py'));
    expect(await readRuns(workspace)).toHaveLength(1);
  });
});

interface Forgery {
  readonly what: string;
  readonly record?: unknown;
  readonly patch?: Buffer | null;
  readonly then?: (folder: string, workspace: string) => void;
  readonly says: string;
}

const at = (path: string): Pick<Forgery, 'record' | 'patch'> => ({
  record: honest(path, { change: null }),
  patch: patchOf(path),
});

const NEVER = [
  '.github/workflows/ci.md',
  'libs/money/.github/notes.md',
  '.git/config.txt',
  'libs/money/tests/.git/hooks.py',
  '.sentries/money/notes.md',
  'libs/money/setup.py',
  'libs/money/requirements.txt',
  'libs/money/tests/requirements-dev.txt',
  'libs/money/dev-requirements.txt',
  'libs/money/tests/constraints.txt',
  'libs/money/tests/sitecustomize.py',
  'libs/money/noxfile.py',
  'libs/money/pyproject.toml',
  'libs/money/package.json',
  'sentries.config.json',
  'libs/money/tests/run.sh',
  'libs/money/tests/test_a.pyc',
  'libs/money/.pre-commit-config.py',
];

const FORGERIES: readonly Forgery[] = [
  { what: 'a record of another version', record: { ...honest(), version: 2 }, says: 'are damaged' },
  { what: 'a patch without its file', patch: null, says: 'are damaged' },
  { what: 'a patch that is none', patch: Buffer.from('hello'), says: 'the patch is damaged' },
  {
    what: 'a patch that is cut short',
    patch: patchOf().subarray(0, -6),
    says: 'the patch is damaged',
  },
  { what: 'an empty patch', patch: Buffer.from(''), says: 'the patch is empty' },
  {
    what: 'another project’s name',
    record: honest(PATH, { project: 'web' }),
    says: 'they belong to web',
  },
  {
    what: 'a file that the record does not name',
    patch: Buffer.concat([patchOf(), patchOf('libs/money/tests/test_b.py')]),
    says: 'other files than the record',
  },
  {
    what: 'a file twice',
    patch: Buffer.concat([patchOf(), patchOf()]),
    says: 'a file twice',
  },
  {
    what: 'a line more than the record says',
    patch: patchOf(PATH, 'a\nB\nmore\nc\n'),
    says: 'other lines than the record',
  },
  {
    what: 'a line for which the record has no edit',
    record: honest(PATH, {
      failures: [failureOf({ edits: [{ file: PATH, line: 20, before: 'b', after: 'B' }] })],
    }),
    says: `the record has no edit for what changes in ${PATH}`,
  },
  {
    what: 'an edit of a failure that was not repaired',
    record: honest(PATH, {
      failures: [
        failureOf({ edits: [] }),
        failureOf({
          outcome: 'suspected-regression',
          edits: [{ file: PATH, line: 2, before: 'b', after: 'B' }],
        }),
      ],
    }),
    says: 'the record has no edit',
  },
  {
    what: 'nothing repaired',
    record: honest(PATH, { failures: [] }),
    says: 'nothing was repaired',
  },
  {
    what: 'nothing verified',
    record: honest(PATH, { verification: null }),
    says: 'nothing was repaired and verified',
  },
  {
    what: 'another project’s file',
    ...at('libs/web/tests/test_a.py'),
    record: honest('libs/web/tests/test_a.py'),
    says: 'not in the project’s folder',
  },
  {
    what: 'a text of the workspace, in a patch for tests',
    ...at('docs/money.md'),
    record: honest('docs/money.md', {
      change: { folders: ['libs/money', 'docs/money.md'], except: [], digest: '' },
    }),
    says: 'not in the project’s folder',
  },
  { what: 'a path that leads out', ...at('../x.py'), says: '../x.py is no path' },
  { what: 'a path that leads around', ...at('libs/money/../x.py'), says: 'is no path' },
  { what: 'an absolute path', ...at('/etc/x.py'), says: 'is no file that a sentry edits' },
  { what: 'a path of another system', ...at('libs\\money\\x.py'), says: 'is no path' },
  {
    what: 'a file under two names',
    patch: Buffer.from(patchOf().toString().replace(`--- a/${PATH}`, '--- a/libs/money/other.py')),
    says: 'would get another name',
  },
  ...NEVER.map((path) => ({
    what: path,
    ...at(path),
    says: `${path} is no file that a sentry edits`,
  })),
  {
    what: 'a link for a record',
    then: (folder, workspace) => {
      renameSync(join(folder, 'run.json'), join(workspace, 'elsewhere.json'));
      symlinkSync(join(workspace, 'elsewhere.json'), join(folder, 'run.json'));
    },
    says: 'run.json is not a regular file',
  },
  {
    what: 'a link for a patch',
    then: (folder, workspace) => {
      renameSync(join(folder, 'changes.patch'), join(workspace, 'elsewhere'));
      symlinkSync(join(workspace, 'elsewhere'), join(folder, 'changes.patch'));
    },
    says: 'changes.patch is not a regular file',
  },
  {
    what: 'a folder for a patch',
    then: (folder) => {
      rmSync(join(folder, 'changes.patch'));
      mkdirSync(join(folder, 'changes.patch'));
    },
    says: 'changes.patch is not a regular file',
  },
  {
    what: 'a patch beyond all measure',
    then: (folder) => appendFileSync(join(folder, 'changes.patch'), Buffer.alloc((16 << 20) + 1)),
    says: 'changes.patch is too large',
  },
];

it.each(FORGERIES)('artifacts with $what are refused', async (forgery) => {
  const workspace = newFolder();
  const patch = forgery.patch === undefined ? patchOf() : forgery.patch;
  const folder = artifacts(workspace, forgery.record ?? honest(), patch);
  forgery.then?.(folder, workspace);
  const reading = readRuns(workspace);
  await expect(reading).rejects.toThrow(PatchError);
  await expect(reading).rejects.toThrow(forgery.says.replaceAll('’', "'"));
});

it('a link to a folder is not followed', async () => {
  const workspace = newFolder();
  const elsewhere = newFolder();
  artifacts(elsewhere, honest(), patchOf());
  symlinkSync(join(elsewhere, '.sentries'), join(workspace, '.sentries'));
  expect(await readRuns(workspace)).toEqual([]);
  rmSync(join(workspace, '.sentries'));
  mkdirSync(join(workspace, '.sentries'));
  symlinkSync(join(elsewhere, '.sentries/money'), join(workspace, '.sentries/money'));
  expect(await readRuns(workspace)).toEqual([]);
});

it('a patch that the record knows nothing of is not taken in', async () => {
  const workspace = newFolder();
  const folder = artifacts(workspace, honest(PATH, { patch: null, change: null }), patchOf());
  writeFileSync(join(folder, 'changes.patch'), patchOf());
  const [run] = await readRuns(workspace);
  expect([run!.patch, run!.sections]).toEqual([null, []]);
});
