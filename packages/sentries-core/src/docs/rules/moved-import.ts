import type { Operation } from '../../patch/operation';
import type { Refusal } from '../../repair/strategy';
import { importAt, type WrittenImport } from '../read/written-imports';
import type { Reference } from '../reference';
import { replacement, type DocContext } from './rule';

/** A name of an import. */
interface Entry {
  /** With its alias: `convert as c`. */
  readonly written: string;
  readonly name: string;
  /** The module that has it now. */
  readonly module: string;
}

/**
 * `from acme.money import convert`, where `convert` is the same and its module another one. Names that stay where they are, or
 * went to another module, get imports of their own; all stale names of a statement make the same edit.
 */
export function fromModule(
  reference: Reference,
  dotted: string,
  context: DocContext,
): Operation[] | Refusal {
  const text = context.text(reference.file);
  const module = reference.name.slice(0, reference.name.lastIndexOf('.'));
  const now = dotted.slice(0, dotted.lastIndexOf('.'));
  const statement = importAt(text, reference.span.start);
  if (statement?.module?.name !== module) return { refused: `its import can't be read` };
  const entries = entriesOf(statement, context);
  if ('refused' in entries) return { refused: `it shares its import with ${entries.refused}` };
  const other = entries.find((one) => one.module !== now);
  if (!other) {
    const { span } = statement.module;
    return [replacement(reference, now, context, { span, before: module })];
  }
  if (reference.context.part !== 'example' || !statement.isPlain)
    return { refused: `it shares its import with ${other.name}, which did not move to ${now}` };
  const { span, lead } = statement;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const after = importsOf(entries, module).join(newline + lead);
  const before = text.slice(span.start, span.end);
  return [replacement(reference, after, context, { span, before })];
}

/** The names of an import, with their modules; or one of which the change does not tell where it is. */
function entriesOf(
  { names }: WrittenImport,
  { change, head }: DocContext,
): Entry[] | { readonly refused: string } {
  const entries: Entry[] = [];
  for (const { name, alias, target } of names) {
    const fate = change.fateOf(target);
    const now = fate ? ('name' in fate ? fate.name : undefined) : target;
    const isHere = now?.endsWith(`.${name}`) && head.lookup(now.split('.')).kind === 'found';
    if (now === undefined || !isHere)
      return { refused: `${name}, of which the change does not tell where it is` };
    const written = alias === null ? name : `${name} as ${alias}`;
    entries.push({ written, name, module: now.slice(0, -name.length - 1) });
  }
  return entries;
}

/** One import for each module, what stays first. */
function importsOf(entries: readonly Entry[], stays: string): string[] {
  const modules = [...new Set([stays, ...entries.map(({ module }) => module)])];
  return modules.flatMap((module) => {
    const own = entries.filter((one) => one.module === module).map(({ written }) => written);
    return own.length === 0 ? [] : [`from ${module} import ${own.join(', ')}`];
  });
}
