/*
 * What a graph costs: our plugin beside `ruff analyze graph`, beside another Nx plugin that reads imports, and
 * beside only reading the files. Ratios of runs made in turn, each in a fresh process.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../paths';
import { numberOf, run } from './command-line';
import { coldAndWarm, type Sample } from './graph-contenders';
import {
  checkEdges,
  compareEdges,
  generatedInputs,
  ruffFindings,
  stdlibInput,
  type KnownInput,
} from './graph-inputs';
import { installNxlv } from './graph-npm';
import { inside, measureTable, ratios, ratioTable, whole } from './graph-ratios';
import { runAgainstNxlv, runOurs, runRounds, type Rounds } from './graph-rounds';
import { environmentWith } from './python-index';
import { median } from './table';

const CACHE = join(ROOT, '.cache/bench');
const RUFF = 'ruff==0.17.6';
/** Projects of the generated workspace, 20 files each on average. */
const SIZES = [100, 250, 500, 1000];
/** The other plugin keeps every syntax tree, and ends with its 2 GB used up before it is through with 1,000. */
const NXLV_SIZE = 500;
const NXLV_PAIRS = 3;

const GOALS = {
  ruff: { most: 1 },
  nxlv: { least: 10 },
  warm: { most: 0.05 },
  growth: { most: 1.2 },
};

const print = (text = ''): void => console.log(text);

function main(): void {
  const { values } = parseArgs({ options: { pairs: { type: 'string', default: '5' } } });
  const pairs = numberOf(values.pairs);
  const python = environmentWith(join(CACHE, 'ruff'), [RUFF]);
  const ruff = join(python, process.platform === 'win32' ? '../ruff.exe' : '../ruff');
  installNxlv(join(CACHE, 'nxlv'));
  const stdlib = stdlibInput(CACHE);
  const generated = generatedInputs(CACHE, SIZES);

  for (const line of LEGEND) print(line);
  for (const input of [stdlib, ...generated]) warmUp(input);
  print('sanity: the edges of all inputs are exactly those that are known, cold and warm\n');
  compare('(a) the standard library', stdlib, ruff, pairs);
  compare('(b) the generated workspace', generated.at(-1)!, ruff, pairs);
  compare('(b) its first projects', generated[0]!, ruff, pairs);
  compareWithNxlv(generated[SIZES.indexOf(NXLV_SIZE)]!);
  growth(generated, pairs);
}

const LEGEND = [
  'cold        createNodes and createDependencies with no cache; the hashes of the files come from Nx',
  'warm        the same with the cache that cold left, after one file has changed',
  'call        the two calls and loading the plugin, in a process where Nx is loaded already',
  'process     all of a fresh process: node, Nx, reading what Nx would have in memory, the call',
  `ruff        the process of ruff analyze graph (${RUFF}), its output thrown away`,
  '            (its time per file grows with the workspace, so (b) is also compared in a small part)',
  'read-only   readFileSync of all the files, nothing else; within the call',
  'ratios are of runs made one after the other; the files are in the memory of the system for all\n',
];

/** Brings the files into the system's memory, and holds the answers against what is known. */
function warmUp(input: KnownInput): void {
  const { cold, warm } = coldAndWarm(input, true);
  checkEdges(input, cold);
  checkEdges(input, warm);
}

function compare(title: string, input: KnownInput, executable: string, pairs: number): void {
  const found = ruffFindings(input, executable);
  print(
    `${title}: ${input.files} files in ${input.projects} project(s), ${input.edges.size} edges`,
  );
  print(
    `ruff lists ${found.files} files (it leaves out what it can't read), and in them ` +
      `${found.right} of the edges and ${found.wrong} others`,
  );
  const rounds = runRounds(input, executable, pairs);
  const { cold, warm, ruff, ruffAlone, read } = rounds;
  const rows = [
    { what: 'cold call / ruff', values: ratios(cold, ruff, inside), goal: GOALS.ruff },
    { what: 'cold process / ruff', values: ratios(cold, ruff, whole), goal: GOALS.ruff },
    { what: 'cold call / ruff with one thread', values: ratios(cold, ruffAlone, inside) },
    { what: 'warm call / cold call', values: ratios(warm, cold, inside), goal: GOALS.warm },
    { what: 'warm process / cold process', values: ratios(warm, cold, whole) },
    { what: 'read-only / cold call', values: ratios(read, cold, inside) },
  ];
  for (const line of [...ratioTable('ratio', rows), '', ...times(rounds)]) print(line);
  print();
}

function times({ cold, warm, ruff, ruffAlone, read }: Rounds): string[] {
  const parts = (what: string, samples: readonly Sample[]) => [
    { what: `${what} call`, values: samples.map(inside) },
    ...(['load', 'createNodes', 'createDependencies'] as const).map((part) => ({
      what: `  ${part}`,
      values: samples.map(({ answer }) => answer!.spent[part]),
    })),
    { what: `${what} process`, values: samples.map(whole) },
  ];
  const memory = (samples: readonly Sample[]): number[] =>
    samples.map(({ answer }) => answer!.addedBytes / 1e6);
  return [
    ...measureTable('milliseconds', [
      ...parts('cold', cold),
      ...parts('warm', warm),
      { what: 'ruff', values: ruff.map(whole) },
      { what: 'ruff with one thread', values: ruffAlone.map(whole) },
      { what: 'read-only', values: read.map(inside) },
    ]),
    '',
    ...measureTable('megabytes added at the peak', [
      { what: 'cold call', values: memory(cold) },
      { what: 'warm call', values: memory(warm) },
      { what: 'read-only', values: memory(read) },
    ]),
  ];
}

function compareWithNxlv(input: KnownInput): void {
  print(`@nxlv/python with inferDependencies, on ${input.files} files; it leaves tests out`);
  const { cold, nxlv } = runAgainstNxlv(input, join(CACHE, 'nxlv'), NXLV_PAIRS);
  const rows = [
    { what: '@nxlv call / cold call', values: ratios(nxlv, cold, inside), goal: GOALS.nxlv },
    { what: '@nxlv process / cold process', values: ratios(nxlv, cold, whole) },
    {
      what: '@nxlv memory / cold memory',
      values: ratios(nxlv, cold, ({ answer }) => answer!.addedBytes),
    },
  ];
  for (const line of ratioTable('ratio', rows)) print(line);
  const { missing, wrong } = compareEdges(input, nxlv[0]!);
  print(`of ${input.edges.size} edges it misses ${missing.length}, and has ${wrong.length} others`);
  print(`its call takes ${Math.round(median(nxlv.map(inside)))} ms\n`);
}

function growth(inputs: readonly KnownInput[], pairs: number): void {
  print('growth: time per file of the generated workspace, relative to the smallest');
  const runs = runOurs(inputs, pairs);
  const smallest = inputs[0]!;
  const rows = (['cold', 'warm'] as const).flatMap((kind) =>
    inputs.slice(1).map(({ files }, at) => ({
      what: `${kind} call, ${files} files / ${smallest.files} files`,
      values: ratios(runs[at + 1]![kind], runs[0]![kind], inside).map(
        (ratio) => (ratio * smallest.files) / files,
      ),
      goal: GOALS.growth,
    })),
  );
  for (const line of ratioTable('time per file', rows)) print(line);
}

run(main);
