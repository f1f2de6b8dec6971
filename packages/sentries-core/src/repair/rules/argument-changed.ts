import { starModules } from '../../change/offers';
import { changesOf, type SignatureChange } from '../../change/parameters';
import { signaturesOf, type Parameter } from '../../change/signatures';
import type { Operation } from '../../patch/operation';
import type { FrameFact } from '../../pytest/facts';
import { enclosing, isWithin, type Node, type PythonSource } from '../../python/syntax';
import type { Evidence } from '../../report/run-record';
import { addedValue } from '../added-value';
import { qualifiedThrough } from '../qualified';
import { rebind, type Rebound } from '../rebind';
import { binds } from '../references';
import {
  failingTestFrame,
  isRefusal,
  type Refusal,
  type RepairContext,
  type Strategy,
} from '../strategy';
import { operationsOf } from '../text-edit';

/**
 * A call whose arguments do not fit any more. The failing frame says which call: one that was right for the
 * old parameters and is not for the new ones; no message is read for it.
 */
export const argumentChanged: Strategy = {
  id: 'argument-changed',
  propose(failure, context) {
    const place = failingTestFrame(failure, context);
    if (!place || failure.exception.type !== 'builtins.TypeError') return undefined;
    const { frame, source } = place;
    const stale = failingCallsAt(source, frame)
      .map((call) => readCall(source, call, context))
      .filter((one) => one !== undefined);
    if (stale.length > 1) return { refused: 'several calls on this line do not fit any more' };
    const [failing] = stale;
    if (!failing || isRefusal(failing)) return failing;
    const { change, rebound } = failing;
    const left = leftBehind(change, context);
    if (left !== undefined)
      return { refused: `${left} still calls ${change.new.path} in the old way` };
    const values = rebound.needed.map((parameter) => addedValue(change, parameter, context.change));
    const unknown = rebound.needed.find((_, at) => !values[at]);
    if (unknown) return { refused: `${change.new.path} needs a value for ${unknown.name}` };
    const known = values.filter((value) => value !== undefined);
    // The other calls of the same thing in this file fail likewise.
    const calls = source
      .find('call')
      .map((call) => (call.id === failing.call.id ? failing : readCall(source, call, context)))
      .filter((one): one is StaleCall => one !== undefined && !isRefusal(one))
      .filter((one) => one.change === change && isAlike(one, failing));
    const given = known.map(({ parameter, text }) => `${parameter.name}=${text}`);
    return {
      strategy: this.id,
      tier: known.length > 0 ? 'explained' : 'mechanical',
      operations: calls.flatMap((one) => operations(frame.file, source, one, given)),
      evidence: [...evidenceOf(change), ...known.flatMap(({ evidence }) => evidence)],
      causes: [],
      says: `the parameters of ${change.new.path} changed`,
    };
  },
};

/** A call in the code that changed which fitted the old parameters and does not fit the new ones. */
function leftBehind(change: SignatureChange, context: RepairContext): string | undefined {
  const words = change.new.path.split('.').filter((word) => word !== '__init__');
  const name = words.slice(-1);
  for (const { path, new: source } of context.change.users) {
    for (const call of source?.callsNamed(name) ?? [])
      if (rebind(call, change)) return `${path}:${source!.lineOf(call)}`;
  }
  return undefined;
}

interface StaleCall {
  readonly call: Node;
  readonly change: SignatureChange;
  readonly rebound: Rebound;
}

/** A call of something whose parameters changed, where it fitted the old ones and not the new ones. */
function readCall(
  source: PythonSource,
  call: Node,
  context: RepairContext,
): StaleCall | Refusal | undefined {
  const candidates = candidatesOf(source, call, context);
  const fitting = candidates.flatMap((change) => {
    const rebound = rebind(call, change);
    return rebound ? [{ change, rebound }] : [];
  });
  const [only] = fitting;
  if (!only) return undefined;
  if (fitting.length > 1 || candidates.length > 1)
    return { refused: `several definitions could be called here` };
  const { change, rebound } = only;
  const doubt = change.old.doubt ?? change.new.doubt ?? namesake(source, call, change, context);
  if (doubt !== null) return { refused: doubt };
  return isRefusal(rebound) ? rebound : { call, change, rebound };
}

