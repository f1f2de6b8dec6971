import type { Sample } from './graph-contenders';
import { median, table } from './table';

/** A figure from paired runs, and what it should be. */
export interface Ratio {
  readonly what: string;
  /** One for each pair. */
  readonly values: readonly number[];
  readonly goal?: { readonly most: number } | { readonly least: number };
}

/** Milliseconds, megabytes, or another plain measure. */
export interface Measure {
  readonly what: string;
  readonly values: readonly number[];
}

/** One number from each pair. */
export const ratios = (
  above: readonly Sample[],
  below: readonly Sample[],
  time: (sample: Sample) => number,
  timeBelow = time,
): number[] => above.map((sample, at) => time(sample) / timeBelow(below[at]!));

export const inside = (sample: Sample): number => sample.inside;
export const whole = (sample: Sample): number => sample.whole;

function meets({ values, goal }: Ratio): boolean {
  if (!goal) return true;
  return 'most' in goal ? median(values) <= goal.most : median(values) >= goal.least;
}

export function ratioTable(title: string, rows: readonly Ratio[]): string[] {
  return table(
    [title, 'min', 'median', 'max', 'goal', ''],
    rows.map((row) => [
      row.what,
      ...spread(row.values, 3),
      goalText(row),
      row.goal ? (meets(row) ? 'PASS' : 'FAIL') : '',
    ]),
  );
}

export const measureTable = (title: string, rows: readonly Measure[]): string[] =>
  table(
    [title, 'min', 'median', 'max'],
    rows.map(({ what, values }) => [what, ...spread(values, 0)]),
  );

function goalText({ goal }: Ratio): string {
  if (!goal) return '';
  return 'most' in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`;
}

const spread = (values: readonly number[], digits: number): string[] =>
  [Math.min(...values), median(values), Math.max(...values)].map((one) => one.toFixed(digits));
