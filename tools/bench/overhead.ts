/*
 * What the sentry costs: a green run next to plain pytest, a hit of Nx's cache, and a repair. Ratios first:
 * they hold on other machines too.
 */
import { parseArgs } from 'node:util';
import { cacheHit, type CacheHit } from './cache-hit';
import { numberOf, run } from './command-line';
import { factsToPatch, type RepairCost } from './facts-to-patch';
import type { Pair } from './measure';
import { median, table } from './table';
import { taskOverhead, type TaskOverhead } from './task-overhead';

/** A green run through Nx, and a repair, as multiples of plain pytest. */
const GOALS = { task: 1.1, repair: 2.2 };

const print = (text = ''): void => console.log(text);

async function main(): Promise<void> {
  const pairs = pairsOption(process.argv.slice(2));
  // Containers often set it; it would take from both sides the byte code that people's runs have.
  delete process.env['PYTHONDONTWRITEBYTECODE'];

  print('a green run of 501 tests: nx run green:sentry-test / nx run green:plain-test');
  const task = await taskOverhead(pairs ?? 10);
  print(`  ${perPair(task.throughNx)}`);
  print('one failing test to its verified patch: the phases of the run / one plain pytest run');
  const repair = await factsToPatch(pairs ?? 5);
  print(`  ${perPair(repair.pairs)}`);
  print('a cache hit: starts of Python');
  const hit = await cacheHit();
  print(`  ${hit ? hitLine(hit) : 'not measured on Windows'}\n`);

  for (const line of [...ratioTable(task, repair), '', ...timeTable(task, repair)]) print(line);
  if (hit && !isFree(hit)) process.exitCode = 1;
}

/** @returns undefined where each part is to take its own number. */
function pairsOption(args: string[]): number | undefined {
  const { pairs } = parseArgs({ args, options: { pairs: { type: 'string' } } }).values;
  return pairs === undefined ? undefined : numberOf(pairs);
}

function ratioTable(task: TaskOverhead, repair: RepairCost): string[] {
  return table(
    ['ratio', 'min', 'median', 'max', 'goal', ''],
    [
      ratioRow('green run / plain pytest, both through Nx', task.throughNx, GOALS.task),
      ratioRow('  both without Nx', task.direct),
      ratioRow('failing test → verified patch / plain pytest', repair.pairs, GOALS.repair),
      ratioRow('  by the clock around the run', repair.byTheClock),
    ],
  );
}

function timeTable(task: TaskOverhead, repair: RepairCost): string[] {
  const phases = Object.keys(repair.timings[0] ?? {});
  return table(
    ['milliseconds', 'min', 'median', 'max'],
    [
      timeRow('nx run green:sentry-test', task.throughNx.map(oursOf)),
      timeRow('nx run green:plain-test', task.throughNx.map(plainOf)),
      timeRow('green run without Nx', task.direct.map(oursOf)),
      timeRow('plain pytest without Nx', task.direct.map(plainOf)),
      timeRow('failing test → verified patch', repair.pairs.map(oursOf)),
      ...phases.map((phase) =>
        timeRow(
          `  ${phase}`,
          repair.timings.map((timings) => timings[phase] ?? 0),
        ),
      ),
      timeRow('plain pytest, one test failing', repair.pairs.map(plainOf)),
    ],
  );
}

const oursOf = ({ ours }: Pair): number => ours;
const plainOf = ({ plain }: Pair): number => plain;
const ratioOf = ({ ours, plain }: Pair): number => ours / plain;

const perPair = (pairs: readonly Pair[]): string =>
  pairs.map((pair) => ratioOf(pair).toFixed(3)).join('  ');

function ratioRow(what: string, pairs: readonly Pair[], goal?: number): string[] {
  const values = pairs.map(ratioOf);
  const verdict = goal === undefined ? '' : median(values) <= goal ? 'PASS' : 'FAIL';
  return [what, ...spread(values, 3), goal?.toFixed(2) ?? '', verdict];
}

const timeRow = (what: string, values: readonly number[]): string[] => [what, ...spread(values, 0)];

const spread = (values: readonly number[], digits: number): string[] =>
  [Math.min(...values), median(values), Math.max(...values)].map((one) => one.toFixed(digits));

/** Nothing starts on a hit, and the count is one that counts. */
const isFree = ({ miss, hit, restored, artifacts }: CacheHit): boolean =>
  miss > 0 && hit === 0 && restored === 0 && artifacts;

function hitLine(counted: CacheHit): string {
  const { miss, hit, restored, artifacts } = counted;
  return (
    `${isFree(counted) ? 'PASS' : 'FAIL'}: ${miss} on the miss, ${hit} on the hit, ${restored} where the ` +
    `artifacts had been deleted (they are ${artifacts ? 'back' : 'NOT back'})`
  );
}

run(main);
