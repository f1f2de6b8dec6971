import type { FailureFact, FrameFact } from '../pytest/facts';
import { enclosing, type Node, type PythonSource } from '../python/syntax';
import { boundValue } from './binding';
import { callAt } from './call';
import { isOnlyExpected } from './expectation';
import { argumentFor, hasParameter, helperOf } from './helper';
import { rowValue } from './row-value';
import { isRefusal, type Refusal, type RepairContext } from './strategy';
import { tableRow } from './table-row';
import { weight } from './weight';

/** A place in a test file, and the frame that stood there. */
export interface Standpoint {
  readonly file: string;
  readonly source: PythonSource;
  /** The number of the frame in the facts; -1 where it is not known. */
  readonly frame: number;
}

/** Where a value was written. */
export interface Origin extends Standpoint {
  readonly node: Node;
}

/** The frame of the facts that is at a line of a file: the last, since recursion may make several. */
export function standpoint(
  failure: FailureFact,
  { file, line }: Pick<FrameFact, 'file' | 'line'>,
  source: PythonSource,
): Standpoint {
  const frame = failure.frames.findLastIndex((each) => each.file === file && each.line === line);
  return { file, source, frame };
}

/**
 * Where the value of an expression was written that stands for an expectation: in a row of the test, in a row
 * of a table that it loops over, in the call of a helper, or in the one assignment of the name.
 *
 * @param compared The value it had; without it, no row of a table is looked for.
 * @returns undefined where the expression is no such name.
 */
export function origin(
  at: Standpoint,
  use: Node,
  compared: Node | undefined,
  failure: FailureFact,
  context: RepairContext,
): Origin | Refusal | undefined {
  if (use.type === 'identifier') {
    const row = isRowOf(failure, use) ? rowValue(at.source, failure, use) : undefined;
    const frame = failure.frames[at.frame];
    const value = row ?? (compared && tableRow(at.source, use, compared, frame));
    if (value) return isRefusal(value) ? value : { ...at, node: value };
    const argument = argumentOf(at, use, failure, context);
    if (argument) {
      if (isRefusal(argument) || weight(argument.node) > 0) return argument;
      return origin(argument, argument.node, compared, failure, context);
    }
  }
  const bound = boundValue(at.source, use);
  return bound && !isRefusal(bound) ? { ...at, node: bound } : bound;
}

/** True for a name that the rows of the failing test give, in that test. */
export function isRowOf(failure: FailureFact, use: Node): boolean {
  const test = enclosing(use, 'function_definition');
  return use.text in failure.rows && test?.childForFieldName('name')?.text === failure.function;
}

/** What the caller of a helper gave for its parameter. */
function argumentOf(
  { source, frame }: Standpoint,
  use: Node,
  failure: FailureFact,
  context: RepairContext,
): Origin | Refusal | undefined {
  const helper = enclosing(use, 'function_definition', 'lambda');
  const name = helper?.childForFieldName('name')?.text;
  if (!name || !hasParameter(helper, use.text) || failure.frames[frame]?.function !== name) {
    return undefined;
  }
  const caller = failure.frames[frame - 1];
  const calling = caller && context.test(caller.file);
  if (!calling) return undefined;
  const call = callAt(calling, caller, (callee) => callee === name);
  if (isRefusal(call)) return call;
  if (calling === source && helperOf(source, call)?.id !== helper.id) return undefined;
  if (!isOnlyExpected(source, helper, use.text)) {
    return { refused: `${use.text} is used for more than an expectation` };
  }
  const node = argumentFor(call, helper, use.text);
  if (!node) return { refused: `what ${name} gets as ${use.text} can not be told` };
  return { file: caller.file, source: calling, frame: frame - 1, node };
}
