import { basename, join } from 'node:path';

/** The repository. The benchmarks run this file from `tools/dist`, the tests from `tools`. */
export const ROOT = join(__dirname, basename(__dirname) === 'dist' ? '../..' : '..');

const WINDOWS = process.platform === 'win32';

/** What `tools/setup.mjs` makes ready. */
export const PYTHON_ENVIRONMENT = join(ROOT, '.cache/python');
export const PYTHON = join(PYTHON_ENVIRONMENT, WINDOWS ? 'Scripts/python.exe' : 'bin/python');
/** The packed packages and Nx, installed as a user would. */
export const INSTALLATION = join(ROOT, '.cache/installation');
export const NX = join(INSTALLATION, 'node_modules/nx/dist/bin/nx.js');
