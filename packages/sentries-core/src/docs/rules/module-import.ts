import type { Operation } from '../../patch/operation';
import type { Refusal } from '../../repair/strategy';
import { importsIn, type WrittenImport } from '../read/written-imports';
import type { Reference } from '../reference';
import { isNamedIn } from './own-meaning';
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
  const [word, ...rest] = written.split('.') as [string, ...string[]];
  const [now] = after.split('.') as [string];
  const module = dotted.split('.').slice(0, -rest.length);
  const page = context.text(file);
  const isHere = evidence.includes('import');
  const isImported = part === 'example' && (isHere || evidence.includes('page-import'));
  if (!isImported || rest.length === 0) return [];
  if (word === now) return whollyImported(reference, dotted, context);
  if (module.at(-1) !== now) return [];
  const old = reference.name.split('.').slice(0, -rest.length);
  const before = importsIn(page, { start: 0, end: place.start });
  if (before.some(({ names }) => names.some(({ alias }) => alias === word)))
    return { refused: `the page imports it as ${word}` };
  // A module that is gone is stale where it is imported, too.
  if (context.head.lookup(old).kind !== 'found') return [];
  const parent = module.slice(0, -1).join('.');
  const area = isHere ? passage : { start: 0, end: place.start };
  const own = importsIn(page, area).filter(
    (one) => one.isPlain && one.module?.name === parent && nameIn(one, word),
  );
  const [statement, ...others] = own;
  // What has the name already may be anything.
  const from = isHere ? passage.start : statement?.span.start;
  const isTaken = isNamedIn(now, page.slice(from, passage.end));
  if (!statement || others.length > 0 || isTaken)
    return isHere ? [] : { refused: `nothing says that the example knows ${now}` };
  const { span } = nameIn(statement, word)!;
  const isNeeded = [...page.slice(span.end).matchAll(usesOf(word))].some(({ 1: name }) => {
    const fate = name && context.change.fateOf(`${parent}.${word}.${name}`);
    return !(fate && 'name' in fate && fate.name === [...module, name].join('.'));
  });
  const imported = isNeeded ? `${word}, ${now}` : now;
  return [replacement(reference, imported, context, { span, before: word })];
}

/** With its dots, or given to something. */
const usesOf = (word: string): RegExp =>
  new RegExp(
    `(?<![\\w.])${word}\\.(\\w+)|[=([{,]\\s*${word}\\b|(?<![\\w.])${word}\\s*[\\])},]`,
    'g',
  );

/** The name of an import, where it is known by that. */
const nameIn = (
  { names }: WrittenImport,
  word: string,
): WrittenImport['names'][number] | undefined =>
  names.find(({ name, alias }) => name === word && alias === null);

/** `import acme.rates` makes `acme.rates` known, and no other module; where that is gone, the import follows by itself. */
function whollyImported(
  { text: written, file, context: { passage } }: Reference,
  dotted: string,
  context: DocContext,
): Operation[] | Refusal {
  const imports = importsIn(context.text(file), passage)
    .filter(({ module }) => module === null)
    .flatMap(({ names }) => names.flatMap(({ name, alias }) => (alias === null ? [name] : [])));
  const old = imports.find((name) => name.includes('.') && written.startsWith(`${name}.`));
  if (old === undefined || context.head.lookup(old.split('.')).kind !== 'found') return [];
  const names = written.slice(old.length).split('.').length - 1;
  const now = dotted.split('.').slice(0, -names);
  const isKnown = now.length < 2 || imports.includes(now.join('.'));
  return isKnown
    ? []
    : { refused: `the example imports ${old} as a whole, and not ${now.join('.')}` };
}
