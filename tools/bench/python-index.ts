import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON } from '../paths';

const PYTEST = 'pytest==8.4.2';

/** Something outside of the benchmark that it can't do without; `hint` says what to do. */
export class BenchError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'BenchError';
  }
}

/**
 * A virtual environment with pytest and the given requirements; made once, since the second run is to need
 * no network.
 *
 * @returns its interpreter.
 */
export function environmentWith(folder: string, requirements: readonly string[]): string {
  const windows = process.platform === 'win32';
  const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
  const wanted = [PYTEST, ...requirements];
  const stamp = join(folder, '.bench-requirements');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted.join('\n')) return python;
  rmSync(folder, { recursive: true, force: true });
  run(PYTHON, ['-m', 'venv', folder], 'make a virtual environment', NO_VENV);
  pip(python, ['install', ...wanted], `install ${wanted.join(', ')}`);
  writeFileSync(stamp, wanted.join('\n'));
  return python;
}

/** Makes a folder importable, as an editable install does: for the tests and for what they start. */
export function importFrom(python: string, folder: string): void {
  run(python, ['-c', LINK, folder], `link ${folder}`, 'Delete .cache/bench.');
}

const LINK = `
import os, sys, sysconfig
with open(os.path.join(sysconfig.get_path("purelib"), "bench.pth"), "w") as file:
    file.write(os.path.realpath(sys.argv[1]) + "\\n")
`;

/**
 * The source distribution of a release, downloaded once.
 *
 * pip prepares the metadata of whatever it downloads, so a build backend runs; its own requirements may be
 * wheels, which spares building those as well.
 */
export function sourceDistribution(
  python: string,
  folder: string,
  name: string,
  version: string,
): string {
  const target = join(folder, `${name}-${version}`);
  mkdirSync(target, { recursive: true });
  const find = (): string | undefined =>
    readdirSync(target).find((file) => file.endsWith('.tar.gz'));
  if (!find()) {
    const release = `${name}==${version}`;
    const args = ['download', '--no-deps', '--no-binary', name, '--dest', target, release];
    pip(python, args, `download ${release}`);
  }
  const file = find();
  if (file === undefined) {
    throw new BenchError(
      `the source distribution of ${name} ${version} is no .tar.gz`,
      `Look into ${target}.`,
    );
  }
  return join(target, file);
}

/** Unpacks a source distribution without the one folder that all of it is in. */
export function unpack(archive: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  run(PYTHON, ['-c', UNPACK, archive, partial, folder], `unpack ${archive}`, 'Delete it.');
}

/** Renamed in one step at the end, so that a folder that is there is complete. */
const UNPACK = `
import os, shutil, sys, tarfile
archive, partial, folder = sys.argv[1:]
with tarfile.open(archive) as tar:
    options = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    tar.extractall(partial, **options)
(top,) = os.listdir(partial)
os.rename(os.path.join(partial, top), folder)
shutil.rmtree(partial)
`;

const NO_VENV = 'Install the venv module, for example: apt-get install python3-venv';

function pip(python: string, args: readonly string[], what: string): void {
  run(
    python,
    ['-m', 'pip', '--quiet', '--disable-pip-version-check', '--no-input', ...args],
    `${what} with pip`,
    'The first run needs the Python package index, as pip is configured; later runs need no network.',
  );
}

function run(command: string, args: readonly string[], what: string, hint: string): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  const last = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  throw new BenchError(`could not ${what}: ${last}`, hint);
}
