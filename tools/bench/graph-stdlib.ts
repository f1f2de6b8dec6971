import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { PYTHON } from '../paths';

/** Neither code of the library, nor what all contenders take for a project's own. */
const LEFT_OUT = ['site-packages', '__pycache__', 'venv', 'setup.py'];

/** The one project. */
export const STDLIB_PROJECT = { name: 'stdlib', root: 'lib/stdlib' };

/** Copies the standard library's Python files into a workspace of their own, once for each version. */
export function stdlibWorkspace(folder: string): string {
  const { stdout } = spawnSync(PYTHON, ['-c', ASK], { encoding: 'utf8' });
  const [version, stdlib] = JSON.parse(stdout) as [string, string];
  const workspace = join(folder, `graph-stdlib-${version}`);
  if (existsSync(workspace)) return workspace;
  const partial = `${workspace}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const root = join(partial, STDLIB_PROJECT.root);
  mkdirSync(root, { recursive: true });
  cpSync(stdlib, root, {
    recursive: true,
    filter: (path) => {
      const name = basename(path);
      return !LEFT_OUT.includes(name) && (name.endsWith('.py') || statSync(path).isDirectory());
    },
  });
  writeFileSync(join(root, 'pyproject.toml'), '[project]\nname = "stdlib"\nversion = "1"\n');
  writeFileSync(join(partial, 'nx.json'), '{ "neverConnectToCloud": true, "analytics": false }\n');
  writeFileSync(join(partial, 'package.json'), '{ "name": "bench", "private": true }\n');
  renameSync(partial, workspace);
  return workspace;
}

const ASK =
  'import json, platform, sysconfig; ' +
  'print(json.dumps([platform.python_version(), sysconfig.get_path("stdlib")]))';
