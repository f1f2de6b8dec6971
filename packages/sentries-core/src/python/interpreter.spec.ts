import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { EnvironmentError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { findInterpreter } from './interpreter';

const newFolder = temporaryFolders();
const outer = { ...process.env };

/** A workspace with the project `libs/money`, on a machine where nothing else is installed. */
function workspace(): { root: string; project: string; bin: string } {
  const root = newFolder();
  const project = join(root, 'libs', 'money');
  mkdirSync(project, { recursive: true });
  const bin = newFolder();
  process.env['PATH'] = bin;
  delete process.env['VIRTUAL_ENV'];
  return { root, project, bin };
}

function program(path: string, script = 'exit 0', mode = 0o755): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, mode);
  return path;
}

afterEach(() => {
  process.env = { ...outer };
});

describe('the interpreter of a project', () => {
  it('is its own .venv, before that of the workspace', async () => {
    const { root, project } = workspace();
    program(join(root, '.venv/bin/python'));
    const own = program(join(project, '.venv/bin/python'));
    const found = await findInterpreter(project, root);
    expect(found).toEqual({ path: own, found: `the .venv of ${project}` });
  });

  it('is the nearest environment above it, as far up as the workspace', async () => {
    const { root, project } = workspace();
    const shared = program(join(root, 'libs/venv/bin/python'));
    program(join(root, '.venv/bin/python'));
    expect((await findInterpreter(project, root)).path).toBe(shared);
  });

  it('is never sought above the workspace', async () => {
    const { root, project, bin } = workspace();
    program(join(root, '.venv/bin/python'));
    const system = program(join(bin, 'python3'));
    const found = await findInterpreter(project, join(root, 'libs'));
    expect(found).toEqual({ path: system, found: 'python3 on the PATH' });
  });

  it('is the workspace’s own for a project that is the workspace', async () => {
    const { root } = workspace();
    const path = program(join(root, 'venv/bin/python'));
    expect((await findInterpreter(root, root)).path).toBe(path);
  });

  it('prefers .venv to venv in one folder', async () => {
    const { root, project } = workspace();
    program(join(project, 'venv/bin/python'));
    const path = program(join(project, '.venv/bin/python'));
    expect((await findInterpreter(project, root)).path).toBe(path);
  });

  it('is not an environment that is broken', async () => {
    const { root, project, bin } = workspace();
    mkdirSync(join(project, '.venv/bin'), { recursive: true });
    symlinkSync(join(root, 'gone'), join(project, '.venv/bin/python'));
    const system = program(join(bin, 'python3'));
    expect((await findInterpreter(project, root)).path).toBe(system);
  });

  it('is not a folder that is called python', async () => {
    const { root, project, bin } = workspace();
    mkdirSync(join(project, '.venv/bin/python'), { recursive: true });
    const system = program(join(bin, 'python3'));
    expect((await findInterpreter(project, root)).path).toBe(system);
  });

  it('is that of the activated environment where the workspace has none', async () => {
    const { root, project, bin } = workspace();
    program(join(bin, 'python3'));
    const active = newFolder();
    const path = program(join(active, 'bin/python'));
    process.env['VIRTUAL_ENV'] = active;
    expect(await findInterpreter(project, root)).toEqual({ path, found: 'VIRTUAL_ENV' });
  });

  it('is python where there is no python3, and the first on the PATH', async () => {
    const { root, project, bin } = workspace();
    const other = newFolder();
    process.env['PATH'] = ['', other, bin].join(delimiter);
    program(join(bin, 'python'));
    const path = program(join(other, 'python'));
    expect((await findInterpreter(project, root)).path).toBe(path);
  });

  it('is missing where there is none, which is said', async () => {
    const { root, project } = workspace();
    await expect(findInterpreter(project, root)).rejects.toThrow(EnvironmentError);
    await expect(findInterpreter(project, root)).rejects.toThrow('no Python interpreter');
  });
});

describe('poetry', () => {
  const manifest = '[tool.poetry]\nname = "money"\n';

  it('is asked where the project is poetry’s', async () => {
    const { root, project, bin } = workspace();
    const path = program(join(newFolder(), 'bin/python'));
    program(join(bin, 'poetry'), `test "$*" = "env info --executable" && echo ${path}`);
    program(join(bin, 'python3'));
    writeFileSync(join(project, 'pyproject.toml'), manifest);
    expect(await findInterpreter(project, root)).toEqual({ path, found: 'poetry env info' });
  });

  it.each([
    ['is not asked where the project is not', '[project]\nname = "money"\n', 'echo /bin/sh'],
    ['has no say where it fails', manifest, 'exit 1'],
    ['has no say where it has no environment', manifest, 'true'],
    ['has no say where its environment is gone', manifest, 'echo /no/such/python'],
  ])('%s', async (_, pyproject, script) => {
    const { root, project, bin } = workspace();
    program(join(bin, 'poetry'), script);
    const system = program(join(bin, 'python3'));
    writeFileSync(join(project, 'pyproject.toml'), pyproject);
    expect((await findInterpreter(project, root)).path).toBe(system);
  });
});

it('the interpreter is the system’s where the project is poetry’s and there is no poetry', async () => {
  const { root, project, bin } = workspace();
  const system = program(join(bin, 'python3'));
  writeFileSync(join(project, 'pyproject.toml'), '[tool.poetry]\n');
  expect((await findInterpreter(project, root)).path).toBe(system);
});

describe('the option', () => {
  it('is a path from the workspace, before all else', async () => {
    const { root, project } = workspace();
    program(join(project, '.venv/bin/python'));
    const path = program(join(root, 'tools/py'));
    const found = await findInterpreter(project, root, 'tools/py');
    expect(found).toEqual({ path, found: 'the option "python"' });
  });

  it('may be absolute', async () => {
    const { root, project } = workspace();
    const path = program(join(newFolder(), 'py'));
    expect((await findInterpreter(project, root, path)).path).toBe(path);
  });

  it('may be a command', async () => {
    const { root, project, bin } = workspace();
    const path = program(join(bin, 'python3.12'));
    expect((await findInterpreter(project, root, 'python3.12')).path).toBe(path);
  });

  it.each(['./gone', 'python9', '', 'notes.txt', './libs'])(
    'is refused where it names no program: %j',
    async (option) => {
      const { root, project } = workspace();
      program(join(root, 'notes.txt'), '', 0o644);
      const finding = findInterpreter(project, root, option);
      await expect(finding).rejects.toThrow(EnvironmentError);
      await expect(finding).rejects.toThrow('which is no program here');
    },
  );
});
