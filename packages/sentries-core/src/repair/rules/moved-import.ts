import type { Fate } from '../../change/fate';
import { importedFrom, writtenAs } from '../../change/modules';
import {
  coversLine,
  isImported,
  parts,
  spanOf,
  type Node,
  type PythonSource,
} from '../../python/syntax';
import { binds, references } from '../references';
import {
  failingTestFrame,
  isRefusal,
  type Refusal,
  type RepairContext,
  type Strategy,
} from '../strategy';
import { operationsOf } from '../text-edit';

/** An import of what the change moved to another module, or imports under another name itself. */
export const movedImport: Strategy = {
  id: 'moved-import',
  propose(failure, context) {
    const place = failingTestFrame(failure, context);
    if (!place || !TYPES.has(failure.exception.type)) return undefined;
    const { frame, source } = place;
    const statements = source.find(['import_statement', 'import_from_statement']);
    const failing = statements
      .filter((statement) => coversLine(source, statement, frame.line))
      .map((statement) => follow(source, statement, context));
    const refusal = failing.find((one) => one !== undefined && isRefusal(one));
    if (refusal) return refusal;
    const [first] = failing.filter((one): one is Followed => one !== undefined);
    if (!first) return undefined;
    // The other imports of the file that lead nowhere would fail one after the other.
    const others = statements
      .map((statement) => follow(source, statement, context))
      .filter((one): one is Followed => one !== undefined && !isRefusal(one));
    const edits = new Map(
      [...others].flatMap(({ edits: own }) =>
        own.map((edit) => [`${edit.start} ${edit.end} ${edit.after}`, edit]),
      ),
    );
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: operationsOf(
        frame.file,
        source,
        [...edits.values()].map(({ start, end, after }) => ({ span: { start, end }, after })),
      ),
      evidence: first.fates.flatMap(({ evidence }) => evidence),
      causes: [],
      says: first.says,
    };
  },
};

const TYPES = new Set(['builtins.ImportError', 'builtins.ModuleNotFoundError']);

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly after: string;
}
type Successor = Extract<Fate, { name: string }>;
interface Followed {
  readonly edits: readonly Edit[];
  readonly fates: readonly Successor[];
  readonly says: string;
}

/** The edits that let a statement import from where things are now; undefined where all of it still stands. */
function follow(
  source: PythonSource,
  statement: Node,
  context: RepairContext,
): Followed | Refusal | undefined {
  const from = statement.childForFieldName('module_name');
  const names = parts(statement).filter(({ id }) => id !== from?.id);
  const entries: Entry[] = [];
  for (const node of names) {
    const dotted = [...(from ? [moduleIn(source, from)] : []), wordOf(node)].join('.');
    const fate = node.type === 'wildcard_import' ? undefined : context.change.fateOf(dotted);
    if (fate?.kind === 'unclear')
      return { refused: `${dotted} may be in ${fate.candidates.join(' or ')} now` };
    // Nothing in its place: that rule is another.
    if (fate?.kind === 'removed') return undefined;
    entries.push({ node, dotted, fate });
  }
  if (from && names[0]?.type === 'wildcard_import') return wildcard(source, from, context);
  const moved = entries.filter((entry): entry is MovedEntry => entry.fate !== undefined);
  if (moved.length === 0) return undefined;
  const edits = from
    ? fromEdits(source, statement, from, entries, moved)
    : moved.map((entry) => plainEdits(source, entry));
  const refusal = edits.find(isRefusal);
  if (refusal) return refusal;
  return {
    edits: (edits as Edit[][]).flat(),
    fates: moved.map(({ fate }) => fate),
    says: moved.map(({ dotted, fate }) => `${dotted} is ${fate.name} now`).join(', '),
  };
}

interface Entry {
  readonly node: Node;
  readonly dotted: string;
  readonly fate: Successor | undefined;
}
type MovedEntry = Entry & { readonly fate: Successor };

const wordOf = (node: Node): string => node.childForFieldName('name')?.text ?? node.text;
const isAliased = (node: Node): boolean => node.type === 'aliased_import';
const moduleOf = (dotted: string): string => dotted.slice(0, Math.max(dotted.lastIndexOf('.'), 0));
const nameOf = (dotted: string): string => dotted.slice(dotted.lastIndexOf('.') + 1);
const replace = (node: Node, after: string): Edit => ({ ...spanOf(node), after });

/** `from old import *` of a module that moved as a whole. */
function wildcard(
  source: PythonSource,
  from: Node,
  context: RepairContext,
): Followed | Refusal | undefined {
  const fate = context.change.fateOf(moduleIn(source, from));
  if (fate?.kind === 'unclear')
    return { refused: `${from.text} may be ${fate.candidates.join(' or ')} now` };
  if (!fate || fate.kind === 'removed') return undefined;
  const says = `${from.text} is ${fate.name} now`;
  const now = writtenAs(source.path, fate.name, from.text);
  return now === undefined ? tooFar(from) : { edits: [replace(from, now)], fates: [fate], says };
}

/** The module that a statement names; empty, which no module is, where its dots lead too far up. */
const moduleIn = (source: PythonSource, from: Node): string =>
  importedFrom(source.path, from.text) ?? '';

const tooFar = (from: Node): Refusal => ({
  refused: `no relative import leads where ${from.text} is now`,
});

