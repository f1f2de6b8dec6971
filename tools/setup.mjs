// Makes a fresh clone ready, with nothing but Node, git and Python on the machine; says what it does, and does
// only what is missing. Plain JavaScript without dependencies, since it is what brings them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, '.cache');
const windows = process.platform === 'win32';

/** The Python environment of the project itself: for the demo, the tests and the benchmarks. */
const environment = join(cache, 'python');
const requirements = join(root, 'tools/python-requirements.txt');

checkNode();
installNpmPackages();
build();
const python = installPython();
installOurselves();
console.log(`[setup] ready (${python})`);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old`, 'Install Node 20.19 or later.');
}

function installNpmPackages() {
  const stamp = join(root, 'node_modules/.sentries-setup');
  const wanted = hash([join(root, 'package-lock.json')]);
  if (isFresh(stamp, wanted)) return;
  step('npm packages (npm install)');
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms than its writer's.
  run(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    root,
  );
  writeFileSync(stamp, wanted);
}

function build() {
  step('build (tsc -b)');
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], root);
  run(process.execPath, [join(root, 'tools/assets.mjs')], root);
}

/** A private environment with the pinned pytest; where that can't be made, a system Python that has one. */
function installPython() {
  const own = join(environment, windows ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(environment, '.sentries-setup');
  const wanted = hash([requirements]);
  if (isFresh(stamp, wanted)) return own;
  const system = ['python3', 'python'].find((command) => isPython39(command));
  if (!system)
    fail(
      'there is no Python 3.9 or later on the PATH',
      'Install one, for example: apt-get install python3 python3-venv',
    );
  step(
    `Python environment (${system} -m venv, ${readFileSync(requirements, 'utf8').trim().replaceAll('\n', ', ')})`,
  );
  rmSync(environment, { recursive: true, force: true });
  const made =
    succeeds(system, ['-m', 'venv', environment]) &&
    succeeds(own, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
  if (made) {
    writeFileSync(stamp, wanted);
    return own;
  }
  rmSync(environment, { recursive: true, force: true });
  if (!succeeds(system, ['-c', 'import pytest'])) {
    fail(
      'neither could pip install pytest, nor does the system have one',
      `Run: ${system} -m pip install -r ${relative(process.cwd(), requirements)} (on Debian: apt-get install python3-pytest)`,
    );
  }
  console.log("[setup] no private environment could be made: the system's own pytest is taken");
  // An environment that only borrows the system's packages needs no pip, and keeps one way to name it.
  if (!succeeds(system, ['-m', 'venv', '--system-site-packages', '--without-pip', environment])) {
    fail('the venv module is missing', 'Run: apt-get install python3-venv');
  }
  writeFileSync(stamp, wanted);
  return own;
}

/** Packs both packages and installs them as a user would, for the demo and the end-to-end tests. */
function installOurselves() {
  const target = join(cache, 'installation');
  const stamp = join(target, '.sentries-setup');
  const packages = ['sentries-core', 'nx-sentries'].map((name) => join(root, 'packages', name));
  const nx = JSON.parse(readFileSync(join(root, 'node_modules/nx/package.json'), 'utf8')).version;
  const devkit = JSON.parse(
    readFileSync(join(root, 'node_modules/@nx/devkit/package.json'), 'utf8'),
  ).version;
  const wanted = hash([...packages.flatMap(filesOf), join(root, 'package-lock.json')]);
  if (isFresh(stamp, wanted)) return;
  step('the packed packages, installed as a user would (npm pack, npm install)');
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(target)) {
    if (file.endsWith('.tgz') || file === 'package-lock.json') rmSync(join(target, file));
  }
  run('npm', ['pack', '--silent', '--pack-destination', target, ...packages], root, true);
  const tarball = (name) =>
    `file:${readdirSync(target).find((file) => file.startsWith(name) && file.endsWith('.tgz'))}`;
  const manifest = {
    name: 'installation',
    private: true,
    dependencies: {
      nx,
      '@nx/devkit': devkit,
      'sentries-core': tarball('sentries-core'),
      'nx-sentries': tarball('nx-sentries'),
    },
  };
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const name of ['sentries-core', 'nx-sentries'])
    rmSync(join(target, 'node_modules', name), { recursive: true, force: true });
  run(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefer-offline',
      '--loglevel=error',
    ],
    target,
  );
  writeFileSync(stamp, wanted);
}

/** The files of a package that go into its tarball, roughly: enough to know when it has changed. */
function filesOf(folder) {
  const found = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name === 'node_modules' || name.endsWith('.tsbuildinfo')) continue;
    if (statSync(path).isDirectory()) found.push(...filesOf(path));
    else found.push(path);
  }
  return found.sort();
}

function hash(files) {
  const sum = createHash('sha256');
  for (const file of files)
    sum.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return sum.digest('hex');
}

function isFresh(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function isPython39(command) {
  return succeeds(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
}

function succeeds(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: 'ignore' }).status === 0;
}

function run(command, args, cwd, quiet = false) {
  // npm is a script on Windows, which only a shell can start.
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    shell: windows && command === 'npm',
  });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed`, 'See its output above.');
}

function step(what) {
  console.log(`[setup] ${what}`);
}

function fail(what, hint) {
  console.error(`[setup] ${what}\n[setup] → ${hint}`);
  process.exit(1);
}
