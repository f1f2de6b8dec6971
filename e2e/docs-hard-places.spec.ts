import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Workspace, type Files } from '../tools/workspace';
import { CHANGED, docRequest, docSentry, documented, DOCUMENTED } from './docs-library';

const RATES = 'lib/src/acme/rates.py';
const STALE = /money.convert|import convert|convert\(|acme.rates/;

/** The library after the change, with nothing of its documentation touched. */
function changed(files: Files = {}): Workspace {
  const workspace = documented(files);
  workspace.write(CHANGED);
  rmSync(join(workspace.root, RATES));
  return workspace;
}

describe('sentry-doc, where git can not say what changed,', () => {
  const error = async (...given: Parameters<typeof docSentry>): Promise<string> => {
    const record = await docSentry(...given);
    expect(record).toMatchObject({ result: 'error', patch: null });
    return `${record.error?.message} → ${record.error?.hint}`;
  };

  it('says of a shallow clone how to deepen it', async () => {
    const origin = changed();
    origin.commit('second');
    const clone = origin.shallowClone('main');
    expect(await error(clone, { base: 'HEAD~1' })).toMatch(/fetch-depth: 0/);
    expect(await error(clone)).toMatch(/git fetch --unshallow/);
  });

  it('asks for a first commit in an empty repository', async () => {
    const workspace = Workspace.create();
    workspace.write(DOCUMENTED);
    workspace.git('init', '--quiet', '--initial-branch=main');
    expect(await error(workspace)).toMatch(/no commit yet.*Commit/);
  });
});

it('sentry-doc leaves nothing behind when it is killed, and the next run is as if there had been none', async () => {
  // An example that takes its time, so that there is a moment to be killed in.
  const workspace = changed({
    'lib/pyproject.toml':
      '[project]\nname = "acme"\nversion = "1"\n[tool.pytest.ini_options]\naddopts = "--doctest-glob=*.rst"\n',
    'lib/docs/slow.rst':
      'Slow\n====\n\n>>> import time\n>>> time.sleep(1)\n>>> from acme.money import convert\n>>> convert(1, "CHF")\n\'1 CHF\'\n',
  });
  const before = workspace.git('status', '--porcelain', '--untracked-files=all');
  const request = JSON.stringify(docRequest(workspace));
  const script = `require('sentries-core').runDocSentry({ ...${request}, log: () => undefined })`;
  const child = spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: 'ignore' });
  const left = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`nx-sentries-${child.pid}-`));
  while (left().length === 0 && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  await once(child, 'exit');
  // Its folders may be gone by now: every run removes those of processes that are no more.
  expect(child.signalCode).toBe('SIGKILL');
  expect(existsSync(join(workspace.root, '.sentries/acme'))).toBe(false);
  expect(workspace.git('status', '--porcelain', '--untracked-files=all')).toBe(before);
  expect((await docSentry(workspace)).result).toBe('repaired');
  expect(left()).toEqual([]);
});

it('sentry-doc puts a standalone project right, whose folder has a space and an é in its name', async () => {
  const home = Workspace.temporary();
  const workspace = Workspace.create(join(home.root, 'mes projets', 'déjà vu'));
  const own = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path.slice(4), text]));
  workspace.write({
    '.gitignore': 'node_modules\n.venv\n__pycache__\n.nx\n',
    'nx.json': '{"plugins": ["nx-sentries"]}',
    'package.json': '{"name": "acme", "private": true, "nx": {}}',
    ...own(DOCUMENTED),
    'docs/été 2026/à lire.md': '# À lire\n\nVoir `acme.money.convert`.\n',
  });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  workspace.write(own(CHANGED));
  rmSync(join(workspace.root, RATES.slice(4)));

  const proposed = await workspace.nx(['affected', '-t', 'sentry-doc', '--base=main']);
  expect(proposed).toMatchObject({ code: 0 });
  const applied = await workspace.sentries(['apply']);
  expect(applied).toMatchObject({ code: 0 });
  expect(workspace.read('docs/été 2026/à lire.md')).toContain('`acme.money.exchange`');
  for (const page of ['README.md', 'docs/guide.md', 'docs/api.rst'])
    expect(workspace.read(page)).not.toMatch(STALE);
  expect(workspace.read('CHANGELOG.md')).toBe(DOCUMENTED['lib/CHANGELOG.md']);
});
