import { posix } from 'node:path';
import type { Refusal } from '../../repair/strategy';
import type { Evidence } from '../../report/run-record';
import type { DeclaredOption } from '../code/declared-options';
import type { StaleReference } from '../stale';
import { otherUser } from './other-user';
import { replacement, type DocContext, type DocProposal, type DocRule } from './rule';
import { parameterChange, parameterLines } from './signature-of';

/** A default that the change exchanged for another: in a signature, a table, after "defaults to". */
export const changedDefault: DocRule = {
  id: 'doc-changed-default',
  propose(stale, context) {
    const { reference } = stale;
    if (reference.kind !== 'default') return undefined;
    if (stale.was.kind === 'option') return ofOption(stale, context);
    const found = parameterChange(stale, context);
    if (!found) return undefined;
    const { taker, parameter, change } = found;
    const old = change.old.parameters.find(({ name }) => name === parameter);
    const now = change.now.get(parameter);
    if (!old || !now || change.old.doubt !== null || change.new.doubt !== null)
      return { refused: `what ${taker} takes is not for sure` };
    if (old.default === null || now.default === null)
      return { refused: `${now.name} of ${taker} has no default any more` };
    if (old.default === now.default) return undefined;
    const after = inQuotesOf(reference.text, now.default);
    return {
      strategy: this.id,
      tier: 'explained',
      operations: [replacement(reference, after, context)],
      evidence: parameterLines(found, old, now),
      causes: [],
      says: `the default of ${parameter} of ${taker} is ${now.default} instead of ${old.default}`,
      leadsTo: `${taker.slice(0, taker.length - change.old.path.length)}${change.new.path}(${now.name})`,
    };
  },
};

/** `--retries (default 3)`, as argparse, click or typer have it now. */
function ofOption(
  { reference, was }: StaleReference,
  context: DocContext,
): DocProposal | Refusal | undefined {
  const [old, now] = [context.base, context.head].map(({ settings }) =>
    settings.optionOf(was.name),
  );
  if (!old || !now || old.default === null || now.default === null)
    return { refused: `what ${was.name} has by default is not for sure` };
  const other = otherUser(was.name, reference, context);
  if (other !== undefined)
    return { refused: `\`${other}\` takes an option ${was.name} on this page, too` };
  const line = (one: DeclaredOption, side: Evidence['side'], says: string): Evidence => {
    const { head, base, folder } = context;
    const source = (side === 'head' ? head : base).moduleOf(one.file)!.source;
    const file = posix.join(folder, one.file);
    return { file, line: one.line, side, text: source.lines.line(one.line).trim(), says };
  };
  return {
    strategy: changedDefault.id,
    tier: 'explained',
    operations: [replacement(reference, inQuotesOf(reference.text, now.default), context)],
    evidence: [line(old, 'base', 'it was declared here'), line(now, 'head', 'it is declared here')],
    causes: [],
    says: `the default of ${was.name} is ${now.default} instead of ${old.default}`,
    leadsTo: was.name,
  };
}

/** A plain string with the marks that the text uses; anything else as it is. */
function inQuotesOf(written: string, value: string): string {
  const [quote, content] = [/^["']/.exec(written)?.[0], /^(["'])([^"'\\\n]*)\1$/.exec(value)?.[2]];
  return quote !== undefined && content !== undefined ? quote + content + quote : value;
}
