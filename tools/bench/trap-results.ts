import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FailureRecord, RunRecord } from 'sentries-core';
import type { Mutant, Seeded } from './trap-mutants';

/** What a sentry made of a seeded bug. */
export interface TrapResult extends Seeded {
  readonly id: string;
  /** noticed: at least one test failed, which is what counts. */
  readonly end: 'noticed' | 'survived' | 'error';
  readonly error: string | null;
  readonly failures: readonly TrapFailure[];
  /** The whole run, in milliseconds. */
  readonly ms: number;
}

export type TrapFailure = Pick<FailureRecord, 'id' | 'outcome' | 'tier' | 'strategy' | 'edits'> & {
  readonly reason: string;
};

export function trapResult(
  { id }: Mutant,
  seeded: Seeded,
  record: RunRecord,
  ms: number,
): TrapResult {
  const end = record.error ? 'error' : record.failures.length > 0 ? 'noticed' : 'survived';
  const failures = record.failures.map(({ id: test, outcome, tier, strategy, reason, edits }) => ({
    ...{ id: test, outcome, tier, strategy },
    reason: reason.slice(0, 300),
    // Others are for information only, and may be long.
    edits: outcome === 'repaired' ? edits : [],
  }));
  return { id, ...seeded, end, error: record.error?.message ?? null, failures, ms };
}

/** Results of earlier runs: those of the same core, and the mutants that no test notices, with any. */
export class TrapResults {
  readonly #known = new Map<string, TrapResult>();
  readonly #own: string;
  readonly #survivors: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#own = join(folder, `results-${coreHash()}.jsonl`);
    this.#survivors = join(folder, 'survivors.jsonl');
    for (const file of [this.#survivors, this.#own]) {
      for (const result of readLines(file)) this.#known.set(result.id, result);
    }
  }

  get(mutant: Mutant): TrapResult | undefined {
    return this.#known.get(mutant.id);
  }

  add(result: TrapResult): void {
    this.#known.set(result.id, result);
    const file = result.end === 'survived' ? this.#survivors : this.#own;
    appendFileSync(file, `${JSON.stringify(result)}\n`);
  }
}

/** A line that was cut off, by an interrupted run, is left out. */
function readLines(file: string): TrapResult[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as TrapResult];
      } catch {
        return [];
      }
    });
}

/** Of all that the core runs: another core may judge otherwise. */
function coreHash(): string {
  const root = join(dirname(require.resolve('sentries-core')), '..');
  const sum = createHash('sha256');
  for (const file of ['dist', 'python'].flatMap((name) => filesOf(join(root, name)))) {
    if (!/\.(js|py)$/.test(file)) continue;
    sum.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return sum.digest('hex').slice(0, 12);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
