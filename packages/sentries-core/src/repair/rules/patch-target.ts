import { renamed, type Fate } from '../../change/fate';
import type { ChangeSet } from '../../change/change-set';
import type { SymbolRename } from '../../change/renames';
import { moduleSymbols } from '../../change/symbols';
import type { Operation } from '../../patch/operation';
import { parts, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { literalValue } from '../../python/value';
import { failingCalls } from '../failing-place';
import { qualifiedThrough } from '../qualified';
import { binds, scopeOf } from '../references';
import type { Refusal, RepairContext, Strategy } from '../strategy';

/** A name in a string that leads to the code under test: `patch("acme.money.old")`, `getattr(money, "old")`. */
export const patchTarget: Strategy = {
  id: 'patch-target',
  propose(failure, context) {
    if (!TYPES.has(failure.exception.type)) return undefined;
    const place = failingCalls(failure, context);
    if (!place) return undefined;
    const { file, source, calls } = place;
    const failing = calls
      .map((call) => read(source, call, context) ?? memberTarget(call, context))
      .filter((one) => one !== undefined);
    const unclear = failing.find((one) => 'refused' in one);
    if (unclear) return unclear;
    const [first] = failing as Target[];
    if (!first) return undefined;
    // Wherever else the file names something that is gone, it would fail likewise.
    const others = source
      .find('call')
      .map((call) => read(source, call, context))
      .filter((one): one is Target => one !== undefined && !('refused' in one));
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: distinct([...(failing as Target[]), ...others]).map(
        ({ node, now }): Operation => ({ file, span: spanOf(node), before: node.text, after: now }),
      ),
      evidence: first.evidence,
      causes: [],
      says: `${first.node.text} is ${first.now} now`,
    };
  },
};

const TYPES = new Set([
  'builtins.AttributeError',
  'builtins.ImportError',
  'builtins.ModuleNotFoundError',
]);

/** A string's content that is stale, and what stands there now. */
interface Target {
  readonly node: Node;
  readonly now: string;
  readonly evidence: Extract<Fate, { name: string }>['evidence'];
}

/** Calls whose first argument is a dotted string. */
const BY_PATH = new Set([
  'patch',
  'setattr',
  'delattr',
  'dict',
  'multiple',
  'import_module',
  'resolve_name',
]);
/** Calls whose first two arguments are an object and the name of its attribute. */
const BY_NAME = new Set(['object', 'setattr', 'delattr', 'getattr', 'spy']);

/** What a call's string leads to, where the change took that away. */
function read(
  source: PythonSource,
  call: Node,
  context: RepairContext,
): Target | Refusal | undefined {
  const [callee, first, second] = shape(call);
  if (first === undefined) return undefined;
  const path = BY_PATH.has(callee) ? content(constant(source, first)) : undefined;
  if (path) {
    const fate = path.text.includes('.') ? context.change.fateOf(path.text) : undefined;
    return fate && target(path, fate, (name) => name);
  }
  const name = BY_NAME.has(callee) && second ? content(second) : undefined;
  const holder = name && qualifiedThrough(source, first);
  const fate = holder && context.change.fateOf(`${holder}.${name.text}`);
  if (!fate) return undefined;
  return target(name, fate, (now) => {
    const at = now.lastIndexOf('.');
    return now.slice(0, at) === holder ? now.slice(at + 1) : undefined;
  });
}

function target(
  node: Node,
  fate: Fate,
  spelled: (name: string) => string | undefined,
): Target | Refusal | undefined {
  // That nothing stands in its place is another rule's to tell.
  if (fate.kind === 'removed') return undefined;
  if (fate.kind === 'unclear')
    return { refused: `${node.text} may be ${fate.candidates.join(' or ')} now` };
  const now = spelled(fate.name);
  if (now === undefined)
    return {
      refused: `${node.text} is ${fate.name} now, which is no attribute of the same object`,
    };
  return { node, now, evidence: fate.evidence };
}

/** An attribute of an object whose class the file does not tell: the one member of that name that was renamed. */
function memberTarget(call: Node, { change }: RepairContext): Target | Refusal | undefined {
  const [callee, first, second] = shape(call);
  const name = BY_NAME.has(callee) && first && second ? content(second) : undefined;
  const renames = change.renames.filter((one) => one.owner !== '' && one.oldName === name?.text);
  const [rename, ...more] = renames;
  if (!name || !rename) return undefined;
  if (more.some(({ newName }) => newName !== rename.newName))
    return { refused: `several classes had .${name.text}, and it has several names now` };
  if (isOthers(rename.oldName, renames, change))
    return { refused: `other classes have or had .${name.text} as well` };
  return { node: name, now: rename.newName, evidence: renamed(rename) };
}

/** True where a changed file has or had a member of that name that was not renamed so. */
function isOthers(name: string, renames: readonly SymbolRename[], change: ChangeSet): boolean {
  const isKnown = (path: string, owner: string): boolean =>
    renames.some((one) => one.oldFile === path && one.owner === owner);
  return change.files.some(({ oldPath, old, new: now }) =>
    [old, now].some(
      (source) =>
        source &&
        [...moduleSymbols(source).values()].some(
          (symbol) =>
            symbol.owner !== '' && symbol.name === name && !isKnown(oldPath, symbol.owner),
        ),
    ),
  );
}

/** The last word of what is called, and the first two positional arguments; none where a miss is allowed. */
function shape(call: Node): [callee: string, first?: Node, second?: Node] {
  const callee = call.childForFieldName('function');
  const word = callee?.type === 'attribute' ? callee.childForFieldName('attribute') : callee;
  const list = call.childForFieldName('arguments');
  const args = list?.type === 'argument_list' ? parts(list) : [];
  const named = args.filter(({ type }) => type === 'keyword_argument');
  const isLenient = named.some((node) => /^(raising\s*=\s*False|create\s*=)/.test(node.text));
  const positional = args.filter(({ type }) => type !== 'keyword_argument');
  const byKeyword = named
    .filter((node) => node.childForFieldName('name')?.text === 'target')
    .map((node) => node.childForFieldName('value')!);
  if (isLenient || (word?.text === 'getattr' && positional.length > 2)) return [''];
  return [word?.text ?? '', ...(positional.length > 0 ? positional : byKeyword).slice(0, 2)] as [
    string,
  ];
}

/** The expression itself, or the string that the file gives to a name once, at its top. */
function constant(source: PythonSource, node: Node): Node {
  if (node.type !== 'identifier') return node;
  const bindings = source.named(node.text).filter(binds);
  const assignment = bindings.length === 1 ? bindings[0]!.parent : null;
  if (assignment?.type !== 'assignment' || scopeOf(bindings[0]!)) return node;
  return assignment.childForFieldName('right') ?? node;
}

/** The content of a plain string, which is what it says. */
function content(node: Node): Node | undefined {
  const value = literalValue(node);
  const inner =
    node.type === 'string' ? parts(node).filter((n) => n.type === 'string_content') : [];
  return value?.kind === 'str' && inner.length === 1 && inner[0]!.text === value.value
    ? inner[0]
    : undefined;
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((one) => [one.node.startIndex, one])).values()];
}
