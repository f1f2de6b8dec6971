import { LineIndex } from '../../python/text';
import { importAt, importsIn, type WrittenImport } from '../read/written-imports';
import type { Reference } from '../reference';
import type { DocContext } from '../rules/rule';
import type { Lines } from './lines';
import { Refused, type OpenPlace } from './open-place';

/** An import of an example that has its lines for itself. */
export type ImportLines = WrittenImport & Lines;

/** A name that an import gives, and what it stands for. */
type ImportBinding = WrittenImport['names'][number];

/** The import of an example in which a reference stands; undefined where it is in none that is alone. */
export function importAround(
  index: LineIndex,
  { kind, span, context: { part } }: Reference,
): ImportLines | undefined {
  const isImport = (kind === 'import' || kind === 'module') && part === 'example';
  const found = isImport ? importAt(index.text, span.start) : undefined;
  return found?.isAlone ? withLines(found, index) : undefined;
}

const withLines = (one: WrittenImport, index: LineIndex): ImportLines => ({
  ...one,
  first: index.lineOf(one.span.start),
  last: index.lineOf(one.span.end - 1),
});

/**
 * What the stale places of an import lead to, once other imports stand in its place: these must be imports and nothing else,
 * at the same indent, and give what it gave under the same names. What was renamed may have its new name.
 *
 * @param after The lines that stand there now.
 * @param here The stale places in the import.
 * @throws Refused where that is not so.
 */
export function followedImports(
  statement: ImportLines,
  after: string,
  here: readonly OpenPlace[],
  { base, head }: DocContext,
): Map<OpenPlace, string> {
  const now = namesIn(after.replace(/\r?\n$/, ''), statement);
  if (!now)
    throw new Refused('An import may only become imports of the same names, each at its place.');
  const leadsTo = (target: string, name: string): boolean => {
    const found = head.lookup(target.split('.'));
    return found.kind === 'found' && found.symbol.name === name;
  };
  const follows = (old: ImportBinding, one: ImportBinding): boolean => {
    const place = here.find(
      ({ stale: { reference } }) => reference.kind === 'import' && reference.name === old.target,
    );
    if (!place) {
      const [was, is] = [base.lookup(old.target.split('.')), head.lookup(one.target.split('.'))];
      const isSame =
        was.kind === 'found' && is.kind === 'found' && was.symbol.name === is.symbol.name;
      return boundName(one) === boundName(old) && (one.target === old.target || isSame);
    }
    const isSameName = one.alias === old.alias;
    return (
      isSameName && [...place.successors.names.keys()].some((name) => leadsTo(one.target, name))
    );
  };
  const left = [...now];
  for (const binding of statement.names) {
    const at = left.findIndex((one) => follows(binding, one));
    if (at < 0) throw new Refused(`With the edit nothing imports what ${binding.target} is now.`);
    left.splice(at, 1);
  }
  if (left.length > 0) throw new Refused(`${left[0]!.target} was not imported before.`);
  const found = new Map<OpenPlace, string>();
  for (const place of here) {
    const name = [...place.successors.names.keys()].find((one) =>
      now.some(({ target }) => leadsTo(target, one) || target.startsWith(`${one}.`)),
    );
    if (name !== undefined) found.set(place, name);
  }
  return found;
}

const boundName = ({ name, alias }: ImportBinding): string => alias ?? name;

/** The names that a text imports; undefined where a line of it is something else, or stands elsewhere. */
function namesIn(text: string, { lead }: ImportLines): ImportBinding[] | undefined {
  const index = new LineIndex(text);
  const imports = importsIn(text)
    .filter((one) => one.isAlone && one.lead === lead)
    .map((one) => withLines(one, index));
  const lines = imports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return lines === index.lineCount ? imports.flatMap(({ names }) => names) : undefined;
}
