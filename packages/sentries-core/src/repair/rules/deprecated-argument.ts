import type { Operation } from '../../patch/operation';
import { changesOf, type SignatureChange } from '../../change/parameters';
import { calleeName } from '../../python/call';
import {
  coversLine,
  enclosing,
  parts,
  spanOf,
  type Node,
  type PythonSource,
} from '../../python/syntax';
import type { FrameFact } from '../../pytest/facts';
import { qualifiedThrough } from '../qualified';
import type { Strategy } from '../strategy';
import { ABOUT_WARNINGS, OF_DEPRECATION } from './deprecated-symbol';

/**
 * A warning that is raised as an error where the test gives an argument by a name that the change deprecated:
 * the definition itself hands its value on to a new parameter, which the warning names, too.
 */
export const deprecatedArgument: Strategy = {
  id: 'deprecated-argument',
  propose({ exception, frames }, context) {
    if (!OF_DEPRECATION.test(exception.type)) return undefined;
    const at = frames.findLastIndex(({ file }) => context.test(file) !== undefined);
    const [frame, callee] = [frames[at], frames[at + 1]];
    const source = frame && context.test(frame.file);
    if (!source || !callee) return undefined;
    const words = new Set(exception.message.match(/\w+/g));
    const successors = context.change.signatures
      .flatMap((change) => successorsIn(change, callee))
      .filter(({ newName }) => words.has(newName));
    const found = source
      .findOn(frame.line, 'call')
      .flatMap((call) => successors.flatMap((one) => labelled(source, call, one)));
    const [only, ...more] = found;
    if (!only) return undefined;
    if (more.length > 0) return { refused: 'several arguments on this line may be meant' };
    if (ABOUT_WARNINGS.some((name) => source.named(name).length > 0))
      return { refused: `this file tests warnings, perhaps that of ${only.label.text}` };
    const { label, successor } = only;
    const { change, oldName, newName, line } = successor;
    const operation: Operation = {
      file: frame.file,
      span: spanOf(label),
      before: oldName,
      after: newName,
    };
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: [operation],
      evidence: [
        {
          file: change.file.path,
          line,
          side: 'head',
          text: change.file.new!.lines.line(line).trim(),
          says: `${oldName} is handed on as ${newName}`,
        },
      ],
      causes: [],
      says: `the argument ${oldName} of ${change.new.path} is deprecated, and ${newName} takes its value`,
    };
  },
};

interface Successor {
  readonly change: SignatureChange;
  readonly oldName: string;
  readonly newName: string;
  /** At head, where one is given to the other. */
  readonly line: number;
}

/** `new = old`, beside the warning that a frame stands at, where the change brought the parameter `new`. */
function successorsIn(change: SignatureChange, callee: FrameFact): Successor[] {
  const { file, old, new: now, doubt } = { ...change, doubt: change.new.doubt ?? change.old.doubt };
  const isAt = file.path === callee.file && now.line <= callee.line && callee.line <= now.endLine;
  if (!isAt || doubt !== null || !file.new) return [];
  const source = file.new;
  const takes = ({ parameters }: typeof old, name: string): boolean =>
    parameters.some((one) => one.name === name && one.kind !== 'positional-only');
  return source.find('assignment').flatMap((node) => {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
    const branch = enclosing(node, 'if_statement');
    if (left?.type !== 'identifier' || right?.type !== 'identifier' || !branch) return [];
    if (!coversLine(source, branch, callee.line)) return [];
    const [newName, oldName] = [left.text, right.text];
    const isSuccessor =
      takes(old, oldName) && takes(now, oldName) && !takes(old, newName) && takes(now, newName);
    return isSuccessor ? [{ change, oldName, newName, line: source.lineOf(node) }] : [];
  });
}

/** The label by which a call of the definition gives the old argument, and does not give the new one. */
function labelled(
  source: PythonSource,
  call: Node,
  successor: Successor,
): { readonly label: Node; readonly successor: Successor }[] {
  const { change, oldName, newName } = successor;
  const callee = call.childForFieldName('function')!;
  const dotted = qualifiedThrough(source, callee);
  const isMeant =
    dotted === undefined
      ? change.new.kind === 'method' && change.new.path.endsWith(`.${calleeName(call)}`)
      : changesOf(dotted, [change]).length > 0;
  const list = call.childForFieldName('arguments');
  const labels = parts(list ?? call)
    .filter(({ type }) => type === 'keyword_argument')
    .map((node) => node.childForFieldName('name')!);
  const label = labels.find(({ text }) => text === oldName);
  const isGiven = labels.some(({ text }) => text === newName);
  return isMeant && label && !isGiven ? [{ label, successor }] : [];
}
