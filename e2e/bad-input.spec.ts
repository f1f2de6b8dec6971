import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { applyPatches } from 'sentries-core';
import { Workspace } from '../tools/workspace';
import { library, LIBRARY, outcomes, REWORDED, sentry } from './library';

const PATCH = '.sentries/greet/sentry-test/changes.patch';

/** Runs, expects an error, and gives what it says. */
async function error(...given: Parameters<typeof sentry>): Promise<string> {
  const record = await sentry(...given);
  expect(record.result).toBe('error');
  return `${record.error?.message} → ${record.error?.hint}`;
}

describe('where git can not say what changed', () => {
  it('names a folder that is no repository', async () => {
    const workspace = Workspace.create();
    workspace.write({ ...LIBRARY, 'lib/src/greet.py': REWORDED });
    expect(await error(workspace)).toMatch(/not in a git repository.*git init/);
  });

  it('names a base that is not there, before any test runs', async () => {
    const workspace = library();
    let output = '';
    const said = await error(workspace, { base: 'nowhere', log: (text) => (output += text) });
    expect(said).toMatch(/"nowhere".*Set NX_BASE/);
    expect(output).not.toMatch(/test session starts/);
  });

  it('says of a shallow clone how to deepen it', async () => {
    const origin = library();
    origin.write({ 'lib/src/greet.py': REWORDED });
    origin.commit('second');
    const clone = origin.shallowClone('main');
    expect(await error(clone, { base: 'HEAD~1' })).toMatch(/fetch-depth: 0/);
    expect(await error(clone)).toMatch(/git fetch --unshallow/);
  });

  it('asks for a first commit in an empty repository', async () => {
    const workspace = Workspace.create();
    workspace.write({ ...LIBRARY, 'lib/src/greet.py': REWORDED });
    workspace.git('init', '--quiet', '--initial-branch=main');
    expect(await error(workspace)).toMatch(/no commit yet.*Commit/);
  });

  it('needs no base where every test passes', async () => {
    const workspace = Workspace.create();
    workspace.write(LIBRARY);
    expect(await sentry(workspace)).toMatchObject({ result: 'green', base: null, failures: [] });
  });

  it('refuses a head that is not checked out', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': REWORDED });
    workspace.commit('second');
    expect(await error(workspace, { base: 'main~1', head: 'main~1' })).toMatch(
      /is checked out.*Check out/,
    );
  });
});

describe('where pytest can not say what fails', () => {
  it('names an interpreter that is not there', async () => {
    expect(await error(library(), { python: 'no/such/python' })).toMatch(
      /no\/such\/python.*Give a path/,
    );
  });

  it('tells a missing pytest from a failing test', async () => {
    const workspace = library();
    await workspace.run(join(workspace.root, '.venv/bin/python'), [
      '-m',
      'venv',
      '--without-pip',
      'bare',
    ]);
    expect(await error(workspace, { python: 'bare/bin/python' })).toMatch(
      /pytest is not installed[^]*uv add/,
    );
  });

  it('passes on what pytest says of a usage error', async () => {
    const said = await error(library(), { pytestArgs: ['--no-such-option'] });
    expect(said).toMatch(/usage error[^]*--no-such-option[^]*pytestArgs/);
  });

  it('says so where there is no test to run', async () => {
    const workspace = library({ 'lib/tests/test_greet.py': '' });
    expect(await error(workspace)).toMatch(/found no test to run[^]*testpaths/);
    expect(await error(library(), { pytestArgs: ['-k', 'no_such'] })).toMatch(
      /found no test to run/,
    );
  });

  it('ends tests that hang, with all that they started, and names the test', async () => {
    const sleeper =
      'import subprocess, sys\n\n\ndef test_hangs():\n    subprocess.run([sys.executable, "-c", "import time; time.sleep(600) # sentries-hang"])\n';
    const workspace = library({ 'lib/tests/test_hang.py': sleeper });
    const record = await sentry(workspace, { testTimeout: 2 });
    expect(record.failures).toMatchObject([
      { id: 'tests/test_hang.py::test_hangs', outcome: 'environment' },
    ]);
    expect(record.error?.message).toMatch(
      /did not end within 2 s while tests\/test_hang.py::test_hangs ran/,
    );
    const { output } = await workspace.run('ps', ['-eo', 'args']);
    expect(output).not.toMatch(/sentries-hang/);
  });

  it('names the test in which the interpreter crashed', async () => {
    const crash =
      'import os, signal\n\n\ndef test_crash():\n    os.kill(os.getpid(), signal.SIGSEGV)\n';
    const record = await sentry(library({ 'lib/tests/test_crash.py': crash }));
    expect(record).toMatchObject({ result: 'error' });
    expect(outcomes(record)).toEqual({ 'tests/test_crash.py::test_crash': 'environment' });
  });

  it('survives a test that prints without end, and goes on to repair', async () => {
    const loud =
      'import os\n\n\ndef test_loud(capfd):\n    with capfd.disabled():\n        for _ in range(300):\n            os.write(1, b"x" * 100_000)\n';
    const workspace = library({ 'lib/tests/test_loud.py': loud });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    let length = 0;
    const record = await sentry(workspace, { log: (text) => (length += text.length) });
    expect(record.result).toBe('repaired');
    expect(length).toBeLessThan(5 * 1024 * 1024);
  });

  it('calls a package that is not installed a matter of the environment', async () => {
    const workspace = library({ 'lib/tests/test_other.py': 'import not_installed_anywhere\n' });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py::test_greet': 'repaired',
      'tests/test_other.py': 'environment',
    });
  });
});

