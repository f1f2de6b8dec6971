import { editLines, refusals } from './repair-report';
import { oneLine, percent, type Section } from './table';
import type { Mutant } from './trap-mutants';
import type { TrapFailure, TrapResult } from './trap-results';

/** A seeded bug and what came of it. */
export interface Trap {
  readonly mutant: Mutant;
  readonly result: TrapResult;
}

/** A test was edited where nothing was meant to change. */
export const falseRepairs = ({ result }: Trap): TrapFailure[] =>
  result.failures.filter(({ outcome }) => outcome === 'repaired');

export function trapLine({ mutant, result }: Trap): string {
  const wrong = falseRepairs({ mutant, result }).length;
  const how = wrong > 0 ? `FALSE REPAIR of ${wrong} of` : '';
  const where = `${mutant.package} ${mutant.path}:${mutant.line}`;
  const failures = `${result.failures.length} failing`;
  const line = `${oneLine(result.before, 60)} → ${oneLine(result.after, 60)}`;
  return `  ${wrong > 0 ? '✘' : '✔'} ${[where, mutant.kind, line, `${how} ${failures}`.trim()].join(' · ')}`;
}

/** The bug and the edits, in full. */
export function falseRepairLines(trap: Trap): string[] {
  const { mutant, result } = trap;
  return [
    `${mutant.package} · ${mutant.path}:${mutant.line} · ${mutant.kind} · mutant ${mutant.id}`,
    `    - ${result.before}`,
    `    + ${result.after}`,
    ...falseRepairs(trap).flatMap(({ id, tier, strategy, reason, edits }) => [
      `  ${id} (${tier}/${strategy}): ${reason}`,
      ...edits.flatMap(editLines),
    ]),
  ];
}

const OUTCOMES = [
  'suspected-regression',
  'unrepaired',
  'flaky',
  'environment',
  'repaired',
] as const;

/** @param tried All mutants that were run; those that a test noticed count. */
export function trapSections(tried: readonly Trap[], seed: number): Section[] {
  return [headline(tried, seed), by('package', tried), by('kind', tried), reasons(tried)];
}

function headline(tried: readonly Trap[], seed: number): Section {
  const counting = noticed(tried);
  const wrong = counting.filter((trap) => falseRepairs(trap).length > 0);
  const packages = new Set(counting.map(({ mutant }) => mutant.package)).size;
  return {
    title: 'Traps in short',
    header: ['what', 'count'],
    rows: [
      ['seed', String(seed)],
      [`seeded bugs that make a test fail, in ${packages} packages`, String(counting.length)],
      [
        '**of these with a false repair**',
        `${wrong.length} (${percent(wrong.length, counting.length)})`,
      ],
      ['seeded too, but no test noticed', String(ended(tried, 'survived'))],
      [
        'seeded too, but the run broke off (mostly: hung until the time limit)',
        String(ended(tried, 'error')),
      ],
    ],
    notes: [],
  };
}

const noticed = (tried: readonly Trap[]): Trap[] =>
  tried.filter(({ result }) => result.end === 'noticed');

const ended = (tried: readonly Trap[], end: TrapResult['end']): number =>
  tried.filter(({ result }) => result.end === end).length;

function by(column: 'package' | 'kind', tried: readonly Trap[]): Section {
  const keys = [...new Set(tried.map(({ mutant }) => mutant[column]))].sort();
  const row = (key: string, own: readonly Trap[]): string[] => {
    const counting = noticed(own);
    const failures = counting.flatMap(({ result }) => result.failures);
    return [
      key,
      String(counting.length),
      String(counting.filter((trap) => falseRepairs(trap).length > 0).length),
      String(failures.length),
      ...OUTCOMES.map((wanted) =>
        String(failures.filter(({ outcome }) => outcome === wanted).length),
      ),
      String(ended(own, 'survived')),
      String(ended(own, 'error')),
    ];
  };
  return {
    title: `Traps per ${column}`,
    header: [
      column,
      'bugs',
      'false repairs',
      'failing tests',
      ...OUTCOMES,
      'not noticed',
      'broke off',
    ],
    rows: [
      ...keys.map((key) =>
        row(
          key,
          tried.filter(({ mutant }) => mutant[column] === key),
        ),
      ),
      row('total', tried),
    ],
    notes: [
      'bugs: those that count; a false repair is a bug for which at least one test was edited',
    ],
  };
}

/** Why the sentry held back, the most frequent reasons. */
function reasons(tried: readonly Trap[]): Section {
  const rows = refusals(noticed(tried).flatMap(({ result }) => result.failures)).slice(0, 12);
  return { title: 'Traps: why it held back', header: ['reason', 'failing tests'], rows, notes: [] };
}
