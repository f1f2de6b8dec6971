/*
 * How much of documentation that a change left behind is found and put right, and whether anything is touched that must
 * not be: seeded changes in real packages, changes without effect on docs, and consecutive releases.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../paths';
import { numberOf, optionsOf, run } from './command-line';
import { DOC_PAIRS, UNSEEN_PAIRS } from './doc-releases';
import { SeedField, type Sowing } from './doc-seeds';
import { DocWorkspace } from './doc-workspace';
import { releasesSection, seededSections, silentSection, updatedSection } from './docs-report';
import { runPair, type PairOutcome } from './docs-pairs';
import { sow, type SeedOutcome } from './docs-seeded';
import { BenchError } from './python-index';
import { sectionLines, type Section } from './table';

const USAGE =
  'usage: docs [--seeded] [--specificity] [--releases] [--count <number>] [--seed <number>] [--only <package>] [--unseen] [--markdown] [--verbose]';

const CACHE = join(ROOT, '.cache/bench');

async function main(): Promise<void> {
  const options = optionsOf(USAGE, () => asked(process.argv.slice(2)));
  const { only, markdown } = options;
  const all = options.unseen ? UNSEEN_PAIRS : DOC_PAIRS;
  const pairs = all.filter((one) => only === undefined || one.package === only);
  if (pairs.length === 0) {
    const which = only === undefined ? 'that nobody has looked at' : `of ${only}`;
    throw new BenchError(`there are no releases ${which}`, USAGE);
  }
  const print = (sections: readonly Section[]): void => {
    for (const section of sections)
      for (const line of sectionLines(section, markdown)) console.log(line);
  };
  let isWrong = false;
  const isSeeding = options.seeded || options.specificity;
  const fields = (isSeeding ? pairs : []).map((one) => {
    if (options.verbose) console.error(`${one.package} ${one.newer}`);
    return new SeedField(new DocWorkspace(one.package, one.newer, CACHE));
  });
  const sowings = fields.map((field) => field.sowings(options.seed));
  if (options.seeded) {
    const chosen = inTurn(
      sowings.map(({ documented }) => documented),
      options.count,
    );
    const outcomes: SeedOutcome[] = [];
    for (const [at, field] of fields.entries())
      outcomes.push(
        ...(await sow(field, chosen[at]!, options.verbose ? tellOutcome : () => undefined)),
      );
    print(seededSections(outcomes));
    isWrong ||= outcomes.some(({ wrong }) => wrong.length > 0);
  }
  if (options.specificity) {
    const chosen = inTurn(
      sowings.map(({ silent }) => silent),
      Math.ceil(options.count / 3),
    );
    const outcomes: SeedOutcome[] = [];
    for (const [at, field] of fields.entries())
      outcomes.push(
        ...(await sow(field, chosen[at]!, options.verbose ? tellOutcome : () => undefined)),
      );
    print([silentSection(outcomes)]);
    isWrong ||= outcomes.some(({ wrong }) => wrong.length > 0);
  }
  if (options.specificity || options.releases) {
    const updated: PairOutcome[] = [];
    const behind: PairOutcome[] = [];
    for (const pair of pairs) {
      const workspace = new DocWorkspace(pair.package, pair.older, CACHE);
      if (options.specificity) updated.push(await runPair(workspace, pair, false));
      if (options.releases) behind.push(await runPair(workspace, pair, true));
      if (options.verbose)
        for (const one of [...updated.slice(-1), ...behind.slice(-1)]) tellPair(one);
    }
    if (options.specificity) print([updatedSection(updated)]);
    if (options.releases) print([releasesSection(behind)]);
  }
  if (isWrong) process.exitCode = 1;
}

/** For those who read it by hand. */
function tellOutcome({
  package_,
  seed,
  places,
  wrong,
  beyond,
  elsewhere,
  error,
}: SeedOutcome): void {
  console.error(`${package_} ${seed.kind} ${seed.module}:${seed.path} ${seed.old} → ${seed.new}`);
  if (error !== null) console.error(`  ERROR ${error}`);
  for (const line of wrong) console.error(`  WRONG ${line}`);
  for (const line of beyond) console.error(`  beyond ${line}`);
  for (const line of elsewhere) console.error(`  elsewhere ${line}`);
  for (const { end, where, reason } of places) console.error(`  ${end} ${where}  [${reason}]`);
}

function tellPair({ pair, found, edits, error }: PairOutcome): void {
  console.error(`${pair}${error === null ? '' : `  ERROR ${error}`}`);
  for (const { where, after, agreement } of edits)
    console.error(`  ${agreement} ${where}\n       → ${after}`);
  for (const { id, exception, outcome, reason } of found)
    if (outcome !== 'repaired')
      console.error(`  ${outcome} ${id}  ${exception.message}  [${reason}]`);
}

/** Kinds take turns, and packages within a kind: no package and no kind decides the figures alone. */
function inTurn(byPackage: readonly (readonly Sowing[])[], count: number): Sowing[][] {
  const kinds = [...new Set(byPackage.flat().map(({ seed }) => seed.kind))].sort();
  const queues = kinds.map((kind) => {
    const own = byPackage.map((all, at) =>
      all.filter(({ seed }) => seed.kind === kind).map((one) => ({ at, one })),
    );
    const longest = Math.max(...own.map(({ length }) => length));
    return Array.from({ length: longest }, (_, round) =>
      own.flatMap((some) => some[round] ?? []),
    ).flat();
  });
  const chosen = byPackage.map((): Sowing[] => []);
  for (let taken = 0, open = queues; taken < count && open.length > 0;) {
    open = open.filter(({ length }) => length > 0);
    for (const queue of open) {
      const next = queue.shift();
      if (!next || taken >= count) continue;
      chosen[next.at]!.push(next.one);
      taken += 1;
    }
  }
  return chosen;
}

function asked(args: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    seeded: flag,
    specificity: flag,
    releases: flag,
    unseen: flag,
    count: { type: 'string', default: '360' },
    seed: { type: 'string', default: '20261122' },
    only: { type: 'string' },
    markdown: flag,
    verbose: flag,
  } as const;
  const { count, seed, ...rest } = parseArgs({ args, options }).values;
  const isAll = !rest.seeded && !rest.specificity && !rest.releases;
  return {
    ...rest,
    count: numberOf(count),
    seed: numberOf(seed),
    seeded: rest.seeded || isAll,
    specificity: rest.specificity || isAll,
    releases: rest.releases || isAll,
  };
}

run(main);
