/*
 * Do the packages work with all that they promise to? Published to a registry on loopback, they are added to fresh
 * workspaces: any two of the supported versions and tools meet in one of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../bench/table';
import { ROOT } from '../paths';
import { Registry } from '../registry/registry';
import { Workspace } from '../workspace';
import { AXES, type Combination } from './axes';
import { firstMinutes, LIMIT_SECONDS } from './first-minutes';
import { KeptOutcomes } from './kept-outcomes';
import { cells, HEADER, markdown, withTable, type Outcome } from './page';
import { pairwise } from './pairwise';
import { TOOL_VERSIONS } from './pythons';
import { runRow } from './run-row';
import { StepError } from './toolchain';

const PAGE = join(ROOT, 'docs/compatibility.md');

const USAGE = `npm run e2e:matrix -- [options]
  --only <n>   only this row; its outcome takes the place of an older one
  --write      writes the table of all rows to docs/compatibility.md
  --newcomer   no matrix: times the README's way to the first repair, downloads excluded`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
      newcomer: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const registry = await Registry.start('matrix');
  try {
    if (values.newcomer) await timeNewcomer(registry);
    else await runMatrix(registry, values.only, values.write);
  } finally {
    Workspace.removeTemporary();
    await registry.stop();
  }
}

async function runMatrix(registry: Registry, only: string | undefined, write: boolean) {
  const rows = pairwise(AXES);
  const chosen = only === undefined ? rows : rows.slice(Number(only) - 1, Number(only));
  if (chosen.length === 0) throw new Error(`--only takes a row from 1 to ${rows.length}`);
  const kept = new KeptOutcomes(rows);
  for (const row of chosen) {
    const start = performance.now();
    const failure = await failureOf(row, registry);
    kept.add({ row, failure, day: new Date().toISOString().slice(0, 10) });
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(`${Object.values(row).join(' · ')}: ${failure ?? 'passed'} (${seconds} s)`);
  }
  const outcomes = kept.all();
  console.log(['', ...table(HEADER, outcomes.map(cells))].join('\n'));
  if (write) await writePage(outcomes);
  if (outcomes.some(({ failure }) => failure !== null)) process.exitCode = 1;
}

/** One at a time, and nothing of it stays on the disk. What can't even begin has failed, too. */
async function failureOf(row: Combination, registry: Registry): Promise<string | null> {
  try {
    await runRow(row, registry);
    return null;
  } catch (error) {
    if (error instanceof StepError) console.error(error.output);
    return error instanceof Error ? error.message : String(error);
  } finally {
    Workspace.removeTemporary();
  }
}

async function writePage(outcomes: readonly Outcome[]): Promise<void> {
  const page = withTable(readFileSync(PAGE, 'utf8'), markdown(outcomes, TOOL_VERSIONS()));
  const prettier = await import('prettier');
  const options = await prettier.resolveConfig(PAGE);
  writeFileSync(PAGE, await prettier.format(page, { ...options, parser: 'markdown' }));
}

async function timeNewcomer(registry: Registry): Promise<void> {
  const timed = await firstMinutes(registry);
  const total = timed.reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = [...timed, { command: 'all', seconds: total }];
  const lines = rows.map(({ command, seconds }) => [command, seconds.toFixed(1)]);
  console.log(table(['command', 'seconds'], lines).join('\n'));
  if (total > LIMIT_SECONDS) throw new Error(`That is more than ${LIMIT_SECONDS} seconds`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
