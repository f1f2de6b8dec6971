import type { Operation } from '../../patch/operation';
import type { Reference } from '../reference';
import { replacement, type DocContext } from './rule';

/**
 * What makes an example know the module that it has to use now: where `rates.convert` becomes `tables.convert`,
 * `from acme import rates` becomes `from acme import tables`, or `from acme import rates, tables` if `rates` is used for more.
 * Nothing where the import is written in another way: whether the example is right then is asked afterwards. All stale
 * names of an example make the same edit.
 *
 * @param after What stands in the place of the reference then.
 * @param dotted The whole name of what it means then.
 */
export function importOfModule(
  reference: Reference,
  after: string,
  dotted: string,
  context: DocContext,
): Operation[] {
  const { text: written, evidence, file } = reference;
  const { part, passage } = reference.context;
  const [word, ...names] = written.split('.') as [string, ...string[]];
  const [now] = after.split('.') as [string];
  const module = dotted.split('.').slice(0, -names.length);
  const isImported = part === 'example' && evidence.includes('import');
  if (!isImported || names.length === 0 || word === now || module.at(-1) !== now) return [];
  const parent = module.slice(0, -1).join('.');
  const text = context.text(file).slice(passage.start, passage.end);
  const [statement, ...others] = [...text.matchAll(IMPORT)].filter(
    (match) => match[2] === parent && entriesOf(match[3]!).includes(word),
  );
  // What has the name already may be anything.
  if (!statement || others.length > 0 || new RegExp(`\\b${now}\\b`).test(text)) return [];
  const list = statement.index + statement[0].lastIndexOf(statement[3]!);
  const at = list + new RegExp(`\\b${word}\\b`).exec(statement[3]!)!.index;
  const uses = [...text.matchAll(new RegExp(`(?<![\\w.])${word}\\b(?:\\.(\\w+))?`, 'g'))];
  const isNeeded = uses.some(({ index, 1: name }) => {
    if (index === at) return false;
    const fate = name && context.change.fateOf(`${parent}.${word}.${name}`);
    return !(fate && 'name' in fate && fate.name === [...module, name].join('.'));
  });
  const start = passage.start + at;
  const span = { start, end: start + word.length };
  const imported = isNeeded ? `${word}, ${now}` : now;
  return [replacement(reference, imported, context, { span, before: word })];
}

/** On one line, alone: what stands before it, the module, and the names. */
const IMPORT =
  /^([ \t>]*(?:>>> )?[ \t]*)from[ \t]+([\w.]+)[ \t]+import[ \t]+(\w[\w \t,]*?)[ \t]*\r?$/gm;

const entriesOf = (list: string): string[] => list.split(',').map((one) => one.trim());
