import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll, git, put } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { unifiedDiff, type FileEdit } from '../patch/unified-diff';
import { artifactFolder, writeArtifacts } from '../report/artifacts';
import { failureOf, recordOf } from '../report/report.fixture';
import type { EditRecord, FailureRecord, RunRecord } from '../report/run-record';
import type { Tier } from '../report/tiers';

/** A project whose tests are stale in lines of several tiers. */
export const TEST_FILE = 'libs/money/tests/test_money.py';
export const BEFORE = [
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

export const EDITS: readonly LineEdit[] = [
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
export function edited(
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
