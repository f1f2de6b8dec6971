import { posix } from 'node:path';
import { proposeForDocs, RULES } from '../../docs/rules/propose';
import type { DocContext, DocRule } from '../../docs/rules/rule';
import type { StaleReference } from '../../docs/stale';
import { mayBeEdited } from '../../guard/allowlist';
import { patchLine } from '../../patch/groups';
import { conflicts, type Operation } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import { reasonOf, type Proposal } from '../../repair/strategy';
import type { Tier } from '../../report/tiers';
import { unrepaired, type Admitted, type Verdict } from '../case';
import { linksAlong } from './heading-links';

/** One stale reference on its way to an outcome. */
export interface Finding {
  readonly stale: StaleReference;
  /** From the workspace root. */
  readonly file: string;
  /** `file:line`; with the column, where several stand on the line. */
  readonly id: string;
  /** What is to be done for it; no operations where the edits for others are enough. */
  planned: Admitted | undefined;
  /** The name that it must lead to then; null where it goes, since there is no such thing any more. */
  leadsTo: string | null;
  /** Why it can't be repaired. A finding that has one takes no part any more. */
  verdict?: Verdict;
}

/** Asks the rules about each stale reference. */
export function findingsOf(
  stale: readonly StaleReference[],
  context: DocContext,
  accepted: ReadonlySet<Tier>,
  rules: readonly DocRule[] = RULES,
): Finding[] {
  const operations: Operation[] = [];
  const findings = stale.map((one): Finding => {
    const { reference } = one;
    const file = posix.join(context.folder, reference.file);
    const shared = { stale: one, file, id: idOf(one, stale, file, context) };
    const told = proposeForDocs(one, context, rules);
    // What stands in an entry that is removed needs no edit of its own.
    const isGone =
      !('refused' in told) &&
      told.operations.length > 0 &&
      told.operations.every((own) => operations.some((other) => removes(other, own)));
    const answer = isGone ? { ...told, operations: [], leadsTo: null } : told;
    if ('refused' in answer) {
      const verdict = unrepaired(answer.refused + near(one));
      return { ...shared, planned: undefined, leadsTo: null, verdict };
    }
    const text = context.text(reference.file);
    const planned = admittedOf(answer, text);
    const reason = unwritable(file);
    const verdict =
      unaccepted(planned, accepted) ??
      (reason === undefined ? undefined : unrepaired(reason, planned)) ??
      (answer.operations.some((own) => operations.some((other) => conflicts(own, other)))
        ? unrepaired('its edit contradicts the edit for another reference', planned)
        : undefined);
    if (!verdict) operations.push(...answer.operations);
    return { ...shared, planned, leadsTo: answer.leadsTo, ...(verdict && { verdict }) };
  });
  const links = linksAlong(findings, context);
  return findings.map((one) => {
    const more = links.get(one);
    if (!more || !one.planned) return one;
    const { proposal } = one.planned;
    const whole = { ...proposal, operations: [...proposal.operations, ...more] };
    return { ...one, planned: admittedOf(whole, context.text(one.stale.reference.file)) };
  });
}

/** True where another operation takes out all that one is about, and more. */
const removes = (other: Operation, { file, span }: Operation): boolean =>
  other.file === file &&
  other.after === '' &&
  other.span.start < span.start &&
  span.end <= other.span.end;

function unaccepted(planned: Admitted, accepted: ReadonlySet<Tier>): Verdict | undefined {
  const { tier } = planned.proposal;
  if (accepted.has(tier)) return undefined;
  const reason = `${reasonOf(planned.proposal)}; edits of the tier "${tier}" are not accepted here`;
  return unrepaired(reason, planned);
}

/** Why a file can't be edited, whatever the edit. */
export const unwritable = (file: string): string | undefined =>
  mayBeEdited(file) ? undefined : `${file} is no kind of file that a sentry edits`;

/** A proposal with its edits in the terms of the record. */
export function admittedOf(proposal: Proposal, text: string): Admitted {
  const edits = proposal.operations.map(({ file, span, before, after }) => ({
    file,
    line: patchLine(text, span.start),
    before,
    after,
  }));
  return { proposal, edits };
}

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