describe('files that are not as usual', () => {
  const latin1 = Buffer.from(
    '# -*- coding: latin-1 -*-\nfrom greet import greet\n\nNAME = "Ren\xe9"\n\n\ndef test_greet():\n    assert greet("Ann") == "Hello, Ann!"\n',
    'latin1',
  );
  const text = LIBRARY['lib/tests/test_greet.py'] as string;

  it.each([
    ['CRLF line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['another encoding than UTF-8', latin1],
    ['no line end at its end', Buffer.from(text.trimEnd())],
    ['a line that only Python ends', Buffer.from(`A = 1\rB = 2\n\n\n\n\n\n${text}`)],
  ])('keeps %s as it is', async (_what, content) => {
    const workspace = library({ 'lib/tests/test_greet.py': content });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    expect((await sentry(workspace)).result).toBe('repaired');
    await applyPatches(workspace.root, [readFileSync(join(workspace.root, PATCH))]);
    const wanted = Buffer.from(
      content.toString('latin1').replace('Hello, Ann', 'Good day, Ann'),
      'latin1',
    );
    expect(readFileSync(join(workspace.root, 'lib/tests/test_greet.py')).equals(wanted)).toBe(true);
  });

  it('works below a path with a space and an é, and writes a patch that git takes', async () => {
    const folder = join(tmpdir(), `sentries é ${process.pid}`, 'my work');
    const workspace = library({}, folder);
    workspace.git('mv', 'lib', 'my lib é');
    workspace.commit('move');
    workspace.write({ 'my lib é/src/greet.py': REWORDED });
    const record = await sentry(workspace, { folder: 'my lib é' });
    expect(record).toMatchObject({
      result: 'repaired',
      patch: { files: ['my lib é/tests/test_greet.py'] },
    });
    workspace.git('apply', PATCH);
    expect(workspace.read('my lib é/tests/test_greet.py')).toContain('Good day, Ann!');
    rmSync(join(folder, '..'), { recursive: true });
  });

  it('does not edit a test that is a link out of the project', async () => {
    const workspace = library({ 'elsewhere/test_shared.py': LIBRARY['lib/tests/test_greet.py']! });
    rmSync(join(workspace.root, 'lib/tests/test_greet.py'));
    symlinkSync('../../elsewhere/test_shared.py', join(workspace.root, 'lib/tests/test_linked.py'));
    workspace.commit('link');
    workspace.write({ 'lib/src/greet.py': REWORDED });
    expect(await sentry(workspace)).toMatchObject({ result: 'unrepaired', patch: null });
    expect(workspace.read('elsewhere/test_shared.py')).toContain('Hello, Ann');
  });
});

describe('what is the user’s own', () => {
  it('is not written through a link to a folder', async () => {
    const workspace = library({
      'lib/real_tests/test_greet.py': LIBRARY['lib/tests/test_greet.py']!,
    });
    rmSync(join(workspace.root, 'lib/tests'), { recursive: true });
    symlinkSync(join(workspace.root, 'lib/real_tests'), join(workspace.root, 'lib/tests'));
    workspace.commit('link');
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const said = await error(workspace, { pytestArgs: ['tests'], testPaths: ['tests'] });
    expect(said).toMatch(/behind a link/);
    expect(workspace.git('status', '--porcelain')).toBe(' M lib/src/greet.py\n');
  });

  it('is a report of their run, which the proof does not replace', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const report = join(workspace.root, '.nx/report.xml');
    expect((await sentry(workspace, { pytestArgs: [`--junitxml=${report}`] })).result).toBe(
      'repaired',
    );
    expect(readFileSync(report, 'utf8')).toMatch(/tests="2"[^]*Good day, Ann!' == 'Hello, Ann!'/);
  });

  it('is out of reach of a project’s name', async () => {
    await expect(sentry(library(), { project: '../evil' })).rejects.toThrow(/can't be called/);
  });

  it('is a folder that is not there, named as such', async () => {
    expect(await error(library(), { folder: 'no/such' })).toMatch(/no folder no\/such/);
  });
});

describe('work that is not committed', () => {
  it('repairs what an uncommitted change broke, and leaves the work tree alone', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': REWORDED, 'lib/src/new_module.py': 'X = 1\n' });
    const before = workspace.git('status', '--porcelain');
    expect(await sentry(workspace)).toMatchObject({ result: 'repaired', head: null });
    expect(workspace.git('status', '--porcelain')).toBe(before);
    expect(workspace.git('stash', 'list')).toBe('');
  });

  it('starts clean after a run that was killed', async () => {
    const workspace = library({
      'lib/tests/test_slow.py': 'import time\n\n\ndef test_slow():\n    time.sleep(1)\n',
    });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const script = `require('sentries-core').runSentry(${JSON.stringify({
      workspace: workspace.root,
      project: 'greet',
      folder: 'lib',
      dependencies: [],
      others: [],
      mode: 'propose',
      accept: 'explained',
      defaultBase: 'main',
      maxFiles: 5,
      maxLines: 200,
      pytestArgs: [],
      testTimeout: 60,
    }).slice(0, -1)}, log: () => undefined })`;
    const child = spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: 'ignore' });
    const left = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith(`nx-sentries-${child.pid}-copy`));
    while (left().length < 2 && child.exitCode === null) await sleep(20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Its folders may be gone by now: every run removes those of processes that are no more.
    expect(child.signalCode).toBe('SIGKILL');
    expect(existsSync(join(workspace.root, '.sentries/greet'))).toBe(false);
    expect(workspace.git('status', '--porcelain')).toBe(' M lib/src/greet.py\n');
    expect((await sentry(workspace)).result).toBe('repaired');
    expect(left()).toEqual([]);
  });
});

describe('projects with their own pytest options', () => {
  it.each([
    [
      'a strict configuration without the cache plugin',
      'addopts = "-p no:cacheprovider --strict-config"',
    ],
    ['--last-failed, which needs the cache plugin', 'addopts = "--lf"'],
    ['stopping at the first failure', 'addopts = "-x"'],
  ])('works with %s', async (_what, options) => {
    const workspace = library({
      'lib/pyproject.toml': `${LIBRARY['lib/pyproject.toml'] as string}${options}\n`,
    });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    expect((await sentry(workspace)).result).toBe('repaired');
    expect(workspace.git('status', '--porcelain')).toBe(' M lib/src/greet.py\n');
  });
});
