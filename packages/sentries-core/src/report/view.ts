import type { FailureRecord, Outcome, RunRecord } from './run-record';
import { verifiedBy } from './verified';

/** A piece of a line: of our own words, or of code. */
export type Piece = string | { readonly code: string };

/** A run as it is told to people, whatever it is written in. */
export interface View {
  readonly title: string;
  readonly result: RunRecord['result'];
  /** `3 failures: 2 repaired, 1 suspected-regression`. */
  readonly summary: string;
  readonly base: string;
  readonly head: string;
  readonly error: RunRecord['error'];
  /** One for each outcome that there is, suspected regressions first. */
  readonly groups: readonly { readonly title: string; readonly failures: readonly FailureView[] }[];
  /** What is worth a look, and no failure. */
  readonly notes: readonly { readonly place: string; readonly says: string }[];
  readonly patch: { readonly line: readonly Piece[]; readonly verified: string } | null;
}

export interface FailureView {
  readonly id: string;
  readonly reason: string;
  /** Tier and strategy; null where nothing was proposed. */
  readonly how: string | null;
  /** Edits, evidence and suspects. */
  readonly points: readonly (readonly Piece[])[];
  readonly exception: string;
}

const TITLES: Readonly<Record<Outcome, string>> = {
  'suspected-regression': 'Suspected regressions: the code may be wrong',
  repaired: 'Repaired',
  unrepaired: 'Not repaired',
  flaky: 'Flaky',
  environment: 'The run itself is broken',
};

/** The title of the notes. */
export const NOTES = 'Worth a look: no failures';

const OUTCOMES = Object.keys(TITLES) as Outcome[];

export function viewOf(record: RunRecord): View {
  const groups = OUTCOMES.map((outcome) => ({
    title: TITLES[outcome],
    failures: record.failures.filter((failure) => failure.outcome === outcome).map(failureView),
  }));
  return {
    title: `${record.sentry}: ${record.project}`,
    result: record.result,
    summary: summary(record),
    base: record.base ?? 'none',
    head: record.head ?? 'working tree',
    error: record.error,
    groups: groups.filter(({ failures }) => failures.length > 0),
    notes: (record.notes ?? []).map(({ file, line, says }) => ({ place: `${file}:${line}`, says })),
    patch: patchView(record),
  };
}

/** `3 failures: 2 repaired, 1 suspected-regression`. */
export function summary({ failures }: RunRecord): string {
  if (failures.length === 0) return 'no failures';
  const counts = OUTCOMES.map(
    (outcome) =>
      [failures.filter((failure) => failure.outcome === outcome).length, outcome] as const,
  )
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome}`);
  return `${failures.length} failure${failures.length === 1 ? '' : 's'}: ${counts.join(', ')}`;
}

function patchView({ patch, verification }: RunRecord): View['patch'] {
  if (!patch || !verification) return null;
  const files = patch.files.flatMap((file, at) => [...(at > 0 ? [', '] : []), { code: file }]);
  const sizes = `${patch.files.length} file(s), +${patch.added} −${patch.removed}: `;
  return { line: [sizes, ...files], verified: verifiedBy(verification) };
}

function failureView(failure: FailureRecord): FailureView {
  const { edits, evidence, suspects, tier, strategy, exception } = failure;
  const made = failure.outcome === 'repaired' ? '' : ' (not made)';
  const points: Piece[][] = [
    ...edits.map(({ file, line, before, after }): Piece[] => [
      `${file}:${line}${made}: `,
      { code: before },
      ' → ',
      { code: after },
    ]),
    ...evidence.map(({ file, line, side, text, says }): Piece[] => [
      `${side} ${file}:${line}, ${says}: `,
      { code: text },
    ]),
    ...suspects.map(({ file, line, side, text }): Piece[] => [
      `${side} ${file}:${line}, ${side === 'base' ? 'taken away where it runs' : 'changed, and executed'}: `,
      { code: text.trim() },
    ]),
  ];
  return {
    id: failure.id,
    reason: failure.reason,
    how: tier && `Tier: ${tier} · strategy: ${strategy}`,
    points,
    exception: `${exception.type}: ${exception.message}`,
  };
}
