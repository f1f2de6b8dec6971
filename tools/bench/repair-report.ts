import type { FailureRecord, RunRecord } from 'sentries-core';
import type { Upstream } from './repair-agreement';
import { oneLine } from './table';

/** From the facts to the proposals, in milliseconds, of a run that only diagnoses. */
export interface Proposing {
  /** Once a run: reading the change, working out what it means, parsing the test files. */
  readonly relate: number;
  readonly analyse: number;
  readonly parse: number;
  /** For each failure, without what is above. */
  readonly proposals: readonly number[];
}

/** What one pair came to. */
export interface PairResult {
  readonly name: string;
  readonly package: string;
  readonly record: RunRecord;
  /** By node id. */
  readonly upstream: ReadonlyMap<string, Upstream>;
  readonly proposing: Proposing;
}

/** One failure with what upstream says of it. */
export interface Judged {
  readonly pair: string;
  readonly failure: FailureRecord;
  readonly upstream: Upstream;
}

export function judged(results: readonly PairResult[]): Judged[] {
  return results.flatMap(({ name, record, upstream }) =>
    record.failures.map((failure) => ({
      ...{ pair: name, failure },
      upstream: upstream.get(failure.id)!,
    })),
  );
}

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
  if (upstream?.agreement) parts.push(`${upstream.agreement}${vs(upstream.agreement)} upstream`);
  if (upstream?.gone) parts.push('test gone upstream');
  if (upstream?.weakened) parts.push(`WEAKENED: ${upstream.weakened}`);
  return parts.join(', ');
}

const vs = (agreement: string): string => (agreement === 'equivalent' ? ' to' : ' as');

/** Edits that say something else than upstream's, in full: they are few, and each is worth a look. */
export function differences(results: readonly PairResult[]): string[] {
  return results.flatMap(({ name, record, upstream }) =>
    record.failures
      .filter(({ id }) => {
        const { agreement, weakened } = upstream.get(id)!;
        return agreement === 'different' || weakened !== null;
      })
      .flatMap(({ id, edits }) => [`${name} · ${id}`, ...edits.flatMap(editLines)]),
  );
}

export const editLines = ({
  file,
  line,
  before,
  after,
}: FailureRecord['edits'][number]): string[] => [
  `    ${file}:${line}`,
  ...before.split('\n').map((text) => `    - ${text}`),
  ...after.split('\n').map((text) => `    + ${text}`),
];

/** Why failures were not repaired, the most frequent reason first. */
export function refusals(
  failures: readonly Pick<FailureRecord, 'outcome' | 'reason'>[],
): [reason: string, count: string][] {
  const found = new Map<string, number>();
  for (const { outcome, reason } of failures) {
    if (outcome === 'repaired') continue;
    const kind = `${outcome}: ${kindOf(reason)}`;
    found.set(kind, (found.get(kind) ?? 0) + 1);
  }
  return [...found]
    .toSorted(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .map(([kind, count]) => [kind, String(count)]);
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
