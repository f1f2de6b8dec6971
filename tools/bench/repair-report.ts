import type { FailureRecord, RunRecord } from 'sentries-core';
import { oneLine, percent, table } from './table';
import type { Upstream } from './upstream';

/** What one pair came to. */
export interface PairResult {
  readonly name: string;
  readonly record: RunRecord;
  /** By node id. */
  readonly upstream: ReadonlyMap<string, Upstream>;
}

const OUTCOMES = [
  'repaired',
  'suspected-regression',
  'unrepaired',
  'flaky',
  'environment',
] as const;

const MARKS: Readonly<Record<string, string>> = { repaired: '✔', flaky: '~' };

/** One line a failure. */
export function failureLines({ record, upstream }: PairResult): string[] {
  const lines = record.failures.map((failure) => {
    const { id, outcome, tier, strategy, reason } = failure;
    const how = tier && strategy ? ` (${tier}/${strategy})` : '';
    const parts = [oneLine(id, 90), `${outcome}${how}`, comparison(upstream.get(id))];
    const shown = [...parts, oneLine(reason, 110)].filter((part) => part !== '');
    return `  ${MARKS[outcome] ?? '✘'} ${shown.join(' · ')}`;
  });
  if (record.error) lines.push(`  ✘ error: ${oneLine(record.error.message, 200)}`);
  return lines;
}

function comparison(upstream: Upstream | undefined): string {
  const parts = [];
  if (upstream?.sameEdit === true) parts.push('same edit as upstream');
  if (upstream?.sameEdit === false) parts.push('differs from upstream');
  if (upstream?.gone) parts.push('test gone upstream');
  return parts.join(', ');
}

/** A line a pair, and one for all of them. */
export function summaryTable(results: readonly PairResult[]): string[] {
  const header = ['pair', 'failures', ...OUTCOMES, 'same edit', 'gone upstream', 'repair / run'];
  const rows = results.map((result) => [
    result.name,
    ...counts(result.record.failures),
    sameEdits([result]).join('/'),
    String(goneUpstream([result])),
    result.record.patch ? timeRatio(result.record) : '—',
  ]);
  const failures = results.flatMap(({ record }) => record.failures);
  const same = sameEdits(results);
  const gone = goneUpstream(results);
  const shares = OUTCOMES.map((outcome) => percent(countOf(failures, outcome), failures.length));
  return [
    ...table(header, [
      ...rows,
      ['total', ...counts(failures), same.join('/'), String(gone), ''],
      ['', '', ...shares, percent(...same), percent(gone, failures.length), ''],
    ]),
    '',
    'same edit: of the repaired tests, those whose new lines upstream wrote as well',
    'gone upstream: failing tests that the newer release does not have any more, under their name',
    'repair / run: from the facts to the verified patch, as a multiple of the first test run',
  ];
}

/** Why failures were not repaired, the most frequent reason first. */
export function refusals(results: readonly PairResult[]): string[] {
  const found = new Map<string, number>();
  for (const { outcome, reason } of results.flatMap(({ record }) => record.failures)) {
    if (outcome === 'repaired') continue;
    const kind = `${outcome}: ${kindOf(reason)}`;
    found.set(kind, (found.get(kind) ?? 0) + 1);
  }
  return [...found]
    .toSorted(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .map(([kind, count]) => `${String(count).padStart(4)}  ${kind}`);
}

/** A reason without what is particular to one failure, so that equal ones can be counted. */
function kindOf(reason: string): string {
  const general = reason
    .replace(/^.* becomes .*, which /s, 'a new value, which ')
    .replace(/^(with the edit the test still fails): .*$/s, '$1')
    .replace(/\S+\.py:\d+/g, '<file>')
    .replace(/^with its edit .* does not pass/s, 'with its edit <another test> does not pass');
  return oneLine(general, 120);
}

const countOf = (failures: readonly FailureRecord[], wanted: string): number =>
  failures.filter(({ outcome }) => outcome === wanted).length;

const counts = (failures: readonly FailureRecord[]): string[] => [
  String(failures.length),
  ...OUTCOMES.map((outcome) => String(countOf(failures, outcome))),
];

const upstreams = (results: readonly PairResult[]): Upstream[] =>
  results.flatMap(({ upstream }) => [...upstream.values()]);

const goneUpstream = (results: readonly PairResult[]): number =>
  upstreams(results).filter(({ gone }) => gone).length;

/** The same edits, and all repairs. */
function sameEdits(results: readonly PairResult[]): [same: number, repaired: number] {
  const repaired = upstreams(results).filter(({ sameEdit }) => sameEdit !== null);
  return [repaired.filter(({ sameEdit }) => sameEdit).length, repaired.length];
}

function timeRatio({ timings }: RunRecord): string {
  const { sense, relate = 0, repair = 0 } = timings;
  return sense ? ((relate + repair) / sense).toFixed(2) : '—';
}
