import type { Operation } from '../../patch/operation';
import type { Refusal } from '../../repair/strategy';
import type { Reference } from '../reference';
import { replacement, type DocContext } from './rule';

/**
 * What makes an example know the module that it has to use now: where `rates.convert` becomes `tables.convert`,
 * `from acme import rates` becomes `from acme import tables`, or `from acme import rates, tables` if `rates` is used for more,
 * there or in later examples. Nothing where the example's own import is written in another way: whether it is right then
 * is asked afterwards. All stale names that one import serves make the same edit.
 *
 * @param after What stands in the place of the reference then.
 * @param dotted The whole name of what it means then.
 */
export function importOfModule(
  reference: Reference,
  after: string,
  dotted: string,
  context: DocContext,
): Operation[] | Refusal {
  const { text: written, evidence, file, span: place } = reference;
  const { part, passage } = reference.context;
  const [word, ...names] = written.split('.') as [string, ...string[]];
  const [now] = after.split('.') as [string];
  const module = dotted.split('.').slice(0, -names.length);
  const page = context.text(file);
  const isHere = evidence.includes('import');
  const isImported = part === 'example' && (isHere || evidence.includes('page-import'));
  if (!isImported || names.length === 0) return [];
  if (word === now)
    return whollyImported(written, page.slice(passage.start, passage.end), dotted, context);
  if (module.at(-1) !== now) return [];
  const old = reference.name.split('.').slice(0, -names.length);
  if (new RegExp(`import\\b.* as ${word}\\b`).test(page.slice(0, place.start)))
    return { refused: `the page imports it as ${word}` };
  // A module that is gone is stale where it is imported, too.
  if (context.head.lookup(old).kind !== 'found') return [];
  const parent = module.slice(0, -1).join('.');
  const from = isHere ? passage.start : 0;
  const [statement, ...others] = [
    ...page.slice(from, isHere ? passage.end : place.start).matchAll(IMPORT),
  ].filter((match) => match[2] === parent && entriesOf(match[3]!).includes(word));
  const start = from + (statement?.index ?? 0);
  // What has the name already may be anything.
  const isTaken = new RegExp(`\\b${now}\\b`).test(page.slice(isHere ? from : start, passage.end));
  if (!statement || others.length > 0 || isTaken)
    return isHere ? [] : { refused: `nothing says that the example knows ${now}` };
  const list = start + statement[0].lastIndexOf(statement[3]!);
  const at = list + new RegExp(`\\b${word}\\b`).exec(statement[3]!)!.index;
  const rest = page.slice(at + word.length);
  const isNeeded = [...rest.matchAll(usesOf(word))].some(({ 1: name }) => {
    const fate = name && context.change.fateOf(`${parent}.${word}.${name}`);
    return !(fate && 'name' in fate && fate.name === [...module, name].join('.'));
  });
  const span = { start: at, end: at + word.length };
  const imported = isNeeded ? `${word}, ${now}` : now;
  return [replacement(reference, imported, context, { span, before: word })];
}

/** With its dots, or given to something. */
const usesOf = (word: string): RegExp =>
  new RegExp(
    `(?<![\\w.])${word}\\.(\\w+)|[=([{,]\\s*${word}\\b|(?<![\\w.])${word}\\s*[\\])},]`,
    'g',
  );

/** `import acme.rates` makes `acme.rates` known, and no other module; where that is gone, the import follows by itself. */
function whollyImported(
  written: string,
  example: string,
  dotted: string,
  { head }: DocContext,
): Operation[] | Refusal {
  const imports = [...example.matchAll(/^[ \t>]*import[ \t]+([\w.]+)[ \t]*\r?$/gm)].map(
    ([, name]) => name!,
  );
  const old = imports.find((name) => name.includes('.') && written.startsWith(`${name}.`));
  if (old === undefined || head.lookup(old.split('.')).kind !== 'found') return [];
  const names = written.slice(old.length).split('.').length - 1;
  const now = dotted.split('.').slice(0, -names);
  const isKnown = now.length < 2 || imports.includes(now.join('.'));
  return isKnown
    ? []
    : { refused: `the example imports ${old} as a whole, and not ${now.join('.')}` };
}

/** On one line, alone: what stands before it, the module, and the names. */
const IMPORT =
  /^([ \t>]*(?:>>> )?[ \t]*)from[ \t]+([\w.]+)[ \t]+import[ \t]+(\w[\w \t,]*?)[ \t]*\r?$/gm;

const entriesOf = (list: string): string[] => list.split(',').map((one) => one.trim());