/** `import old`, `import old as m`. */
function plainEdits(source: PythonSource, { node, dotted, fate }: MovedEntry): Edit[] | Refusal {
  if (isAliased(node)) return [replace(node.childForFieldName('name')!, fate.name)];
  // A single word is a variable; under its old name, the module serves every use.
  if (!dotted.includes('.')) return [replace(node, `${fate.name} as ${dotted}`)];
  const [first] = dotted.split('.') as [string];
  const isShadowed = source.named(first).some((one) => binds(one) && !isImported(one));
  if (isShadowed) return { refused: `${first} means something else in this file as well` };
  const [now] = fate.name.split('.') as [string];
  const isTaken = now !== first && source.named(now).some(binds);
  if (isTaken) return { refused: `${now} already means something else in this file` };
  const uses = source.find('attribute').filter((one) => one.text === dotted && !isImported(one));
  return [replace(node, fate.name), ...uses.map((use) => replace(use, fate.name))];
}

/** `from old import a, b as c`: the module's name where all go the same way, else statements of their own. */
function fromEdits(
  source: PythonSource,
  statement: Node,
  from: Node,
  entries: readonly Entry[],
  moved: readonly MovedEntry[],
): (Edit[] | Refusal)[] {
  const uses = moved.map(({ node, dotted, fate }): Edit[] | Refusal => {
    const [old, now] = [nameOf(dotted), nameOf(fate.name)];
    if (old === now || isAliased(node)) return [];
    const nodes = references(source, old, now);
    if (isRefusal(nodes)) return nodes;
    return nodes
      .filter((one) => !isImported(one))
      .map((one) =>
        replace(
          one,
          one.text.replace(old, () => now),
        ),
      );
  });
  const modules = new Set(
    moved.map(({ fate }) => writtenAs(source.path, moduleOf(fate.name), from.text)),
  );
  if (modules.has(undefined)) return [tooFar(from)];
  const renamedNames = moved
    .filter(({ dotted, fate }) => nameOf(dotted) !== nameOf(fate.name))
    .map(({ node, fate }) =>
      replace(isAliased(node) ? node.childForFieldName('name')! : node, nameOf(fate.name)),
    );
  if (modules.size === 1 && (modules.has(from.text) || moved.length === entries.length)) {
    const [module] = modules;
    const head = module === from.text ? [] : [replace(from, module!)];
    return [...uses, [...head, ...renamedNames]];
  }
  return [...uses, split(source, statement, from, entries, moved)];
}

/** Takes names out of a list of imports, and imports them after it, each with the comment on its line. */
function split(
  source: PythonSource,
  statement: Node,
  from: Node,
  entries: readonly Entry[],
  moved: readonly MovedEntry[],
): Edit[] {
  const { text } = source;
  const line = source.lines.lineStart(source.lineOf(statement));
  const indent = /^[ \t]*/.exec(text.slice(line))![0];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const isMoved = (entry: Entry): boolean => moved.includes(entry as MovedEntry);
  const fresh = moved.map(({ node, fate }) => {
    const alias = node.childForFieldName('alias')?.text;
    const as = alias === undefined ? '' : ` as ${alias}`;
    const after = /^[ \t]*,?[ \t]*(#[^\r\n]*)/.exec(text.slice(node.endIndex));
    const comment = isAloneOnLine(source, node, entries) && after ? `  ${after[1]}` : '';
    const module = writtenAs(source.path, moduleOf(fate.name), from.text)!;
    return `${indent}from ${module} import ${nameOf(fate.name)}${as}${comment}`;
  });
  if (moved.length === entries.length)
    return [replace(statement, fresh.join(newline).slice(indent.length))];
  let edits: Edit[] = [];
  for (const entry of moved) {
    const at = entries.indexOf(entry);
    const next = entries[at + 1]?.node;
    const { node } = entry;
    if (isAloneOnLine(source, node, entries)) {
      const number = source.lineOf(node);
      const [start, end] = [source.lines.lineStart(number), source.lines.lineStart(number + 1)];
      edits.push({ start, end, after: '' });
    } else if (next) edits.push({ start: node.startIndex, end: next.startIndex, after: '' });
    else {
      // From the last one that stays: the comma behind it goes, and what moved in between is gone with it.
      const last = entries.findLast((other) => !isMoved(other))!.node;
      edits = edits.filter(({ start }) => start < last.endIndex);
      edits.push({ start: last.endIndex, end: node.endIndex, after: '' });
    }
  }
  const end = statement.endIndex;
  // What follows on the line (a comment) stays with the statement.
  const rest = /^[^\r\n;]*/.exec(text.slice(end))![0].length;
  edits.push({ start: end + rest, end: end + rest, after: `${newline}${fresh.join(newline)}` });
  return edits;
}

/** True for a name that has a line of its own in a list in parentheses. */
function isAloneOnLine(source: PythonSource, node: Node, entries: readonly Entry[]): boolean {
  const start = source.lines.lineStart(source.lineOf(node));
  const end = source.lines.lineStart(source.lineOf(node) + 1);
  const isAlone = entries.every(
    ({ node: other }) => other.id === node.id || other.endIndex <= start || other.startIndex >= end,
  );
  const around = source.text.slice(start, node.startIndex) + source.text.slice(node.endIndex, end);
  return isAlone && /^[ \t]*,?[ \t]*(#[^\r\n]*)?\r?\n?$/.test(around);
}
