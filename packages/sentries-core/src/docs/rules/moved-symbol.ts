import { fateOfName, follow } from './names';
import type { DocRule } from './rule';

/** A module that has another name now, or a symbol that is in another module. */
export const movedSymbol: DocRule = {
  id: 'doc-moved-symbol',
  propose(stale, context) {
    const fate = fateOfName(stale, context);
    return fate?.kind === 'moved' ? follow(stale, fate, this.id, context) : undefined;
  },
};
