import { isOrHolds } from '../../change/modules';
import type { SymbolRename } from '../../change/renames';
import type { FailureFact, FrameFact } from '../../pytest/facts';
import {
  coversLine,
  enclosing,
  isWithin,
  parts,
  type Node,
  type PythonSource,
} from '../../python/syntax';
import { qualifiedThrough } from '../qualified';
import { binds } from '../references';
import type { Refusal, RepairContext } from '../strategy';

/** What the change renamed, and every place in the file that has its old name. */
export interface Found {
  readonly rename: SymbolRename;
  readonly nodes: readonly Node[];
}

/** `money.old` or `getattr(money, "old")`: an object, and the name that is asked of it. */
interface Access {
  readonly object: Node;
  readonly name: Node;
}

/** `module.old`, `Class.old` or `instance.old`. */
export function attribute(
  failure: FailureFact,
  frame: FrameFact,
  source: PythonSource,
  context: RepairContext,
): Found | Refusal | undefined {
  const { name, owner } = failure.exception;
  const accesses = accessesAt(source, frame);
  const renames = context.change.renames.filter(
    (rename) =>
      accesses.some((access) => access.name.text === rename.oldName) &&
      (name === null || name === rename.oldName) &&
      (owner === null || ownedBy(rename, owner)),
  );
  const rename = single(renames);
  if (!rename) return ambiguous(renames);
  const failing = accesses.filter((access) => access.name.text === rename.oldName);
  const receivers = new Set(failing.map(({ object }) => object.text));
  if (receivers.size !== 1)
    return { refused: `several objects have .${rename.oldName} on this line` };
  const [first] = failing as [Access];
  const holder = rename.owner === '' ? qualifiedThrough(source, first.object) : undefined;
  if (holder !== undefined && isElsewhere(holder, rename, context)) return undefined;
  const scope = sameObject(source, first, rename.owner === '');
  if (!scope) return { rename, nodes: [first.name] };
  const all = accessesIn(source, scope).filter(
    (access) => access.name.text === rename.oldName && receivers.has(access.object.text),
  );
  return { rename, nodes: all.map((access) => access.name) };
}

/**
 * Where an attribute's receiver means the same thing throughout: for a module the whole file, for an object
 * the test, unless its name is bound there again. Undefined where only the failing access is certain.
 */
function sameObject(source: PythonSource, { object }: Access, isModule: boolean): Node | undefined {
  const scope = isModule ? source.root : enclosing(object, 'function_definition');
  const [receiver] = object.text.split(/\W/);
  const bindings = source
    .named(receiver!)
    .filter((node) => binds(node) && (!scope || isWithin(node, scope)));
  return scope && bindings.length <= 1 ? scope : undefined;
}

function ownedBy(
  rename: SymbolRename,
  owner: NonNullable<FailureFact['exception']['owner']>,
): boolean {
  if (owner.kind === 'module')
    return rename.owner === '' && isOrHolds(rename.file, owner.names[0] ?? '');
  return [rename.owner, rename.newOwner].some(
    (path) =>
      path !== '' &&
      owner.names.some(
        (name) =>
          name.endsWith(`.${path}`) && isOrHolds(rename.file, name.slice(0, -path.length - 1)),
      ),
  );
}

/** The accesses that may have failed: the very one, or all on the line where CPython tells no more. */
function accessesAt(source: PythonSource, frame: FrameFact): Access[] {
  if (frame.span) {
    const [line, column, endLine, endColumn] = frame.span;
    const start = source.lines.offset(line, column);
    const end = source.lines.offset(endLine, endColumn);
    const node = enclosing(source.nodeAt({ start, end }), 'attribute', 'call');
    const callee = node?.type === 'call' ? node.childForFieldName('function') : null;
    const access = [node, callee].map((one) => one && accessOf(one)).find(Boolean);
    if (access) return [access];
  }
  return accessesIn(source, source.root).filter(({ object }) =>
    coversLine(source, object.parent!, frame.line),
  );
}

const accessesIn = (source: PythonSource, scope: Node): Access[] =>
  source
    .find(['attribute', 'call'], scope)
    .map(accessOf)
    .filter((access) => access !== undefined);

function accessOf(node: Node): Access | undefined {
  if (node.type === 'attribute') {
    const [object, name] = [node.childForFieldName('object'), node.childForFieldName('attribute')];
    return object && name ? { object, name } : undefined;
  }
  const list = node.childForFieldName('arguments');
  const [object, text, ...more] = list?.type === 'argument_list' ? parts(list) : [];
  // With a default, a name that is not there is no failure.
  const isAsked = /^(getattr|setattr|delattr)$/.test(
    node.childForFieldName('function')?.text ?? '',
  );
  const isDefaulted = node.childForFieldName('function')?.text === 'getattr' && more.length > 0;
  if (!isAsked || isDefaulted || !object || text?.type !== 'string') return undefined;
  const [name, ...pieces] = parts(text).filter(({ type }) => type === 'string_content');
  return name && pieces.length === 0 ? { object, name } : undefined;
}

/** True where a module does not give on what was renamed any more: where to find it is another rule's to tell. */
export function isElsewhere(
  module: string,
  { oldName, newName }: SymbolRename,
  { change }: RepairContext,
): boolean {
  const fate = change.fateOf(`${module}.${oldName}`);
  return fate !== undefined && 'name' in fate && fate.name !== `${module}.${newName}`;
}

/** The one rename they agree on. */
export function single(renames: readonly SymbolRename[]): SymbolRename | undefined {
  const names = new Set(renames.map(({ oldName, newName }) => `${oldName}→${newName}`));
  return names.size === 1 ? renames[0] : undefined;
}

export function ambiguous(renames: readonly SymbolRename[]): Refusal | undefined {
  if (renames.length === 0) return undefined;
  return { refused: 'several renames of the change could be meant' };
}
