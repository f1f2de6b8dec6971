import { fateOfName, wholeName } from './names';
import type { DocRule } from './rule';

/** What is gone, or may be in several places: what a text should say instead, no rule can tell. */
export const removedSymbol: DocRule = {
  id: 'doc-removed-symbol',
  propose(stale, context) {
    const fate = fateOfName(stale, context);
    const name = wholeName(stale, context.base);
    if (fate?.kind === 'removed') return { refused: `the change removed ${name}` };
    if (fate?.kind !== 'unclear') return undefined;
    return { refused: `${name} may be any of ${fate.candidates.join(', ')} now` };
  },
};
