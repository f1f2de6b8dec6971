import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tools/paths';

it('the reference of options, settings and commands says what the packages say', () => {
  const tool = join(ROOT, 'tools/dist/reference.js');
  const { status, stderr } = spawnSync(process.execPath, [tool, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
