import type { Combination } from './axes';

/** How a row went. */
export interface Outcome {
  readonly row: Combination;
  /** Null for well, else what failed. */
  readonly failure: string | null;
  /** As in `2026-01-31`. */
  readonly day: string;
}

const BEGIN = '<!-- matrix: written by `npm run e2e:matrix -- --write` -->';
const END = '<!-- end of the matrix -->';

export const HEADER = [
  ...['row', 'package manager', 'Nx', 'Node', 'pytest', 'Python', 'beside us', 'tried', 'outcome'],
];

/** The rows as cells, numbered from 1. */
export function cells({ row, failure, day }: Outcome, at: number): string[] {
  const { manager, nx, node, pytest, python, beside } = row;
  return [String(at + 1), manager, nx, node, pytest, python, beside, day, failure ?? 'passed'];
}

/** The table in Markdown, and under it what was used. */
export function markdown(outcomes: readonly Outcome[], versions: string): string {
  const passed = outcomes.filter(({ failure }) => failure === null).length;
  const line = (row: readonly string[]): string => `| ${row.map(escaped).join(' | ')} |`;
  return [
    line(HEADER),
    line(HEADER.map(() => '---')),
    ...outcomes.map((outcome, at) => line(cells(outcome, at))),
    '',
    `${passed} of ${outcomes.length} rows passed, with ${versions}.`,
  ].join('\n');
}

/** The page with another table between its marks. @throws Error where it has no marks. */
export function withTable(page: string, text: string): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from === -1 || to < from) throw new Error(`The page has no «${BEGIN}» and «${END}».`);
  return `${page.slice(0, from)}${BEGIN}\n\n${text}\n\n${page.slice(to)}`;
}

const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(/[|<>_`*]/g, '\\$&');
