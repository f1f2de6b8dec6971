/*
 * What is repaired though it must not be: bugs are seeded in real packages, where nothing was meant to change.
 * Each repair that is proposed there is a false one.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULTS } from 'sentries-core';
import { ROOT } from '../paths';
import { numberOf, optionsOf, run } from './command-line';
import { BenchError } from './python-index';
import { sentryRun } from './repair-sentry';
import { sectionLines } from './table';
import { mutantsOf, withMutant, type Mutant } from './trap-mutants';
import { falseRepairLines, falseRepairs, trapLine, trapSections, type Trap } from './trap-report';
import { TrapResults, trapResult, type TrapResult } from './trap-results';
import {
  trapReleases,
  trapWorkspace,
  type TrapRelease,
  type TrapWorkspace,
} from './trap-workspace';

const USAGE = 'usage: traps [--count <number>] [--seed <number>] [--only <package>] [--markdown]';

/** Seconds for one run of the tests, which take a few: a bug may make them hang. */
const TIMEOUT = 30;

const print = (text = ''): void => console.log(text);
const tellAside = (text = ''): void => console.error(text);

/** For what is no table: those alone are for the page of the docs. */
let tell = print;

async function main(): Promise<void> {
  const { count, seed, only, markdown } = optionsOf(USAGE, () => asked(process.argv.slice(2)));
  const releases = trapReleases().filter((one) => only === undefined || one.package === only);
  if (releases.length === 0) throw new BenchError(`no bugs are seeded in ${only}`, USAGE);
  if (markdown) tell = tellAside;
  tell(`seeded bugs: ${count} that make a test fail, seed ${seed}, accept=${DEFAULTS.accept}\n`);
  const results = new TrapResults(join(ROOT, '.cache/bench/traps'));
  const tried: Trap[] = [];
  const fields = releases.map((release) => new Field(release, seed, results, tried));
  await sow(fields, count);
  tell();
  const wrong = tried.filter((trap) => falseRepairs(trap).length > 0);
  if (wrong.length > 0) tell('FALSE REPAIRS\n');
  for (const line of wrong.flatMap(falseRepairLines)) tell(line);
  for (const section of trapSections(tried, seed)) {
    for (const line of sectionLines(section, markdown)) print(line);
  }
  if (wrong.length > 0) process.exitCode = 1;
}

/** One bug in each package in turn, until there are enough that a test notices. */
async function sow(fields: readonly Field[], count: number): Promise<void> {
  let found = 0;
  for (let open = [...fields]; found < count && open.length > 0;) {
    for (const field of [...open]) {
      if (found >= count) return;
      const trap = await field.next();
      if (trap) {
        found += 1;
        tell(trapLine(trap));
      } else {
        open = open.filter((one) => one !== field);
      }
    }
  }
}

/** A package with its bugs, one after the other. */
class Field {
  #workspace: TrapWorkspace | undefined;
  #mutants: Mutant[] | undefined;

  constructor(
    private readonly release: TrapRelease,
    private readonly seed: number,
    private readonly results: TrapResults,
    private readonly tried: Trap[],
  ) {}

  /** The next bug that makes a test fail; undefined where there are no more. */
  async next(): Promise<Trap | undefined> {
    this.#workspace ??= trapWorkspace(this.release, join(ROOT, '.cache/bench'));
    this.#mutants ??= (await this.isGreen(this.#workspace))
      ? mutantsOf(this.#workspace, this.seed)
      : [];
    for (let mutant = this.#mutants.shift(); mutant; mutant = this.#mutants.shift()) {
      let result = this.results.get(mutant);
      if (!result) {
        result = await runWith(this.#workspace, mutant);
        this.results.add(result);
      }
      const trap = { mutant, result };
      this.tried.push(trap);
      if (result.end === 'noticed') return trap;
    }
    return undefined;
  }

  private async isGreen(workspace: TrapWorkspace): Promise<boolean> {
    const record = await sentryRun({ ...requestOf(workspace), mode: 'report' });
    if (record.result === 'green') return true;
    const first = record.error?.message ?? record.failures[0]?.id;
    tell(`  ~ ${workspace.package} is left out: its own tests fail here (${first})`);
    return false;
  }
}

function runWith(workspace: TrapWorkspace, mutant: Mutant): Promise<TrapResult> {
  return withMutant(workspace, mutant, async (seeded) => {
    const start = performance.now();
    rmSync(workspace.log, { force: true });
    const record = await sentryRun({ ...requestOf(workspace), mode: 'propose' });
    return trapResult(mutant, seeded, record, Math.round(performance.now() - start));
  });
}

const requestOf = ({ root, python, base, log, pair }: TrapWorkspace) => ({
  ...{ root, python, base, log, project: pair.package },
  testPaths: pair.testPaths,
  pytestArgs: pair.pytestArgs,
  accept: DEFAULTS.accept,
  timeout: TIMEOUT,
});

function asked(args: string[]) {
  const options = {
    count: { type: 'string', default: '20' },
    seed: { type: 'string', default: '20261122' },
    only: { type: 'string' },
    markdown: { type: 'boolean', default: false },
  } as const;
  const { count, seed, only, markdown } = parseArgs({ args, options }).values;
  return { count: numberOf(count), seed: numberOf(seed), only, markdown };
}

run(main);
