import type { Evidence } from '../../report/run-record';
import type { Home } from '../code/project-code';
import { lastWord, type Raised } from '../code/raised';
import { resolve } from '../resolve/resolve';
import { BUILTINS } from '../resolve/words';
import { staleException } from '../stale-exceptions';
import { replacement, type DocContext, type DocRule } from './rule';

/** An exception whose only `raise` in a function was exchanged for that of another one. */
export const changedException: DocRule = {
  id: 'doc-changed-exception',
  propose({ reference }, context) {
    const found = staleException(reference, context.base, context.head);
    if (!found) return undefined;
    const { old, new: now, was, is } = found;
    const says = `${is.module.name}.${is.path} raises ${now.name} instead of ${old.name}`;
    if (reference.text.includes('.'))
      return { refused: `${says}, and the text writes it with its module` };
    const name = lastWord(now.name);
    const means = resolve({ ...reference, text: name, name }, context.head);
    const leadsTo =
      means.kind === 'found' ? means.symbol.name : BUILTINS.has(now.name) ? now.name : undefined;
    if (leadsTo === undefined) return { refused: `${says}, which is not the project's own` };
    return {
      strategy: this.id,
      tier: 'explained',
      operations: [replacement(reference, name, context)],
      evidence: [
        line(was, old, 'base', 'it was raised here', context),
        line(is, now, 'head', `${now.name} is raised here`, context),
      ],
      causes: [],
      says,
      leadsTo,
    };
  },
};

function line(
  { module }: Home,
  { line: at }: Raised,
  side: Evidence['side'],
  says: string,
  { folder }: DocContext,
): Evidence {
  const file = folder === '.' ? module.file : `${folder}/${module.file}`;
  return { file, line: at, side, text: module.source.lines.line(at).trim(), says };
}
