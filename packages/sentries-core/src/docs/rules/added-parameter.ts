import type { Operation } from '../../patch/operation';
import { outgrown, writtenInFull } from '../outgrown';
import type { SignatureItem } from '../written-signature';
import { replacement, type DocContext, type DocRule } from './rule';

/** A parameter that the change added, in a signature that told all the others. What it means is not told anywhere. */
export const addedParameter: DocRule = {
  id: 'doc-added-parameter',
  propose({ reference }, context) {
    const more = outgrown(reference, context.base, context.head);
    if (!more) return undefined;
    const written = writtenInFull(reference, more, context.text(reference.file));
    if (!written) return undefined;
    const { home, added, new: now } = more;
    const taker = `${home.module.name}.${home.path}`;
    const items = added.map(({ item }) => writtenItem(item));
    const says = `${taker} takes ${items.join(', ')} now`;
    if (written.items.some(({ hasType }) => hasType))
      return { refused: `${says}, and its signature tells types, too` };
    if (items.some((item) => item.length > MOST || item.includes('\n')))
      return { refused: `${says}, which is too long for a signature` };
    const operations = [...new Set(added.map(({ after }) => after))].map((after): Operation => {
      const own = added.filter((one) => one.after === after).map(({ item }) => writtenItem(item));
      const before = written.items[after - 1];
      const at = before?.span.end ?? written.items[0]?.span.start ?? written.inside.start;
      const list = own.join(', ');
      const text = before ? `, ${list}` : written.items.length > 0 ? `${list}, ` : list;
      return replacement(reference, text, context, { span: { start: at, end: at }, before: '' });
    });
    const { file, source } = home.module;
    const names = new Set(added.map(({ item }) => item.name).filter(Boolean));
    const lines = now.parameters.filter(({ name }) => names.has(name));
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations,
      evidence: lines.map(({ name, line }) => ({
        ...{ file: inWorkspace(file, context), line, side: 'head' as const },
        ...{ text: source.lines.line(line).trim(), says: `${name} is taken now` },
      })),
      causes: [],
      says,
      leadsTo: taker,
    };
  },
};

const MOST = 60;

const writtenItem = ({ mark, name, default: value }: SignatureItem): string =>
  `${mark}${name}${value === null ? '' : `=${value}`}`;

const inWorkspace = (file: string, { folder }: DocContext): string =>
  folder === '.' ? file : `${folder}/${file}`;
