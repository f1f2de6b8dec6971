import { PythonSource, parts, type Node } from '../../python/syntax';
import { literalValue, sameValue } from '../../python/value';
import type { FailureFact, CompareFact } from '../../pytest/facts';
import type { LiteralChange } from '../../change/literals';
import type { Evidence } from '../../report/run-record';
import { explain } from '../explain';
import { rewriteLiteral } from '../rewrite-literal';
import { failingTestFrame, type Proposal, type Refusal, type RepairContext } from '../strategy';

/** A failing `assert left == right`, with what the two sides were. */
export interface FailedEquality {
  readonly file: string;
  readonly source: PythonSource;
  readonly sides: readonly [Side, Side];
}

interface Side {
  readonly node: Node;
  readonly fact: CompareFact['left'];
}

/**
 * The assert that failed, where it is one `==` between two sides and the facts are about that very
 * comparison; undefined for failures of any other kind.
 */
export function failedEquality(
  failure: FailureFact,
  context: RepairContext,
): FailedEquality | Refusal | undefined {
  const { compare, exception } = failure;
  const place = failingTestFrame(failure, context);
  if (!place || exception.type !== 'builtins.AssertionError' || !compare) return undefined;
  const { frame, source } = place;
  if (compare.file !== frame.file || compare.op !== '==') return undefined;
  // Which of an assert's lines is named differs between the versions of CPython.
  const covers = (node: Node, line: number): boolean =>
    source.lineOf(node) <= line && line <= source.lines.lineOf(node.endIndex);
  const asserts = source
    .find('assert_statement')
    .filter((node) => covers(node, frame.line) && covers(node, compare.line));
  if (asserts.length === 0) return undefined;
  if (asserts.length > 1) return { refused: 'several asserts stand on the failing line' };
  const comparison = bare(parts(asserts[0]!)[0]!);
  const [left, right, ...more] = parts(comparison);
  const single = comparison.type === 'comparison_operator' && more.length === 0;
  if (!single || !left || !right || comparison.child(1)?.text !== '==') {
    return { refused: 'the assert is more than one comparison' };
  }
  return {
    file: frame.file,
    source,
    sides: [
      { node: bare(left), fact: compare.left },
      { node: bare(right), fact: compare.right },
    ],
  };
}

/** Without the parentheses around it. */
function bare(node: Node): Node {
  const inner = node.type === 'parenthesized_expression' ? parts(node) : [];
  return inner.length === 1 ? bare(inner[0]!) : node;
}

/**
 * Proposes to put the observed value in place of an expected literal: `explained` where the change shows
 * the new value, else `unexplained`.
 *
 * @param literal The node of the expected value, in `source`, which is the text of `file`.
 * @param expected What the facts say that the expected side was: the literal must be that value.
 */
export function proposeValue(
  strategy: string,
  target: { readonly file: string; readonly source: PythonSource; readonly literal: Node },
  expected: CompareFact['left'],
  observed: CompareFact['left'],
  context: RepairContext,
): Proposal | Refusal {
  const { file, source, literal } = target;
  const before = literalValue(literal);
  if (!before) return { refused: 'the expected value is not a literal' };
  const compared = literalNode(expected.source);
  const meant = compared && literalValue(compared);
  if (!meant || !sameValue(before, meant)) {
    return { refused: 'the literal is not the value that was compared' };
  }
  const node = literalNode(observed.source);
  const now = node && literalValue(node);
  if (!now) {
    return { refused: `the observed value (a ${observed.type}) has no faithful source form` };
  }
  if (sameValue(before, now)) {
    return { refused: 'both sides have the same source form, so their types must differ' };
  }
  const edits = rewriteLiteral(literal, node);
  if ('refused' in edits) return edits;
  // An expectation that the change itself wrote is not stale, whatever else the change replaced.
  const isFresh = edits.some(({ span }) =>
    context.change.wrote(file, source.lines.lineOf(span.start)),
  );
  const causes = isFresh ? undefined : explain(before, now, context.change.literals);
  const operations = edits.map(({ span, after }) => ({
    file,
    span,
    before: source.text.slice(span.start, span.end),
    after,
  }));
  const what = edits
    .map((edit, at) => `${short(operations[at]!.before)} becomes ${short(edit.after)}`)
    .join(', ');
  return causes
    ? {
        strategy,
        tier: 'explained',
        operations,
        evidence: causes.flatMap(evidenceOf),
        causes,
        says: what,
      }
    : {
        strategy,
        tier: 'unexplained',
        operations,
        evidence: [],
        causes: [],
        says: what,
      };
}

function evidenceOf(change: LiteralChange): Evidence[] {
  const { file, oldLine, newLine, oldText, newText } = change;
  return [
    { file, line: oldLine, side: 'base', text: oldText, says: 'the old value stood here' },
    { file, line: newLine, side: 'head', text: newText, says: 'the new value stands here' },
  ];
}

/** The expression that a fact's source text is. */
function literalNode(source: string | null): Node | undefined {
  if (source === null) return undefined;
  const statement = parts(new PythonSource(source).root);
  const expression = statement.length === 1 ? parts(statement[0]!) : [];
  return expression.length === 1 ? expression[0] : undefined;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
