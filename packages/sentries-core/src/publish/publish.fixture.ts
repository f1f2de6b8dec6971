import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commitAll, git, put } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { unifiedDiff, type FileEdit } from '../patch/unified-diff';
import { artifactFolder, writeArtifacts } from '../report/artifacts';
import { failureOf, recordOf } from '../report/report.fixture';
import type { EditRecord, FailureRecord, RunRecord } from '../report/run-record';
import type { Tier } from '../report/tiers';
import { buildBranch, type Person } from './branch';
import { planCommits } from './commits';
import { bytesAt, patchSetAt, type PatchSet } from './patch-set';
import { readRuns } from './runs';

/** The one test file of `money`. */
export const TEST_FILE = 'libs/money/tests/test_money.py';
const BEFORE = [
  'from money import add',
  '',
  '',
  'def test_add():',
  '    assert add(1, 2) == 3',
  '',
  '',
  'def test_rate():',
  '    assert rate() == 19',
  '',
  '',
  'def test_words():',
  "    assert words(1) == 'one'",
  '',
].join('\n');

/** One edit of a line of a file. */
export interface LineEdit {
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly tier: Tier;
  readonly id?: string;
}

const EDITS: readonly LineEdit[] = [
  { line: 1, before: 'add', after: 'plus', tier: 'mechanical', id: 'test_add' },
  { line: 5, before: 'add', after: 'plus', tier: 'mechanical', id: 'test_add' },
  { line: 9, before: '19', after: '21', tier: 'explained', id: 'test_rate' },
  { line: 13, before: "'one'", after: "'One'", tier: 'generated', id: 'test_words' },
];

export const FILES = {
  'libs/money/pyproject.toml': '[project]\nname = "money"\n',
  'libs/money/src/money.py': 'def plus(a, b):\n    return a + b\n',
  [TEST_FILE]: BEFORE,
  'libs/units/src/units.py': 'UNIT = 1\n',
  '.gitignore': '.sentries\n',
};

/** Edits of one file, as its patch and the failures that they repair. */
function edited(
  path: string,
  before: string,
  edits: readonly LineEdit[],
): { edit: FileEdit; failures: FailureRecord[] } {
  const lines = before.split('\n');
  const byTest = new Map<string, { tier: Tier; edits: EditRecord[] }>();
  for (const { line, before: old, after, tier, id = `test_${line}` } of edits) {
    lines[line - 1] = lines[line - 1]!.replace(old, () => after);
    const one = byTest.get(id) ?? { tier, edits: [] };
    one.edits.push({ file: path, line, before: old, after });
    byTest.set(id, one);
  }
  const failures = [...byTest].map(([id, one]) =>
    failureOf({ id: `${path}::${id}`, reason: `${id} is mended`, ...one }),
  );
  const after = Buffer.from(lines.join('\n'));
  return { edit: { path, before: Buffer.from(before), after }, failures };
}

/** Artifacts of a project, as its task leaves them for the files in the work tree. */
export async function leaveArtifacts(
  workspace: string,
  {
    project = 'money',
    folder = 'libs/money',
    path = TEST_FILE,
    before = BEFORE,
    edits = EDITS,
    base = 'HEAD~1',
    record: part = {},
    patch: given,
  }: {
    project?: string;
    folder?: string;
    path?: string;
    before?: string;
    edits?: readonly LineEdit[];
    base?: string;
    record?: Partial<RunRecord>;
    patch?: Buffer;
  } = {},
): Promise<RunRecord> {
  const repository = await Repository.open(workspace);
  const { edit, failures } = edited(path, before, edits);
  const { text, size } = unifiedDiff([edit]);
  const start = git(workspace, 'rev-parse', base);
  const except = ['.sentries'];
  const digest = await repository.changeDigest(start, null, [folder], except);
  const record = recordOf({
    project,
    base: start,
    failures,
    patch: { files: [path], added: size.added, removed: size.removed },
    change: { folders: [folder], except, digest },
    ...part,
  });
  await writeArtifacts(
    join(workspace, artifactFolder(project, 'sentry-test')),
    record,
    given ?? text,
  );
  return record;
}

/** A repository with a change in its last commit, that made the tests of `money` stale. */
export function changedWorkspace(
  folder: string,
  files: Readonly<Record<string, string>> = FILES,
): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Ada');
  git(folder, 'config', 'user.email', 'ada@example.org');
  put(folder, { ...files, 'libs/money/src/money.py': 'def add(a, b):\n    return a + b\n' });
  commitAll(folder);
  put(folder, files);
  return commitAll(folder);
}

/** A bare repository with all that a workspace has, which is its `origin` from now on. */
export function originOf(workspace: string, bare: string): string {
  const top = git(workspace, 'rev-parse', '--show-toplevel');
  git(top, 'clone', '--quiet', '--bare', top, bare);
  git(top, 'remote', 'add', 'origin', pathToFileURL(bare).href);
  return bare;
}

/** From the artifacts of a workspace to the last commit of a branch on top of `head`. */
export async function branchFor(
  workspace: string,
  head: string,
  author?: Person,
): Promise<{ tip: string; set: PatchSet }> {
  const repository = await Repository.open(workspace);
  const set = await patchSetAt(repository, head, 'sentry-test', await readRuns(workspace));
  const paths = set.sections.map(({ path }) => path);
  const before = await bytesAt(repository, head, paths);
  const projects = set.runs.map(({ record }) => record.project);
  const trailers = { sentry: 'sentry-test', base: 'main', head, key: set.key, projects } as const;
  const tip = await buildBranch(repository, head, planCommits(set, before, trailers), author);
  return { tip, set };
}

/** All that a user has in a folder, to the byte, but for git's objects, to which anybody may add. */
export function everythingIn(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string): void => {
    const status = lstatSync(path);
    if (status.isSymbolicLink()) found.set(path, `link ${readlinkSync(path)}`);
    else if (status.isFile()) {
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
      // Whoever reads a split index says so by the time of its other half.
      const time = path.includes('sharedindex.') ? '' : status.mtimeMs;
      found.set(path, `${status.mode} ${time} ${digest}`);
    } else if (!/[\\/]objects$/.test(path)) {
      found.set(path, 'folder');
      for (const name of readdirSync(path)) walk(join(path, name));
    }
  };
  walk(folder);
  return found;
}

/** git as on a machine on which nobody has set it up. */
export function withoutOwnGit(): void {
  beforeAll(() => {
    for (const name of Object.keys(process.env).filter((one) => one.startsWith('GIT_')))
      delete process.env[name];
    process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
    process.env['GIT_CONFIG_NOSYSTEM'] = '1';
  });
}
