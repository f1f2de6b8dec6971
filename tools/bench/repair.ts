/*
 * How much of real staleness is repaired: the tests of one release of a package on the source of the next.
 * The packages come from the Python package index, are kept in `.cache/bench`, and are never committed.
 */
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  applyPatches,
  artifactFolder,
  DEFAULTS,
  readArtifacts,
  runSentry,
  type Accept,
} from 'sentries-core';
import { ROOT } from '../paths';
import { pairWorkspace, type PairWorkspace } from './pair-workspace';
import { BenchError } from './python-index';
import { choosePairs, nameOf, readPairs, type ReleasePair } from './release-pairs';
import { failureLines, refusals, summaryTable, type PairResult } from './repair-report';
import { upstreamOf } from './upstream';

const USAGE = 'usage: repair [--all | --only <package>] [--accept=mechanical|explained|all]';
const ACCEPTS: readonly string[] = ['mechanical', 'explained', 'all'] satisfies Accept[];

interface Options {
  readonly all: boolean;
  readonly only: string | undefined;
  readonly accept: Accept;
}

const print = (text = ''): void => console.log(text);

async function main(): Promise<void> {
  const { accept, ...choice } = optionsOf(process.argv.slice(2));
  const pairs = choosePairs(readPairs(), choice);
  if (pairs.length === 0) throw new BenchError(`there is no pair of ${choice.only}`, USAGE);
  print(`pairs of releases: ${pairs.length}, rules only, accept=${accept}\n`);
  const results: PairResult[] = [];
  for (const pair of pairs) {
    const workspace = pairWorkspace(pair, join(ROOT, '.cache/bench'));
    const result = await repairPair(pair, workspace, accept);
    results.push(result);
    print(nameOf(pair));
    for (const line of failureLines(result)) print(line);
    print();
  }
  for (const line of summaryTable(results)) print(line);
  print('\nwhat was not repaired, and why');
  for (const line of refusals(results)) print(line);
  if (results.some(({ record }) => record.result === 'error')) process.exitCode = 1;
}

function optionsOf(args: string[]): Options {
  const { all, only, accept } = parsed(args);
  if (!ACCEPTS.includes(accept)) throw new BenchError(`accept can't be ${accept}`, USAGE);
  return { all, only, accept: accept as Accept };
}

function parsed(args: string[]): { all: boolean; only: string | undefined; accept: string } {
  const options = {
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    accept: { type: 'string', default: DEFAULTS.accept },
  } as const;
  try {
    const { all, only, accept } = parseArgs({ args, options }).values;
    return { all, only, accept };
  } catch (error) {
    throw new BenchError((error as Error).message, USAGE);
  }
}

async function repairPair(
  pair: ReleasePair,
  { root, python, base, releases, folder }: PairWorkspace,
  accept: Accept,
): Promise<PairResult> {
  const log = join(folder, 'pytest.log');
  rmSync(log, { force: true });
  const record = await runSentry({
    workspace: root,
    ...DEFAULTS,
    target: 'sentry-test',
    project: pair.package,
    folder: '.',
    dependencies: [],
    others: [],
    mode: 'propose',
    accept,
    base,
    defaultBase: 'main',
    testPaths: pair.testPaths,
    pytestArgs: pytestArgs(pair),
    python,
    log: (text) => appendFileSync(log, text),
  });
  const artifacts = await readArtifacts(join(root, artifactFolder(pair.package, 'sentry-test')));
  if (artifacts?.patch) await applyPatches(root, [artifacts.patch]);
  const trees = { ...releases, patched: root };
  const upstream = record.failures.map(
    (failure) => [failure.id, upstreamOf(failure, trees)] as const,
  );
  return { name: nameOf(pair), record, upstream: new Map(upstream) };
}

/** The packages' own options ask for plugins that are not here; their configuration stays as it is. */
const pytestArgs = ({ pytestArgs: own, testPaths }: ReleasePair): string[] => [
  '-o',
  'addopts=',
  ...own,
  ...testPaths,
];

main().catch((error: unknown) => {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}\nbench: → ${error.hint}`);
  process.exitCode = 1;
});
