import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findInterpreter, Repository, SentryError } from 'sentries-core';
import { peerDependencies } from '../../../package.json';
import { failed, type Check } from './check';

/** What rules and models need alike: Nx, the history, a Python. */
export async function* workspaceChecks(root: string | null): AsyncGenerator<Check> {
  if (root === null) {
    yield failed('nx', {
      message: 'there is no nx.json here or in a folder above',
      hint: 'Go to your Nx workspace and try again.',
    });
    return;
  }
  yield nxCheck(root);
  yield await gitCheck(root);
  yield await pythonCheck(root);
}

function nxCheck(root: string): Check {
  const range = peerDependencies.nx;
  let version: string;
  try {
    ({ version } = createRequire(join(root, 'nx.json'))('nx/package.json') as { version: string });
  } catch {
    return failed('nx', {
      message: 'Nx is not installed in this workspace',
      hint: 'Install the packages of the workspace (`npm install`, or as you do).',
    });
  }
  const [from, below] = range.match(/\d+/g)!.map(Number);
  const major = Number.parseInt(version, 10);
  if (major >= from! && major < below!) return { id: 'nx', status: 'ok', seen: version };
  return failed('nx', {
    message: `Nx ${version}, but the plugin works with ${range}`,
    hint: 'Bring Nx to one of these (`npx nx migrate`).',
  });
}

async function gitCheck(root: string): Promise<Check> {
  try {
    const base = variable('NX_BASE') ?? (await defaultBase(root));
    const repository = await Repository.open(root);
    const commit = await repository.mergeBase(base, variable('NX_HEAD'));
    const seen = `a change starts at ${commit.slice(0, 12)}, the merge base with ${base}`;
    return { id: 'git', status: 'ok', seen };
  } catch (error) {
    if (error instanceof SentryError) return failed('git', error);
    throw error;
  }
}

/** An empty variable counts as one that is not set. */
function variable(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

async function defaultBase(root: string): Promise<string> {
  const { readJsonFile } = await import('@nx/devkit');
  const nxJson = readJsonFile<{ defaultBase?: string; affected?: { defaultBase?: string } }>(
    join(root, 'nx.json'),
  );
  return nxJson.defaultBase ?? nxJson.affected?.defaultBase ?? 'main';
}

const VERSIONS = `
import sys
from importlib import metadata
def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ''
print('.'.join(map(str, sys.version_info[:3])), version('pytest'))
`;

/** The interpreter of projects that have no environment of their own. */
async function pythonCheck(root: string): Promise<Check> {
  const id = 'python';
  try {
    const { path, found } = await findInterpreter(root, root);
    // From elsewhere: no file of the workspace is to be taken for a module.
    const asked = await promisify(execFile)(path, ['-c', VERSIONS], {
      cwd: tmpdir(),
      timeout: 20_000,
    });
    const [python = '', pytest = ''] = asked.stdout.trim().split(' ');
    const [major, minor] = python.split('.').map(Number);
    if (major !== 3 || minor! < 9) {
      const message = `Python ${python} (${found}) is too old`;
      return failed(id, { message, hint: 'Use Python 3.9 or later.' });
    }
    const seen = `${python} (${found}), for projects without an environment of their own`;
    if (pytest !== '') return { id, status: 'ok', seen: `${seen}; pytest ${pytest}` };
    const hint = 'Install pytest there, unless each project has it in an environment of its own.';
    return { id, status: 'warning', seen: `${seen}; no pytest in it`, hint };
  } catch (error) {
    // Projects may have their own all the same.
    if (error instanceof SentryError)
      return { id, status: 'warning', seen: error.message, hint: error.hint };
    const seen = `the Python of the workspace does not start: ${(error as Error).message.split('\n')[0]!}`;
    return { id, status: 'failed', seen, hint: 'Make its environment anew.' };
  }
}
