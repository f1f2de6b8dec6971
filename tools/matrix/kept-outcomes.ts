import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { VERSIONS, type Combination } from './axes';
import type { Outcome } from './page';
import { kept } from './toolchain';

const FILE = kept('outcomes.json');

/** The last outcome of each row, so that one can be tried again alone. Other rows or versions begin anew. */
export class KeptOutcomes {
  readonly #of: string;
  readonly #outcomes: Map<string, Outcome>;

  constructor(private readonly rows: readonly Combination[]) {
    this.#of = JSON.stringify([rows, VERSIONS]);
    const before = existsSync(FILE)
      ? (JSON.parse(readFileSync(FILE, 'utf8')) as { of: string; outcomes: Outcome[] })
      : { of: '', outcomes: [] };
    const outcomes = before.of === this.#of ? before.outcomes : [];
    this.#outcomes = new Map(outcomes.map((outcome) => [JSON.stringify(outcome.row), outcome]));
  }

  add(outcome: Outcome): void {
    this.#outcomes.set(JSON.stringify(outcome.row), outcome);
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(FILE, JSON.stringify({ of: this.#of, outcomes: [...this.#outcomes.values()] }));
  }

  /** One for each row; a row that was never tried has failed. */
  all(): Outcome[] {
    return this.rows.map(
      (row) => this.#outcomes.get(JSON.stringify(row)) ?? { row, failure: 'not tried', day: '—' },
    );
  }
}
