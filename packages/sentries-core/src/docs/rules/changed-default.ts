import { replacement, type DocRule } from './rule';
import { parameterChange, parameterLines } from './signature-of';

/** A default that the change exchanged for another: in a signature, a table, after "defaults to". */
export const changedDefault: DocRule = {
  id: 'doc-changed-default',
  propose(stale, context) {
    const { reference } = stale;
    if (reference.kind !== 'default') return undefined;
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

/** A plain string with the marks that the text uses; anything else as it is. */
function inQuotesOf(written: string, value: string): string {
  const [quote, content] = [/^["']/.exec(written)?.[0], /^(["'])([^"'\\\n]*)\1$/.exec(value)?.[2]];
  return quote !== undefined && content !== undefined ? quote + content + quote : value;
}
