/*
 * How much of real staleness is repaired: the tests of one release of a package on the source of the next.
 * The packages come from the Python package index, are kept in `.cache/bench`, and are never committed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyPatches, DEFAULTS, readRun, type Accept } from 'sentries-core';
import { ROOT } from '../paths';
import { optionsOf, run } from './command-line';
import { pairWorkspace, type PairWorkspace } from './pair-workspace';
import { BenchError } from './python-index';
import { choosePairs, nameOf, readPairs, type ReleasePair } from './release-pairs';
import { upstreamOf } from './repair-agreement';
import { differences, failureLines, type PairResult, type Proposing } from './repair-report';
import { sentryRun, type SentryRun } from './repair-sentry';
import { sections } from './repair-tables';
import { sectionLines } from './table';

const USAGE =
  'usage: repair [--all | --only <package>] [--accept=mechanical|explained|all] [--markdown]';
const ACCEPTS: readonly string[] = ['mechanical', 'explained', 'all'] satisfies Accept[];

interface Options {
  readonly all: boolean;
  readonly only: string | undefined;
  readonly accept: Accept;
  /** The tables at the end are for the page of the docs. */
  readonly markdown: boolean;
}

const print = (text = ''): void => console.log(text);
const tellAside = (text = ''): void => console.error(text);

async function main(): Promise<void> {
  const { accept, markdown, ...choice } = optionsOf(USAGE, () => asked(process.argv.slice(2)));
  const pairs = choosePairs(readPairs(), choice);
  if (pairs.length === 0) throw new BenchError(`there is no pair of ${choice.only}`, USAGE);
  // The tables alone are for the page.
  const tell = markdown ? tellAside : print;
  tell(`pairs of releases: ${pairs.length}, rules only, accept=${accept}\n`);
  const results: PairResult[] = [];
  for (const pair of pairs) {
    const workspace = pairWorkspace(pair, join(ROOT, '.cache/bench'));
    const result = await repairPair(pair, workspace, accept);
    results.push(result);
    tell(nameOf(pair));
    for (const line of failureLines(result)) tell(line);
    tell();
  }
  const different = differences(results);
  if (different.length > 0) {
    tell('Edits that differ from upstream, or weaken\n');
    for (const line of different) tell(line);
    tell();
  }
  for (const section of sections(results)) {
    for (const line of sectionLines(section, markdown)) print(line);
  }
  if (results.some(({ record }) => record.result === 'error')) process.exitCode = 1;
}

function asked(args: string[]): Options {
  const options = {
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    accept: { type: 'string', default: DEFAULTS.accept },
    markdown: { type: 'boolean', default: false },
  } as const;
  const { all, only, accept, markdown } = parseArgs({ args, options }).values;
  if (!ACCEPTS.includes(accept)) throw new RangeError(`accept can't be ${accept}`);
  return { all, only, accept: accept as Accept, markdown };
}

async function repairPair(
  pair: ReleasePair,
  workspace: PairWorkspace,
  accept: Accept,
): Promise<PairResult> {
  const { root, python, base, releases, folder } = workspace;
  const log = join(folder, 'pytest.log');
  rmSync(log, { force: true });
  const { package: project, testPaths, pytestArgs } = pair;
  const run = { root, python, base, project, testPaths, pytestArgs, accept, log };
  const proposing = await timeToPropose(run);
  const record = await sentryRun({ ...run, mode: 'propose' });
  const left = await readRun(root, project, 'sentry-test');
  if (left?.patch) await applyPatches(root, [left.patch]);
  const trees = { ...releases, patched: root, scratch: join(folder, 'older-source') };
  const upstream = upstreamOf(record.failures, { ...trees, pair, python });
  return { name: nameOf(pair), package: project, record, upstream, proposing };
}

/** A run that only diagnoses asks once for each failure; otherwise there are rounds. */
async function timeToPropose(run: Omit<SentryRun, 'mode'>): Promise<Proposing> {
  performance.clearMeasures();
  const { timings } = await sentryRun({ ...run, mode: 'report' });
  const { relate = 0, analyse = 0, parse = 0 } = timings;
  const proposals = performance.getEntriesByName('sentry propose');
  return { relate, analyse, parse, proposals: proposals.map(({ duration }) => duration) };
}

run(main);
