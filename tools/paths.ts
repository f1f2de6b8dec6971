import { basename, join } from 'node:path';

/** The repository. The benchmarks run this file from `tools/dist`, the tests from `tools`. */
export const ROOT = join(__dirname, basename(__dirname) === 'dist' ? '../..' : '..');

const WINDOWS = process.platform === 'win32';

/** What `tools/setup.mjs` makes ready. */
export const PYTHON_ENVIRONMENT = join(ROOT, '.cache/python');
export const PYTHON = join(PYTHON_ENVIRONMENT, WINDOWS ? 'Scripts/python.exe' : 'bin/python');

/** The lines of Nx that are supported; the first is the repository's own. The others are there for tests only. */
export const NX_LINES = [24, 23, 22] as const;
export type NxLine = (typeof NX_LINES)[number];

/** The packed packages and Nx, installed as a user would. */
export const installation = (line: NxLine): string =>
  join(ROOT, line === NX_LINES[0] ? '.cache/installation' : `.cache/installation-${line}`);
export const INSTALLATION = installation(NX_LINES[0]);
