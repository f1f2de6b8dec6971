// Packs both packages into `packed/`, as `npm publish` would.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'packed');
mkdirSync(target, { recursive: true });
const { status, stdout } = spawnSync(
  'npm',
  ['pack', '--workspaces', '--loglevel=error', '--pack-destination', target],
  {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  },
);
for (const file of stdout
  .trim()
  .split('\n')
  .filter((line) => line.endsWith('.tgz')))
  console.log(join(target, file));
process.exit(status ?? 1);
