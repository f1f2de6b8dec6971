import type { CheckFact, FailureFact, ValueFact } from '../../pytest/facts';
import { coversLine, parts, type Node, type PythonSource } from '../../python/syntax';
import { literalValue, sameValue } from '../../python/value';
import { bare } from '../../python/call';
import { argumentOf, argumentsOf, callAt } from '../call';
import { valueNode } from './expected-value';
import { standpoint, type Standpoint } from '../origin';
import { qualifiedThrough } from '../qualified';
import { failingTestFrame, isRefusal, type Refusal, type RepairContext } from '../strategy';

/** A failed comparison of two values, with what they were. */
export interface FailedComparison {
  readonly at: Standpoint;
  readonly operator: '==' | 'is' | 'in' | 'unordered';
  readonly sides: readonly [Side, Side];
}

export interface Side {
  readonly node: Node;
  readonly fact: ValueFact;
}

/**
 * The comparison that failed, of an `assert` or of unittest's methods, where the facts are about that very one;
 * undefined for failures of any other kind.
 */
export function failedComparison(
  failure: FailureFact,
  context: RepairContext,
): FailedComparison | Refusal | undefined {
  if (failure.exception.type !== 'builtins.AssertionError') return undefined;
  if (failure.check) return ofMethod(failure, failure.check, context);
  return ofAssert(failure, context);
}

function ofAssert(
  failure: FailureFact,
  context: RepairContext,
): FailedComparison | Refusal | undefined {
  const { compare } = failure;
  const place = failingTestFrame(failure, context);
  if (!place || !compare) return undefined;
  const { frame, source } = place;
  const { op } = compare;
  if (compare.file !== frame.file || (op !== '==' && op !== 'is' && op !== 'in')) return undefined;
  // Which of an assert's lines is named differs between the versions of CPython.
  const asserts = source
    .findOn(frame.line, 'assert_statement')
    .filter((node) => coversLine(source, node, compare.line));
  if (asserts.length === 0) return undefined;
  if (asserts.length > 1) return { refused: 'several asserts stand on the failing line' };
  const parted = conjuncts(bare(parts(asserts[0]!)[0]!)).filter((node) => isSingle(node, op));
  const isWhole = bare(parts(asserts[0]!)[0]!).type === 'comparison_operator';
  const found = parted.filter((node) => isWhole || mayBe(node, compare));
  if (found.length !== 1) return { refused: 'the assert is more than one comparison' };
  const [left, right] = parts(found[0]!).map((side) => inlined(source, bare(side)));
  return {
    at: standpoint(failure, frame, source),
    operator: op,
    sides: [
      { node: left!, fact: compare.left },
      { node: right!, fact: compare.right },
    ],
  };
}

/** Of a `snapshot(…)` of inline-snapshot, which stands for its argument, that argument. */
function inlined(source: PythonSource, node: Node): Node {
  const callee = node.type === 'call' ? node.childForFieldName('function') : null;
  const isSnapshot = callee && qualifiedThrough(source, callee) === 'inline_snapshot.snapshot';
  return (isSnapshot ? argumentsOf(node)?.get('0') : undefined) ?? node;
}

/** Refuses where `is` was asked of a value that may be many objects. */
export function mayBeAsked(
  operator: FailedComparison['operator'],
  { source }: ValueFact,
): Refusal | object {
  const isOne = /^(None|True|False|[A-Za-z_]\w*(\.\w+)+)$/.test(source ?? '');
  if (operator !== 'is' || isOne) return {};
  return { refused: 'the observed value is none that "is" may be asked of' };
}

/** What `and` joins. */
function conjuncts(condition: Node): Node[] {
  const isAnd =
    condition.type === 'boolean_operator' &&
    condition.childForFieldName('operator')?.text === 'and';
  return isAnd ? parts(condition).flatMap((node) => conjuncts(bare(node))) : [condition];
}

function isSingle(node: Node, operator: string): boolean {
  if (node.type !== 'comparison_operator' || parts(node).length !== 2) return false;
  return node.child(1)?.text === operator;
}

/** Of several comparisons, one that the facts can be about: its literals are what was compared. */
function mayBe(node: Node, { left, right }: NonNullable<FailureFact['compare']>): boolean {
  const [one, other] = parts(node).map((side) => literalValue(bare(side)));
  const fits = (value: ReturnType<typeof literalValue>, fact: ValueFact): boolean => {
    const was = valueNode(fact);
    const known = was && literalValue(was);
    return !value || (known !== undefined && sameValue(value, known));
  };
  return fits(one, left) && fits(other, right);
}

/** The parameters of unittest's methods that are compared. */
const METHODS: Readonly<
  Record<string, readonly [FailedComparison['operator'], first: string, second: string]>
> = {
  assertAlmostEqual: ['==', 'first', 'second'],
  assertCountEqual: ['unordered', 'first', 'second'],
  assertDictEqual: ['==', 'd1', 'd2'],
  assertEqual: ['==', 'first', 'second'],
  assertIn: ['in', 'member', 'container'],
  assertIs: ['is', 'expr1', 'expr2'],
  assertListEqual: ['==', 'list1', 'list2'],
  assertMultiLineEqual: ['==', 'first', 'second'],
  assertSequenceEqual: ['==', 'seq1', 'seq2'],
  assertSetEqual: ['==', 'set1', 'set2'],
  assertTupleEqual: ['==', 'tuple1', 'tuple2'],
};

function ofMethod(
  failure: FailureFact,
  { name, frame, values }: CheckFact,
  context: RepairContext,
): FailedComparison | Refusal | undefined {
  const method = METHODS[name];
  const source = context.test(frame.file);
  if (!method || !source) return undefined;
  // Old names, like assertEquals, are aliases.
  const call = callAt(source, frame, (callee) => callee === name || callee === `${name}s`);
  if (isRefusal(call)) return call;
  const [operator, first, second] = method;
  const [one, other] = [argumentOf(call, 0, first), argumentOf(call, 1, second)];
  const [left, right] = [values[first], values[second]];
  if (!one || !other || !left || !right) {
    return { refused: `the arguments of ${name} can not be told` };
  }
  return {
    at: standpoint(failure, frame, source),
    operator,
    sides: [
      { node: one, fact: left },
      { node: other, fact: right },
    ],
  };
}
