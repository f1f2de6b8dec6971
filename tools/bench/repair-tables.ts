import { judged, refusals, type Judged, type PairResult, type Proposing } from './repair-report';
import { percent, type Section } from './table';

/** All that the benchmark has to say at its end. */
export function sections(results: readonly PairResult[]): Section[] {
  return [
    headline(results),
    byPair(results),
    byPackage(results),
    byRule(results),
    byTier(results),
    times(results),
    reasons(results),
  ];
}

/** The figures that one asks for first. */
function headline(results: readonly PairResult[]): Section {
  const all = judged(results);
  const there = all.filter(({ upstream }) => !upstream.gone);
  const gone = all.filter(({ upstream }) => upstream.gone);
  const repaired = repairedOf(there);
  const agreeing = repaired.filter(({ upstream }) => upstream.agreement !== 'different');
  const packages = new Set(results.map((result) => result.package));
  return {
    title: 'In short',
    header: ['what', 'count', 'of', 'share'],
    rows: [
      ['pairs of releases', String(results.length), `${packages.size} packages`, ''],
      ['tests that fail', String(all.length), '', ''],
      share('of these, the newer release still has', there, all),
      share('**repaired, of those it still has**', repaired, there),
      share('the same by test function, rows of parameters together', ...functions(there)),
      share('repaired, of those that are gone upstream', repairedOf(gone), gone),
      share(
        'same edit as upstream or equivalent, of the repaired it still has',
        agreeing,
        repaired,
      ),
      share('weakened, of all repaired', repairedOf(all).filter(isWeakened), repairedOf(all)),
    ],
    notes: [],
  };
}

/** The test functions of which all failing rows are repaired, and all: one cause may fail many rows. */
function functions(all: readonly Judged[]): [repaired: string[], all: string[]] {
  const nameOf = ({ pair, failure }: Judged): string => `${pair} ${failure.id.split('[')[0]}`;
  const names = [...new Set(all.map(nameOf))];
  const open = new Set(
    all.filter(({ failure }) => failure.outcome !== 'repaired').map((one) => nameOf(one)),
  );
  return [names.filter((name) => !open.has(name)), names];
}

const share = (what: string, part: readonly unknown[], whole: readonly unknown[]): string[] => [
  what,
  String(part.length),
  String(whole.length),
  percent(part.length, whole.length),
];

const COLUMNS = [
  'failures',
  'gone',
  'there',
  'repaired',
  'share',
  'same',
  'equivalent',
  'different',
  'weakened',
].concat('suspected', 'unrepaired', 'other', 'gone, repaired');

function byPair(results: readonly PairResult[]): Section {
  return {
    title: 'Per pair',
    header: ['pair', ...COLUMNS, 'repair / run'],
    rows: [
      ...results.map((result) => [result.name, ...cells(judged([result])), timeRatio(result)]),
      ['total', ...cells(judged(results)), ''],
    ],
    notes: NOTES,
  };
}

const NOTES = [
  'gone: upstream has no test of that name any more; there: it has; repaired, share: of those there',
  'same, equivalent, different: the repaired ones of those there, beside upstream’s version',
  'weakened: passes on the older source though upstream’s version fails there, or lost a check',
  'suspected, unrepaired, other (flaky, environment): outcomes of all that is not repaired',
  'repair / run: from the facts to the verified patch, as a multiple of the first test run',
];

function byPackage(results: readonly PairResult[]): Section {
  const names = [...new Set(results.map((result) => result.package))];
  const rows = names.map((name) => {
    const own = results.filter((result) => result.package === name);
    return [name, String(own.length), ...cells(judged(own))];
  });
  return { title: 'Per package', header: ['package', 'pairs', ...COLUMNS], rows, notes: [] };
}

function cells(all: readonly Judged[]): string[] {
  const there = all.filter(({ upstream }) => !upstream.gone);
  const gone = all.filter(({ upstream }) => upstream.gone);
  const repaired = repairedOf(there);
  const outcome = (...wanted: string[]): number =>
    all.filter(({ failure }) => wanted.includes(failure.outcome)).length;
  return [
    ...[all.length, gone.length, there.length, repaired.length].map(String),
    percent(repaired.length, there.length),
    ...agreements(all),
    String(outcome('suspected-regression')),
    String(outcome('unrepaired')),
    String(outcome('flaky', 'environment')),
    String(repairedOf(gone).length),
  ];
}

