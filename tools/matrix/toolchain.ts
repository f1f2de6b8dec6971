import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../paths';
import { VERSIONS } from './axes';

const CACHE = join(ROOT, '.cache/matrix');

/** A step that did not do what it should: what, and the end of what it said. */
export class StepError extends Error {
  constructor(
    readonly step: string,
    readonly output: string,
  ) {
    super(`${step}: ${lastLines(output)}`);
    this.name = 'StepError';
  }
}

const lastLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join(' ');

/** The folder with the binary of a Node, as the npm package `node` brings it; downloaded once. */
export function nodeFolder(version: string): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  // The package `node` does nothing but install the one of the platform, in a script.
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${platform}-${process.arch}`;
  return join(npmPackage(name, version), 'node_modules', name, 'bin');
}

/** The folder with the command `pnpm`; downloaded once. */
export function pnpmFolder(): string {
  return join(npmPackage('pnpm', VERSIONS.pnpm), 'node_modules/.bin');
}

function npmPackage(name: string, version: string): string {
  const folder = join(CACHE, `${name}-${version}`);
  const stamp = join(folder, '.complete');
  if (existsSync(stamp)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  must('npm', [...args, `${name}@${version}`], folder);
  writeFileSync(stamp, '');
  return folder;
}

/**
 * A folder with nothing but the commands `uv` and `poetry`, from the Python package index; downloaded once. Beside them is
 * no `python`, which would go before the machine's.
 */
export function pythonToolsFolder(): string {
  const wanted = [`uv==${VERSIONS.uv}`, `poetry==${VERSIONS.poetry}`];
  const folder = join(CACHE, wanted.join('-').replaceAll('==', '-'));
  const bin = join(folder, 'commands');
  if (existsSync(bin)) return bin;
  rmSync(folder, { recursive: true, force: true });
  must('python3', ['-m', 'venv', folder]);
  const python = join(folder, 'bin/python');
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted]);
  mkdirSync(bin);
  for (const name of ['uv', 'poetry']) symlinkSync(join(folder, 'bin', name), join(bin, name));
  return bin;
}

/** A folder for what installers keep from row to row. */
export const kept = (name: string): string => join(CACHE, name);

/** A `PATH` that looks into these folders first. */
export const pathWith = (...folders: readonly string[]): string =>
  [...folders, process.env['PATH']].join(delimiter);

/** Runs a command to its end. @throws StepError with its output where it fails. */
export function must(
  command: string,
  args: readonly string[],
  cwd: string = ROOT,
  env: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new StepError([command, ...args].join(' '), error?.message ?? stdout + stderr);
  return stdout;
}
