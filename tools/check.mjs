// All checks of a commit: formatting, lint, types of the specs, dead code, then the tests, which end with counts.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (path) => join(root, 'node_modules', path);

const CHECKS = [
  ['formatting', bin('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('eslint/bin/eslint.js'), ['.', '--max-warnings', '0']],
  ['types of the specs', bin('typescript/bin/tsc'), ['-p', 'tsconfig.specs.json']],
  ['dead code', bin('knip/bin/knip.js'), []],
  ['tests', bin('jest/bin/jest.js'), process.argv.slice(2)],
];

for (const [what, program, args] of CHECKS) {
  console.log(`[check] ${what}`);
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error(`[check] ${what}: failed`);
    process.exit(1);
  }
}
