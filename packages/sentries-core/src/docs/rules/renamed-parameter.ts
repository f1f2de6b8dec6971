import type { Reference } from '../reference';
import { replacement, type DocContext, type DocRule } from './rule';
import { ownerAtHead, parameterChange, parameterLines } from './signature-of';

/** A parameter that the change renamed: in a signature, a docstring's section, a list, a table, a call by keyword. */
export const renamedParameter: DocRule = {
  id: 'doc-renamed-parameter',
  propose(stale, context) {
    if (stale.was.kind !== 'parameter' || stale.reference.kind === 'default') return undefined;
    const found = parameterChange(stale, context);
    if (!found) return undefined;
    const { taker, parameter, change } = found;
    const old = change.old.parameters.find(({ name }) => name === parameter);
    const now = change.now.get(parameter);
    if (!old || change.old.doubt !== null || change.new.doubt !== null)
      return { refused: `what ${taker} takes is not for sure` };
    if (change.unclear.has(parameter))
      return {
        refused: `nothing says whether ${parameter} of ${taker} was renamed, or made way for another parameter`,
      };
    if (!now || now.name === parameter) return undefined;
    if (tellsOf(now.name, stale.reference, context))
      return { refused: `${parameter} of ${taker} became ${now.name}, which is told beside it` };
    const holder = context.head.lookup([...ownerAtHead(taker, change.old.path, change.new.path)]);
    if (holder.kind !== 'found') return { refused: `${taker} is not found in the project's code` };
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: [replacement(stale.reference, now.name, context)],
      evidence: parameterLines(found, old, now),
      causes: [],
      says: `the parameter ${parameter} of ${taker} was renamed to ${now.name}`,
      leadsTo: `${holder.symbol.name}(${now.name})`,
    };
  },
};

/** Where the text that tells of one function begins and ends, roughly. */
const BOUNDS = { markdown: /\n#/g, rst: /\n[ \t]*\.\. [\w:-]+::/g, docstring: /"""|'''/g } as const;

/** True where the docstring, the directive or the section around tells a parameter of that name already. */
function tellsOf(now: string, { file, span, context: { format } }: Reference, context: DocContext) {
  const text = context.text(file);
  const bounds = [...text.matchAll(BOUNDS[format])].map(({ index }) => index);
  const before = bounds.findLast((at) => at < span.start) ?? 0;
  const around = text.slice(
    before,
    bounds.find((at) => at > span.start),
  );
  return new RegExp(`\\b${now}(?:=(?!=)|\\s*[:(]|\`|\\*\\*)`).test(around);
}
