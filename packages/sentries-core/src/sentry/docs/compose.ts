import type { SentryError } from '../../errors';
import { reasonOf } from '../../repair/strategy';
import type { FailureRecord, Note, RunRecord } from '../../report/run-record';
import { isHopeful, type Admitted } from '../case';
import { failureRecord as exampleRecord } from '../compose';
import { recordOf, type Composed } from '../record';
import type { Range } from '../relate';
import type { DocRequest } from '../request';
import type { Stopwatch } from '../stopwatch';
import type { Examples } from './examples/examples';
import { exampleId } from './examples/failing-examples';
import type { Finding } from './finding';
import type { Settled } from './settle';

/** How a run ended; what is missing was not reached. */
export interface DocEnding extends Partial<Settled>, Partial<Examples> {
  readonly range: Range | undefined;
  readonly watch: Stopwatch;
  readonly findings?: readonly Finding[];
  readonly notes?: readonly Note[];
  readonly change?: RunRecord['change'];
  readonly model?: RunRecord['model'];
  readonly error?: SentryError;
}

/** Puts the record of a run together. Pure. */
export function composeDocs(request: DocRequest, ending: DocEnding): Composed {
  const { findings = [], cases = [], patch = null, ran = 0, notRun = null, error } = ending;
  const isProven = patch !== null;
  const failures = error
    ? []
    : [
        ...findings.map((one) => failureRecord(one, findings, isProven, request.mode)),
        ...cases.map((one) => ({
          ...exampleRecord(one, isProven, request.mode),
          id: exampleId(one),
        })),
      ];
  const mended = cases.filter(isHopeful).length;
  const { references = 0, repaired = 0, examples = 0, builds } = ending.verification ?? {};
  const verification = patch && {
    ...{ references, repaired, examples, ran, mended, notRun },
    ...(builds !== undefined && { builds }),
  };
  return recordOf(request, 'sentry-doc', { ...ending, failures, patch, verification });
}

function failureRecord(
  one: Finding,
  all: readonly Finding[],
  isProven: boolean,
  mode: DocRequest['mode'],
): FailureRecord {
  const { stale, file, id, verdict } = one;
  const { reference, was, now } = stale;
  const isRepaired = isProven && !verdict;
  const known = isRepaired ? one.planned : (verdict?.known ?? (verdict ? undefined : one.planned));
  const planned = known && reasonOf(known.proposal);
  return {
    id,
    exception: {
      type: 'StaleReference',
      message: `${reference.text} led to ${was.name}: ${now.kind === 'broken' ? now.reason : now.why}`,
    },
    place: { file, line: reference.line },
    outcome: isRepaired ? 'repaired' : 'unrepaired',
    tier: known?.proposal.tier ?? null,
    strategy: known?.proposal.strategy ?? null,
    reason: isRepaired
      ? planned!
      : (verdict?.reason ?? `${planned}; nothing is repaired in mode ${mode}`),
    evidence: [...(known?.proposal.evidence ?? [])],
    edits: known ? [...(isRepaired ? editsFor(one, known, all) : known.edits)] : [],
    suspects: [],
  };
}

/** The edits that repair a finding; of one that needs none of its own, those of its page that follow from the same. */
function editsFor(one: Finding, own: Admitted, all: readonly Finding[]): Admitted['edits'] {
  if (own.edits.length > 0) return own.edits;
  const others = all.filter(({ file, verdict }) => file === one.file && !verdict);
  const alike = others.filter(
    ({ planned }) => planned?.proposal.strategy === own.proposal.strategy,
  );
  const edits = (some: readonly Finding[]): Admitted['edits'] => {
    const texts = some.flatMap(
      ({ planned }) => planned?.edits.map((edit) => JSON.stringify(edit)) ?? [],
    );
    return [...new Set(texts)].map((text) => JSON.parse(text) as Admitted['edits'][number]);
  };
  const found = edits(alike);
  return found.length > 0 ? found : edits(others);
}
