import { replacement, type DocRule } from './rule';
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
