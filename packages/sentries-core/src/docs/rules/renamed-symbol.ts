import { fateOfName, follow } from './names';
import type { DocRule } from './rule';

/** A symbol that the change renamed: a name, a call, an import, a role, a directive. */
export const renamedSymbol: DocRule = {
  id: 'doc-renamed-symbol',
  propose(stale, context) {
    const fate = fateOfName(stale, context);
    return fate?.kind === 'renamed' ? follow(stale, fate, this.id, context) : undefined;
  },
};
