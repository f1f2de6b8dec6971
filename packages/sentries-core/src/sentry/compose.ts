import { isAbsolute } from 'node:path';
import type { SentryError } from '../errors';
import type { PytestRun } from '../pytest/run';
import type { FailureFact } from '../pytest/facts';
import { reasonOf } from '../repair/strategy';
import type { FailureRecord, RunRecord } from '../report/run-record';
import { weakest } from '../report/tiers';
import { isHopeful, type Admitted, type Case } from './case';
import type { Range } from './relate';
import { recordOf, type Composed } from './record';
import type { Repaired } from './repair-loop';
import type { SentryRequest } from './request';
import type { Stopwatch } from './stopwatch';

/** How a run ended; what is missing was not reached. */
export interface Ending extends Partial<Repaired> {
  readonly range: Range | undefined;
  readonly watch: Stopwatch;
  readonly sensed: PytestRun | undefined;
  /** What the run worked on; null where files changed meanwhile. */
  readonly change?: RunRecord['change'];
  readonly error?: SentryError;
}

/** Puts the record of a run together. Pure; equal runs give equal records but for `timings`. */
export function compose(request: SentryRequest, ending: Ending): Composed {
  const { sensed, error, retest } = ending;
  const patch = ending.patch ?? null;
  const failures = error
    ? brokenFailures(request, sensed, error)
    : (ending.cases ?? []).map((one) => failureRecord(one, patch !== null, request.mode));
  const cases = (ending.cases ?? []).filter(isHopeful);
  const verification = retest
    ? {
        tests: retest.full.started.size,
        repaired: cases.length,
        failOnOldSource: retest.old ? cases.filter(isExplained).length : 0,
      }
    : null;
  return recordOf(request, 'sentry-test', { ...ending, failures, patch, verification });
}

const isExplained = ({ admitted }: Case): boolean =>
  admitted.some(({ proposal }) => proposal.tier !== 'unexplained');

/** @param proven Whether a patch came out that holds as a whole. */
export function failureRecord(
  one: Case,
  proven: boolean,
  mode: SentryRequest['mode'],
): FailureRecord {
  const { verdict, admitted } = one;
  if (isHopeful(one) && proven) return described(one.first, 'repaired', saysOf(admitted), admitted);
  const known = verdict ? (verdict.known ? [verdict.known] : []) : admitted;
  const planned = `${saysOf(admitted)}; nothing is repaired in mode ${mode}`;
  const reason = verdict?.reason ?? (admitted.length > 0 ? planned : TOO_DEEP);
  const outcome = verdict?.outcome ?? 'unrepaired';
  const suspects = outcome === 'suspected-regression' ? [...(one.suspects ?? [])] : [];
  return { ...described(one.first, outcome, reason, known), suspects };
}

const TOO_DEEP = 'it came to light only after the last round of edits: run the task again';

const saysOf = (admitted: readonly Admitted[]): string =>
  [...new Set(admitted.map(({ proposal }) => reasonOf(proposal)))].join('; ');

function described(
  fact: FailureFact,
  outcome: FailureRecord['outcome'],
  reason: string,
  admitted: readonly Admitted[],
): FailureRecord {
  const { id, exception } = fact;
  const proposals = admitted.map(({ proposal }) => proposal);
  const tier = weakest(proposals.map((proposal) => proposal.tier));
  return {
    id,
    exception: shown(exception),
    place: placeOf(fact),
    outcome,
    tier: tier ?? null,
    strategy: proposals.find((proposal) => proposal.tier === tier)?.strategy ?? null,
    reason,
    evidence: proposals.flatMap(({ evidence }) => evidence),
    edits: admitted.flatMap(({ edits }) => edits),
    suspects: [],
  };
}

/** The innermost line of the test's own file, or the example of its doctest. */
function placeOf({ file, frames, doctest }: FailureFact): FailureRecord['place'] {
  const own = doctest ?? frames.findLast((frame) => frame.file === file);
  const line = own?.line ?? null;
  return own && line !== null && !isAbsolute(own.file) ? { file: own.file, line } : null;
}

/** Of a run that broke off: the cause, and the failures seen until then. */
function brokenFailures(
  request: SentryRequest,
  sensed: PytestRun | undefined,
  error: SentryError,
): FailureRecord[] {
  if (!sensed) return [];
  const seen = sensed.failures.map((failure) =>
    described(failure, 'unrepaired', 'the run did not get as far as a repair', []),
  );
  if (sensed.exit === 'failed' || sensed.exit === 'passed') return seen;
  const fact = {
    id: sensed.running ?? request.folder,
    exception: { type: error.name, message: '' },
  };
  const broken: FailureRecord = {
    ...fact,
    place: null,
    outcome: 'environment',
    tier: null,
    strategy: null,
    reason: error.message,
    evidence: [],
    edits: [],
    suspects: [],
  };
  return [...seen.filter(({ id }) => id !== broken.id), broken];
}

const shown = ({ type, message }: FailureFact['exception']): FailureRecord['exception'] => ({
  type: type.replace(/^builtins\./, ''),
  message,
});
