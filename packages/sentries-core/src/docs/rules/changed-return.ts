import { posix } from 'node:path';
import { typeForms } from '../../python/annotation';
import type { Evidence } from '../../report/run-record';
import { symbolOf, type Giver } from '../resolve/returns';
import { staleReturn } from '../stale-returns';
import { staleWordIn } from './return-prose';
import { replacement, type DocContext, type DocRule } from './rule';
import { respelledType } from './respell-type';

/** A type that a function returned by its annotation, which the change exchanged for another. */
export const changedReturn: DocRule = {
  id: 'doc-changed-return',
  propose({ reference }, context) {
    const found = staleReturn(reference, context.base, context.head, context.change);
    if (!found) return undefined;
    const { told, was, is } = found;
    const leadsTo = symbolOf(is).name;
    const [name, verb] = [leadsTo.slice(0, -2), `${reference.kind}s`];
    if (is.type === undefined) return { refused: `${name} ${verb} nothing by its type now` };
    const says = `${name} ${verb} ${is.type} instead of ${was.type!}`;
    if (told.isInWords) return { refused: `${says}, and the text tells it in words` };
    const isInProse = reference.context.part !== 'directive';
    if (isInProse && [was, is].some(({ type }) => isNothing(type!)))
      return { refused: `${says}, and what is said of it is about the other` };
    const after = respelledType(told, was.type!, is.type);
    if (typeof after !== 'string') return { refused: `${says}, ${after.refused}` };
    const word = isInProse
      ? staleWordIn(context.text(reference.file), reference.span, told.code, is.type)
      : undefined;
    if (word !== undefined)
      return { refused: `${says}, and the text beside it tells of \`${word}\`` };
    return {
      strategy: this.id,
      tier: 'explained',
      operations: [replacement(reference, after, context)],
      evidence: [
        line(was, 'base', `it was ${was.type!} here`, context),
        line(is, 'head', `it is ${is.type} here`, context),
      ],
      causes: [],
      says,
      leadsTo,
    };
  },
};

const isNothing = (type: string): boolean =>
  /^(None|NoReturn|Never)$/.test(typeForms(type)?.join() ?? '');

function line(
  { home: { module }, returned }: Giver,
  side: Evidence['side'],
  says: string,
  { folder }: DocContext,
): Evidence {
  const { lines } = module.source;
  const file = posix.join(folder, module.file);
  return { file, line: returned.line, side, text: lines.line(returned.line).trim(), says };
}
