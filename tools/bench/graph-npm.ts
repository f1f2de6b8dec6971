import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from './python-index';

const PACKAGES = { '@nxlv/python': '23.1.1', '@nx/devkit': '23.3.2', nx: '23.3.2' };

/** Installs the other plugin with the Nx it is made for, once. */
export function installNxlv(folder: string): void {
  const manifest = JSON.stringify({ private: true, dependencies: PACKAGES }, null, 2);
  const stamp = join(folder, '.bench-packages');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const { status } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'],
    { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32' },
  );
  if (status !== 0)
    throw new BenchError(
      'could not install @nxlv/python with npm',
      'The first run needs the npm registry, as npm is configured; later runs need no network.',
    );
  writeFileSync(stamp, manifest);
}
