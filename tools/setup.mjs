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

/** The newest of each older line of Nx that is supported; the newest line is the repository's own. */
const OLDER_NX = [
  { nx: '22.7.12' },
  // With the other plugin for Python, to run beside it.
  { nx: '23.3.2', extra: { '@nxlv/python': '23.1.1' } },
];

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
  const packages = ['sentries-core', 'nx-sentries'].map((name) => join(root, 'packages', name));
  const wanted = hash([
    ...packages.flatMap(filesOf),
    join(root, 'package-lock.json'),
    fileURLToPath(import.meta.url),
  ]);
  const targets = [
    { folder: join(cache, 'installation'), nx: versionOf('nx'), devkit: versionOf('@nx/devkit') },
    ...(isForTests() ? OLDER_NX : []).map(({ nx, extra }) => ({
      ...{ folder: join(cache, `installation-${nx.split('.')[0]}`), nx, devkit: nx, extra },
    })),
  ].filter(({ folder }) => !isFresh(join(folder, '.sentries-setup'), wanted));
  if (targets.length === 0) return;
  const packed = join(cache, 'packed');
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  run('npm', ['pack', '--silent', '--pack-destination', packed, ...packages], root, true);
  for (const target of targets) {
    step(
      `the packed packages and Nx ${target.nx}, installed as a user would (npm pack, npm install)`,
    );
    install(target, packed);
    writeFileSync(join(target.folder, '.sentries-setup'), wanted);
  }
}

function install({ folder, nx, devkit, extra }, packed) {
  mkdirSync(folder, { recursive: true });
  // It has the checksums of the last tarballs.
  rmSync(join(folder, 'package-lock.json'), { force: true });
  const ours = {};
  for (const name of ['sentries-core', 'nx-sentries']) {
    const tarball = readdirSync(packed).find((file) => file.startsWith(name));
    ours[name] = `file:${relative(folder, join(packed, tarball)).replaceAll('\\', '/')}`;
    rmSync(join(folder, 'node_modules', name), { recursive: true, force: true });
  }
  const manifest = {
    name: 'installation',
    private: true,
    dependencies: { nx, '@nx/devkit': devkit, ...extra, ...ours },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
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
    folder,
  );
}

/** The demo, the benchmarks and the packing need one Nx; the specs of the graph, all that are supported. */
function isForTests() {
  return !/^(demo|pack|bench:.*|e2e:matrix)$/.test(process.env.npm_lifecycle_event ?? '');
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
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