const AGREEMENTS = ['same edit', 'equivalent', 'different'] as const;

/** The counts of agreement, and of what is weakened. */
const agreements = (all: readonly Judged[]): string[] => [
  ...AGREEMENTS.map((wanted) =>
    String(all.filter(({ upstream }) => upstream.agreement === wanted).length),
  ),
  String(all.filter(isWeakened).length),
];

const repairedOf = (all: readonly Judged[]): Judged[] =>
  all.filter(({ failure }) => failure.outcome === 'repaired');

const isWeakened = ({ upstream }: Judged): boolean => upstream.weakened !== null;

const byRule = (results: readonly PairResult[]): Section =>
  proposals('Per rule', 'rule', results, ({ failure }) => failure.strategy);

const byTier = (results: readonly PairResult[]): Section =>
  proposals('Per tier', 'tier', results, ({ failure }) => failure.tier);

function proposals(
  title: string,
  column: string,
  results: readonly PairResult[],
  keyOf: (one: Judged) => string | null,
): Section {
  const all = judged(results);
  const rows = [...new Set(all.map(keyOf))]
    .map((key) => ({ key, own: all.filter((one) => keyOf(one) === key) }))
    .toSorted((one, other) => other.own.length - one.own.length)
    .map(({ key, own }) => {
      const repaired = repairedOf(own);
      const gone = repaired.filter(({ upstream }) => upstream.gone).length;
      const counts = [own.length, repaired.length, gone, own.length - repaired.length];
      return [key ?? '(no edit found)', ...counts.map(String), ...agreements(own)];
    });
  const header = [
    column,
    'failures',
    'repaired',
    'of these gone',
    'refused',
    ...COLUMNS.slice(5, 9),
  ];
  return { title, header, rows, notes: [] };
}

function times(results: readonly PairResult[]): Section {
  const perRun = (of: (proposing: Proposing) => number): number[] =>
    results.map(({ proposing }) => of(proposing));
  const perRepair = results.flatMap(({ record }) =>
    record.patch ? [afterFacts(record.timings)] : [],
  );
  const row = (what: string, values: readonly number[]): string[] => [
    what,
    String(values.length),
    ...[50, 95, 100].map((share) => milliseconds(percentile(values, share))),
  ];
  return {
    title: 'Time',
    header: ['milliseconds', 'count', '50 %', '95 %', 'most'],
    rows: [
      row(
        '**facts → proposal, per failure**',
        results.flatMap(({ proposing }) => proposing.proposals),
      ),
      row(
        'once a run: the change is read',
        perRun(({ relate }) => relate),
      ),
      row(
        'once a run: the test files are parsed',
        perRun(({ parse }) => parse),
      ),
      row(
        'once a run: what the change means is worked out',
        perRun(({ analyse }) => analyse),
      ),
      row(
        'all of it, per run',
        perRun(({ relate, parse, analyse, proposals }) =>
          [relate, parse, analyse, ...proposals].reduce((sum, ms) => sum + ms),
        ),
      ),
      row('facts → verified patch, per pair that got one', perRepair),
    ],
    notes: [
      'facts → proposal: all rules that one failure was put to (mode report); what is done once a run, when the first failure needs it, is in the lines of its own',
    ],
  };
}

const milliseconds = (ms: number | undefined): string =>
  ms === undefined ? '—' : ms.toFixed(ms < 10 ? 1 : 0);

/** By the nearest rank; undefined for no values. */
function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((share / 100) * sorted.length) - 1];
}

function reasons(results: readonly PairResult[]): Section {
  const rows = refusals(results.flatMap(({ record }) => record.failures));
  return {
    title: 'What was not repaired, and why',
    header: ['reason', 'failures'],
    rows,
    notes: [],
  };
}

function timeRatio({ record }: PairResult): string {
  const { sense } = record.timings;
  return record.patch && sense ? (afterFacts(record.timings) / sense).toFixed(2) : '—';
}

/** Milliseconds from the facts to the verified patch; git answers while pytest runs. */
function afterFacts(timings: Readonly<Record<string, number>>): number {
  const phases = Object.entries(timings).filter(([phase]) => !['sense', 'range'].includes(phase));
  return phases.reduce((sum, [, ms]) => sum + ms, 0);
}
