import { access, readFile, stat } from 'node:fs/promises';
import { constants } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EnvironmentError } from '../errors';

/** An interpreter, and the evidence by which it was chosen. */
export interface Interpreter {
  readonly path: string;
  readonly found: string;
}

const WINDOWS = process.platform === 'win32';

/**
 * Finds the interpreter of a project by what is there, never by what might be meant: the option, the
 * nearest `.venv` or `venv` from the project up to the workspace root, the activated environment,
 * poetry's environment where the project is poetry's, and last the system's.
 *
 * @param project Absolute path of the project.
 * @param root Absolute path of the workspace.
 * @param option A path (from the workspace root) or a command's name.
 * @throws EnvironmentError where there is none, or where the option names none.
 */
export async function findInterpreter(
  project: string,
  root: string,
  option?: string,
): Promise<Interpreter> {
  if (option !== undefined) return fromOption(option, root);
  for (let folder = project; ; folder = dirname(folder)) {
    for (const name of ['.venv', 'venv']) {
      const path = inEnvironment(join(folder, name));
      if (await isExecutable(path)) return { path, found: `the ${name} of ${folder}` };
    }
    if (folder === root || folder === dirname(folder)) break;
  }
  const active = process.env['VIRTUAL_ENV'];
  if (active && (await isExecutable(inEnvironment(active)))) {
    return { path: inEnvironment(active), found: 'VIRTUAL_ENV' };
  }
  const poetry = await fromPoetry(project);
  if (poetry) return poetry;
  for (const command of WINDOWS ? ['python'] : ['python3', 'python']) {
    const path = await onPath(command);
    if (path) return { path, found: `${command} on the PATH` };
  }
  throw new EnvironmentError(
    'no Python interpreter was found',
    'Create the virtual environment of the project (`uv sync`, `poetry install` or `python3 -m venv .venv`), or set the option "python".',
  );
}

async function fromOption(option: string, root: string): Promise<Interpreter> {
  const isCommand = !isAbsolute(option) && !/[\\/]/.test(option);
  const path = isCommand ? await onPath(option) : resolve(root, option);
  if (path && (await isExecutable(path))) return { path, found: 'the option "python"' };
  throw new EnvironmentError(
    `the option "python" names ${option}, which is no program here`,
    'Give a path from the workspace root, an absolute path, or a command on the PATH.',
  );
}

/** Asks poetry only where the project says that it is poetry's: the question costs half a second. */
async function fromPoetry(project: string): Promise<Interpreter | undefined> {
  const manifest = await readFile(join(project, 'pyproject.toml'), 'utf8').catch(() => '');
  if (!/^\s*\[tool\.poetry\b/m.test(manifest)) return undefined;
  const poetry = await onPath('poetry');
  if (!poetry) return undefined;
  const asked = await promisify(execFile)(poetry, ['env', 'info', '--executable'], {
    cwd: project,
  }).catch(() => undefined);
  const path = asked?.stdout.trim();
  return path && (await isExecutable(path)) ? { path, found: 'poetry env info' } : undefined;
}

const inEnvironment = (folder: string): string =>
  WINDOWS ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

async function onPath(command: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, WINDOWS ? `${command}.exe` : command);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** A folder does not count, although it has the same right set. */
const isExecutable = (path: string): Promise<boolean> =>
  Promise.all([stat(path), access(path, constants.X_OK)]).then(
    ([status]) => status.isFile(),
    () => false,
  );
