import { posix } from 'node:path';
import { proposeForDocs } from '../../docs/rules/propose';
import type { DocContext } from '../../docs/rules/rule';
import type { StaleReference } from '../../docs/stale';
import { mayBeEdited } from '../../guard/allowlist';
import { patchLine } from '../../patch/groups';
import { conflicts, type Operation } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import { reasonOf } from '../../repair/strategy';
import type { Tier } from '../../report/tiers';
import { unrepaired, type Admitted, type Verdict } from '../case';

/** One stale reference on its way to an outcome. */
export interface Finding {
  readonly stale: StaleReference;
  /** From the workspace root. */
  readonly file: string;
  /** `file:line`; with the column, where several stand on the line. */
  readonly id: string;
  /** What is to be done for it; no operations where the edits for others are enough. */
  readonly planned: Admitted | undefined;
  /** The name that it must lead to then. */
  readonly leadsTo: string | null;
  /** Why it can't be repaired. A finding that has one takes no part any more. */
  verdict?: Verdict;
}

/** Asks the rules about each stale reference. */
export function findingsOf(
  stale: readonly StaleReference[],
  context: DocContext,
  accepted: ReadonlySet<Tier>,
): Finding[] {
  const operations: Operation[] = [];
  return stale.map((one) => {
    const { reference } = one;
    const file = posix.join(context.folder, reference.file);
    const shared = { stale: one, file, id: idOf(one, stale, file, context) };
    const answer = proposeForDocs(one, context);
    if ('refused' in answer) {
      const verdict = unrepaired(answer.refused + near(one));
      return { ...shared, planned: undefined, leadsTo: null, verdict };
    }
    const text = context.text(reference.file);
    const edits = answer.operations.map(({ span, before, after }) => ({
      file,
      line: patchLine(text, span.start),
      before,
      after,
    }));
    const planned = { proposal: answer, edits };
    const verdict =
      unaccepted(planned, accepted) ??
      unwritable(file, planned) ??
      (answer.operations.some((own) => operations.some((other) => conflicts(own, other)))
        ? unrepaired('its edit contradicts the edit for another reference', planned)
        : undefined);
    if (!verdict) operations.push(...answer.operations);
    return { ...shared, planned, leadsTo: answer.leadsTo, ...(verdict && { verdict }) };
  });
}

function unaccepted(planned: Admitted, accepted: ReadonlySet<Tier>): Verdict | undefined {
  const { tier } = planned.proposal;
  if (accepted.has(tier)) return undefined;
  const reason = `${reasonOf(planned.proposal)}; edits of the tier "${tier}" are not accepted here`;
  return unrepaired(reason, planned);
}

const unwritable = (file: string, planned: Admitted): Verdict | undefined =>
  mayBeEdited(file)
    ? undefined
    : unrepaired(`${file} is no kind of file that a sentry edits`, planned);

/** Names that are there and alike, for people. */
function near({ now }: StaleReference): string {
  if (now.kind !== 'broken' || now.candidates.length === 0) return '';
  return `; near: ${now.candidates.map(({ name }) => name).join(', ')}`;
}

function idOf(
  { reference }: StaleReference,
  all: readonly StaleReference[],
  file: string,
  context: DocContext,
): string {
  const { line, span } = reference;
  const isAlone =
    all.filter((other) => other.reference.file === reference.file && other.reference.line === line)
      .length === 1;
  if (isAlone) return `${file}:${line}`;
  const start = new LineIndex(context.text(reference.file)).lineStart(line);
  return `${file}:${line}:${span.start - start + 1}`;
}
