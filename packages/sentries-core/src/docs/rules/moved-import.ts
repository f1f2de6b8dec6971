import type { Operation } from '../../patch/operation';
import type { Refusal } from '../../repair/strategy';
import type { Reference } from '../reference';
import { replacement, type DocContext } from './rule';

/** A name in the list of an import, as it is written: `convert as c`. */
interface Entry {
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
  const before = text.slice(0, reference.span.start);
  const statement = /\bfrom[ \t]+([\w.]+)[ \t]+import[ \t]+(\(?[^()\n]*)$/.exec(before);
  if (statement?.[1] !== module) return { refused: `its import is not written in one line` };
  const rest = /^[^\n`#]*/.exec(text.slice(reference.span.start))![0];
  const isOpen = statement[2]!.startsWith('(') && !rest.includes(')');
  if (isOpen || /\\\s*$/.test(rest)) return { refused: `its import is not written in one line` };
  const entries = entriesOf(statement[2]! + rest, module, context);
  if ('refused' in entries) return { refused: `it shares its import with ${entries.refused}` };
  if (entries.every((one) => one.module === now)) {
    const start = statement.index + statement[0].indexOf(module, 'from'.length);
    const span = { start, end: start + module.length };
    return [replacement(reference, now, context, { span, before: module })];
  }
  const stays = entries.find((one) => one.module !== now)!.name;
  const lead = before.slice(before.lastIndexOf('\n') + 1, statement.index);
  const span = {
    start: statement.index,
    end: reference.span.start + rest.trimEnd().length,
  };
  const whole = text.slice(span.start, span.end);
  const isPlain = /^from[\w \t.,]+$/.test(whole) && /^\r?(\n|$)/.test(text.slice(span.end));
  if (reference.context.part !== 'example' || !LEAD.test(lead) || !isPlain)
    return { refused: `it shares its import with ${stays}, which did not move to ${now}` };
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const after = importsOf(entries, module).join(newline + lead);
  return [replacement(reference, after, context, { span, before: whole })];
}

/** An indent, quote marks, a prompt. */
const LEAD = /^[ \t>]*(?:>>> )?[ \t]*$/;

/** What a list of names imports; or one of which the change does not tell where it is. */
function entriesOf(
  list: string,
  module: string,
  { change, head }: DocContext,
): Entry[] | { readonly refused: string } {
  const entries: Entry[] = [];
  const written = list.replace(/[()\\]/g, ' ').split(',');
  for (const one of written.map((entry) => entry.trim()).filter((entry) => entry !== '')) {
    const name = one.split(/\s/)[0]!;
    const fate = change.fateOf(`${module}.${name}`);
    const now = fate ? ('name' in fate ? fate.name : undefined) : `${module}.${name}`;
    const isHere = now?.endsWith(`.${name}`) && head.lookup(now.split('.')).kind === 'found';
    if (now === undefined || !isHere)
      return { refused: `${name}, of which the change does not tell where it is` };
    entries.push({ written: one, name, module: now.slice(0, -name.length - 1) });
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
