import type { ChangeSet } from '../../change/change-set';
import { ModelError } from '../../model/model-error';
import type { FailureFact } from '../../pytest/facts';
import { takingOtherwise } from '../../repair/evidence-of-change';
import { removedSubject } from '../../repair/rules/removed-subject';
import { mayBeStale, unrepaired, type Case, type Verdict } from '../case';
import { contextOf, type Workshop } from '../plan-round';
import type { ProvingGround, Repaired } from '../repair-loop';
import type { SentryRequest } from '../request';
import { Cancelling, withoutModel } from './ending';
import { mend, type Desk } from './mend';
import { Models } from './models';

/**
 * Puts what the rules have left before a model: one failure after the other, each judged first, then mended, each edit
 * proven together with all that holds already. Where no model is to be had, what the rules found stands.
 */
export async function generate(
  settled: Repaired,
  request: SentryRequest,
  workshop: Workshop,
  ground: ProvingGround,
): Promise<Repaired> {
  const left = leftOver(settled, workshop);
  if (left.length === 0) return settled;
  const cancelling = new Cancelling();
  let models: Models;
  let standing = settled;
  try {
    try {
      models = await Models.open(request, workshop.watch, cancelling.signal);
    } catch (error) {
      cancelling.check(error);
      return without(settled, left, error, request);
    }
    const desk: Desk = { request, workshop, ground, models };
    const queue = [...left];
    for (const one of queue) {
      if (!one.verdict) continue;
      const before = one.verdict;
      cancelling.check();
      try {
        const known = new Set(standing.cases);
        const open = leftOver(standing, workshop);
        const mended = await mend(one, open, standing, desk);
        if ('verdict' in mended) {
          one.verdict = joined(before, mended.verdict, request);
          continue;
        }
        standing = mended;
        const fresh = standing.cases.filter((other) => !known.has(other));
        for (const other of fresh) other.verdict = unrepaired(REVEALED);
        queue.push(...fresh);
      } catch (error) {
        cancelling.check(error);
        if (!(error instanceof ModelError)) throw error;
        const rest = queue.filter(({ verdict }) => verdict?.outcome === 'unrepaired');
        return { ...without(standing, rest, error, request), model: models.usage };
      }
    }
    return { ...standing, model: models.usage };
  } finally {
    cancelling.end();
  }
}

const REVEALED = 'it came to light only when its file could be collected again';

/** The failures that a model may be asked about: not repaired, and not known to be something else than a stale test. */
function leftOver({ cases, retest }: Repaired, { change, files, accepted }: Workshop): Case[] {
  if (change.isEmpty || !accepted.has('generated')) return [];
  const context = contextOf(change, files);
  const failing = retest && new Set(retest.full.failures.map(({ key }) => key));
  return cases.filter((one) => {
    const { first, failure, verdict, unsteady } = one;
    if (unsteady !== undefined || !mayBeStale(one)) return false;
    if (verdict?.isRaised && !takesOtherwise(failure, change, files)) return false;
    if (first.when === 'conftest' || (failing && !failing.has(first.key))) return false;
    return removedSubject.propose(failure, context) === undefined;
  });
}

/** True where the file of a test calls what takes something else now: what went wrong in changed code may be the call. */
function takesOtherwise(
  { file }: FailureFact,
  change: ChangeSet,
  files: Workshop['files'],
): boolean {
  const source = file === null ? undefined : files.get(file);
  return source !== undefined && source.callsNamed(takingOtherwise(change.files)).length > 0;
}

/** Said once; it is no error, and what the rules say of the failures stays. */
function without(
  standing: Repaired,
  left: readonly Case[],
  error: unknown,
  request: SentryRequest,
): Repaired {
  const reason = withoutModel(error, request);
  if (reason !== undefined) {
    for (const one of left.filter(({ verdict }) => verdict?.outcome === 'unrepaired'))
      one.verdict = unrepaired(reason);
  }
  return standing;
}

/** What the rules said of it is still true. */
function joined(before: Verdict, now: Verdict, { strategy }: SentryRequest): Verdict {
  const isWeaker = now.outcome === 'unrepaired' && before.outcome !== 'unrepaired';
  if (!isWeaker && (strategy === 'model' || now.outcome !== 'unrepaired')) return now;
  return { ...before, reason: `${before.reason}; ${now.reason}` };
}