/** What a call may be of: by the imports of the file, or for a method of some object by its name. */
function candidatesOf(
  source: PythonSource,
  call: Node,
  { change }: RepairContext,
): readonly SignatureChange[] {
  const callee = call.childForFieldName('function');
  if (!callee) return [];
  const dotted = qualifiedThrough(source, callee);
  if (dotted !== undefined) {
    return changesOf(dotted, change.signatures).filter(({ new: now }) => !now.isOfInstance);
  }
  if (callee.type === 'identifier') return byStar(source, callee, change.signatures);
  if (callee.type !== 'attribute') return [];
  const object = callee.childForFieldName('object')!;
  if (qualifiedThrough(source, object) !== undefined) return [];
  const name = callee.childForFieldName('attribute')!.text;
  const made = classOf(source, object);
  return change.signatures.filter(
    ({ new: now }) =>
      now.kind === 'method' &&
      now.path.endsWith(`.${name}`) &&
      (made === undefined || made.endsWith(`.${now.path.slice(0, -name.length - 1)}`)),
  );
}

/** A name that nothing in the file binds, brought by a star import. */
function byStar(
  source: PythonSource,
  callee: Node,
  all: readonly SignatureChange[],
): SignatureChange[] {
  if (source.named(callee.text).some(binds)) return [];
  return starModules(source).flatMap((module) => changesOf(`${module}.${callee.text}`, all));
}

/** The class of an object that its function makes, once, by calling it. */
function classOf(source: PythonSource, object: Node): string | undefined {
  const scope = enclosing(object, 'function_definition') ?? source.root;
  const bindings =
    object.type === 'identifier'
      ? source.named(object.text).filter((node) => isWithin(node, scope) && binds(node))
      : [];
  const assignment = bindings.length === 1 ? bindings[0]!.parent : null;
  const made = assignment?.type === 'assignment' ? assignment.childForFieldName('right') : null;
  const callee = made?.type === 'call' ? made.childForFieldName('function') : null;
  return callee ? qualifiedThrough(source, callee) : undefined;
}

/** Why a method that is known by its name alone may be another one: a changed file has it on another class. */
function namesake(
  source: PythonSource,
  call: Node,
  { new: now }: SignatureChange,
  { change }: RepairContext,
): string | null {
  const callee = call.childForFieldName('function')!;
  const object = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
  if (now.kind !== 'method' || !object || classOf(source, object) !== undefined) return null;
  const name = now.path.slice(now.path.lastIndexOf('.'));
  const others = change.files.flatMap((file) =>
    file.new
      ? [...signaturesOf(file.new).keys()].filter(
          (path) => path.endsWith(name) && path !== now.path,
        )
      : [],
  );
  return others.length > 0 ? `${others[0]} could be called here as well` : null;
}

/** The call that failed; where CPython does not tell, the calls on its line. */
function failingCallsAt(source: PythonSource, frame: FrameFact): Node[] {
  if (frame.span) {
    const [line, column, endLine, endColumn] = frame.span;
    const start = source.lines.offset(line, column);
    const end = source.lines.offset(endLine, endColumn);
    const node = source.nodeAt({ start, end });
    if (node.type === 'call' && node.startIndex === start && node.endIndex === end) return [node];
  }
  return source.findOn(frame.line, 'call');
}

/** Two calls that need values for the same parameters. */
const isAlike = (one: StaleCall, other: StaleCall): boolean =>
  one.rebound.needed.map(nameOf).join() === other.rebound.needed.map(nameOf).join();

const nameOf = ({ name }: Parameter): string => name;

function operations(
  file: string,
  source: PythonSource,
  { call, rebound }: StaleCall,
  given: readonly string[],
): Operation[] {
  const edits = [...rebound.edits];
  if (given.length > 0) {
    const list = call.childForFieldName('arguments')!;
    const last = list.namedChildren.findLast((child) => child?.type !== 'comment');
    const at = last?.endIndex ?? list.startIndex + 1;
    const after = `${rebound.left > 0 ? ', ' : ''}${given.join(', ')}`;
    edits.push({ span: { start: at, end: at }, after });
  }
  return operationsOf(file, source, edits);
}

/** The lines of the parameters that differ. */
function evidenceOf({ file, old, new: now }: SignatureChange): Evidence[] {
  const text = ({ name, kind, default: value }: Parameter) => `${name} ${kind} ${value}`;
  const differing = (one: typeof old, other: typeof old): number =>
    one.parameters.find((p) => !other.parameters.some((q) => text(p) === text(q)))?.line ??
    one.line;
  const [before, after] = [differing(old, now), differing(now, old)];
  return [
    {
      file: file.oldPath,
      line: before,
      side: 'base',
      text: file.old!.lines.line(before).trim(),
      says: `${old.path} was called like this`,
    },
    {
      file: file.path,
      line: after,
      side: 'head',
      text: file.new!.lines.line(after).trim(),
      says: `${now.path} is called like this now`,
    },
  ];
}
