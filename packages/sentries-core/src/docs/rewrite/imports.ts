import type { DocContext } from '../rules/rule';
import type { Lines } from './lines';
import { Refused, type OpenPlace } from './open-place';

/** A statement of an example that imports, as its lines stand in a document. */
export interface ImportLines extends Lines {
  /** What stands before its first line: an indent, quote marks, a prompt. */
  readonly lead: string;
  /** Its code, on one line. */
  readonly code: string;
}

/** A name that an import gives, and what it stands for. */
interface ImportBinding {
  readonly name: string;
  /** `acme.money.convert`. */
  readonly target: string;
  readonly isAlias: boolean;
}

const LEAD = /^([ \t>]*?(?:>>> )?[ \t]*)((?:from|import)[ \t].*)$/;
const MOST_LINES = 40;

/** The import that stands on a line, or around it in parentheses; undefined where there is none that can be read. */
export function importAround(lines: readonly string[], line: number): ImportLines | undefined {
  for (let first = line; first > 0 && first > line - MOST_LINES; first -= 1) {
    const found = LEAD.exec(lines[first - 1]!);
    if (!found) continue;
    const [, lead, head] = found as unknown as [string, string, string];
    let code = head;
    let last = first;
    if (head.includes('(')) {
      while (!code.includes(')') && last < lines.length && last < first + MOST_LINES) {
        last += 1;
        code += ` ${lines[last - 1]!.replace(/^[ \t>]*(?:\.\.\. ?)?/, '')}`;
      }
    }
    return last >= line && bindingsOf(code) ? { first, last, lead, code } : undefined;
  }
  return undefined;
}

/** What an import of one line gives; undefined where it is more than that. */
function bindingsOf(code: string): ImportBinding[] | undefined {
  const name = '[A-Za-z_][\\w]*(?:\\.[A-Za-z_]\\w*)*';
  const from = new RegExp(`^from[ \\t]+(${name})[ \\t]+import[ \\t]+(.+)$`).exec(code.trim());
  const list = from ? from[2]! : /^import[ \t]+(.+)$/.exec(code.trim())?.[1];
  if (list === undefined) return undefined;
  const isWrapped = /^\(.*\)$/.test(list.trim());
  const names = (isWrapped ? list.trim().slice(1, -1) : list).split(',').map((one) => one.trim());
  if (isWrapped && names.at(-1) === '') names.pop();
  const bindings = names.map((one): ImportBinding | undefined => {
    const found = new RegExp(`^(${name})(?:[ \\t]+as[ \\t]+([A-Za-z_]\\w*))?$`).exec(one);
    if (!found) return undefined;
    const [, own, alias] = found;
    const target = from ? `${from[1]!}.${own!}` : own!;
    return { name: alias ?? own!, target, isAlias: alias !== undefined };
  });
  return bindings.every((one) => one !== undefined) ? bindings : undefined;
}

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
  const now = importsIn(after.replace(/\r?\n$/, '').split(/\r?\n/), statement);
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
      return one.name === old.name && (one.target === old.target || isSame);
    }
    const isSameName = one.isAlias === old.isAlias && (one.name === old.name || !old.isAlias);
    return (
      isSameName && [...place.successors.names.keys()].some((name) => leadsTo(one.target, name))
    );
  };
  const left = [...now];
  for (const binding of bindingsOf(statement.code)!) {
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

/** The names that lines import; undefined where one of them is something else, or stands elsewhere. */
function importsIn(lines: readonly string[], { lead }: ImportLines): ImportBinding[] | undefined {
  const found: ImportBinding[] = [];
  for (let at = 1; at <= lines.length;) {
    const one = importAround(lines, at);
    if (one?.first !== at || one.lead !== lead) return undefined;
    found.push(...bindingsOf(one.code)!);
    at = one.last + 1;
  }
  return found;
}
