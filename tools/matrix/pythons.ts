import { join } from 'node:path';
import type { Workspace, Files } from '../workspace';
import { VERSIONS, type Combination } from './axes';
import { MANIFESTS, pytestTable } from './newcomer';
import { kept, must, pythonToolsFolder } from './toolchain';

/** A way to have Python and pytest in a workspace. */
export interface PythonWay {
  /** Manifests of the projects, as this way's tool wants them. */
  readonly files: Files;
  readonly env: NodeJS.ProcessEnv;
  /** Makes the environment, as its user would. */
  install(workspace: Workspace): void;
  /** The command that runs Python in a project, from the project's folder. */
  readonly python: readonly string[];
  /** How a run must say that it has found it. */
  readonly found: RegExp;
}

/** @param version Of pytest, exact. */
export function pythonWay(way: Combination['python'], version: string): PythonWay {
  return { venv, system, uv, poetry }[way](version);
}

function venv(version: string): PythonWay {
  return {
    files: MANIFESTS,
    env: { VIRTUAL_ENV: '' },
    install({ root }) {
      must('python3', ['-m', 'venv', '.venv'], root);
      pip(join(root, '.venv/bin/python'), root, version);
    },
    python: ['../.venv/bin/python'],
    found: /the \.venv of /,
  };
}

/** pytest is installed for the user, whose folder is one of ours. */
function system(version: string): PythonWay {
  const env = {
    VIRTUAL_ENV: '',
    PYTHONUSERBASE: kept(`user-${version}`),
    // Debian asks for it; it is not the system's folder that is written to.
    PIP_BREAK_SYSTEM_PACKAGES: '1',
  };
  return {
    files: MANIFESTS,
    env,
    install: ({ root }) => pip('python3', root, version, ['--user'], env),
    python: ['python3'],
    found: /python3 on the PATH/,
  };
}

/** A workspace of uv's: one environment and one lockfile for all members. */
function uv(version: string): PythonWay {
  const member = `requires-python = ">=${pythonVersion()}"\n`;
  const env = { VIRTUAL_ENV: '', UV_PYTHON: 'python3', UV_PYTHON_DOWNLOADS: 'never' };
  return {
    files: {
      'pyproject.toml':
        '[tool.uv.workspace]\nmembers = ["lib", "shop"]\n\n' +
        `[dependency-groups]\ndev = ["pytest==${version}"]\n`,
      'lib/pyproject.toml': `[project]\nname = "greet"\nversion = "1"\n${member}\n${pytestTable('src')}`,
      'shop/pyproject.toml':
        `[project]\nname = "shop"\nversion = "1"\n${member}dependencies = ["greet"]\n\n` +
        `[tool.uv.sources]\ngreet = { workspace = true }\n\n${pytestTable('src', '../lib/src')}`,
    },
    env,
    install: ({ root }) =>
      void must(join(pythonToolsFolder(), 'uv'), ['sync', '--quiet', '--all-packages'], root, env),
    python: ['../.venv/bin/python'],
    found: /the \.venv of /,
  };
}

/** An environment of its own for each project, in a folder of poetry's. */
function poetry(version: string): PythonWay {
  const program = join(pythonToolsFolder(), 'poetry');
  const env = {
    VIRTUAL_ENV: '',
    POETRY_CACHE_DIR: kept('poetry'),
    POETRY_VIRTUALENVS_IN_PROJECT: 'false',
    POETRY_NO_INTERACTION: '1',
  };
  const manifest = (name: string, ...folders: string[]): string =>
    `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=${pythonVersion()}"\n\n` +
    `[tool.poetry]\npackage-mode = false\n\n` +
    `[tool.poetry.group.dev.dependencies]\npytest = "${version}"\n\n` +
    // Asked by its simple interface, which mirrors have too.
    `[[tool.poetry.source]]\nname = "index"\nurl = "${pipIndex()}"\npriority = "primary"\n\n` +
    pytestTable(...folders);
  return {
    files: {
      'lib/pyproject.toml': manifest('greet', 'src'),
      'shop/pyproject.toml': manifest('shop', 'src', '../lib/src'),
    },
    env,
    install({ root }) {
      for (const project of ['lib', 'shop'])
        must(program, ['install', '--quiet'], join(root, project), env);
    },
    python: [program, 'run', 'python'],
    found: /poetry env info/,
  };
}

function pip(
  python: string,
  cwd: string,
  version: string,
  more: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): void {
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...more];
  must(python, [...args, `pytest==${version}`], cwd, env);
}

/** `3.12` */
function pythonVersion(): string {
  const print = 'import sys; print("%d.%d" % sys.version_info[:2])';
  return must('python3', ['-c', print]).trim();
}

/** Where pip gets packages from on this machine: configured, or its own default. */
function pipIndex(): string {
  const configured = /^(?:global|install|:env:)\.index-url='(.*)'$/m;
  const list = must('python3', ['-m', 'pip', 'config', 'list']);
  const print = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)';
  return configured.exec(list)?.[1] ?? must('python3', ['-c', print]).trim();
}

/** Of the tools that the matrix brings along. */
export const TOOL_VERSIONS = (): string =>
  `pnpm ${VERSIONS.pnpm}, uv ${VERSIONS.uv}, poetry ${VERSIONS.poetry}, Python ${pythonVersion()}`;
