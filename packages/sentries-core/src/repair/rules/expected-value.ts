import type { DocumentedLine } from '../../change/documentation';
import type { LiteralChange } from '../../change/literals';
import type { FailureFact, ValueFact } from '../../pytest/facts';
import { PythonSource, parts, type Node } from '../../python/syntax';
import { literalValue } from '../../python/value';
import type { Evidence } from '../../report/run-record';
import { align, type Leaf, type Resolve } from '../alignment';
import { documentedLeaves, explainLeaves } from '../explain';
import { origin, type Standpoint } from '../origin';
import { rewriteLiteral } from '../rewrite-literal';
import { isRefusal, type Proposal, type Refusal, type RepairContext } from '../strategy';

/** An expected value as it is written in a test. */
export interface Target {
  readonly at: Standpoint;
  readonly literal: Node;
}

/**
 * Proposes to put the observed value in place of an expected literal: `explained` where the change shows
 * the new value, else `unexplained`.
 *
 * @param expected What the facts say that the expected side was: the literals must be that value.
 */
export function proposeValue(
  strategy: string,
  target: Target,
  expected: ValueFact,
  observed: ValueFact,
  failure: FailureFact,
  context: RepairContext,
  walk: typeof align = align,
): Proposal | Refusal {
  const compared = valueNode(expected);
  if (!compared) return { refused: 'the literal is not the value that was compared' };
  const now = valueNode(observed);
  if (!now)
    return { refused: `the observed value (a ${observed.type}) has no faithful source form` };
  const leaves = walk(target.literal, compared, now, resolver(target.at, failure, context));
  return isRefusal(leaves) ? leaves : proposeLeaves(strategy, target.at, leaves, context);
}

/** Where the value of a name was written, as far as that is in the same file. */
export function resolver(at: Standpoint, failure: FailureFact, context: RepairContext): Resolve {
  return (node, compared) => {
    const found = origin(at, node, compared, failure, context);
    if (!found || isRefusal(found)) return found;
    return found.file === at.file
      ? found.node
      : { refused: `${node.text} was given by ${found.file}` };
  };
}

/**
 * Proposes to edit literals of a test.
 *
 * @param known The literals of the change that explain the edit, where that is known already.
 */
export function proposeLeaves(
  strategy: string,
  { file, source }: Pick<Standpoint, 'file' | 'source'>,
  leaves: readonly Leaf[],
  context: RepairContext,
  known?: readonly LiteralChange[],
): Proposal | Refusal {
  if (leaves.length === 0) {
    return { refused: 'both sides have the same source form, so their types must differ' };
  }
  const edits: { span: { start: number; end: number }; after: string }[] = [];
  for (const leaf of leaves) {
    const rewritten =
      leaf.now.kind === 'symbol'
        ? [
            {
              span: { start: leaf.node.startIndex, end: leaf.node.endIndex },
              after: leaf.now.name,
            },
          ]
        : rewriteLiteral(leaf.node, leaf.model);
    if ('refused' in rewritten) return rewritten;
    edits.push(...rewritten);
  }
  // An expectation that the change itself wrote is not stale, whatever else the change replaced.
  const isFresh = edits.some(({ span }) =>
    context.change.wrote(file, source.lines.lineOf(span.start)),
  );
  const causes = isFresh ? undefined : (known ?? explainLeaves(leaves, context.change.literals));
  const documented =
    causes || isFresh ? undefined : documentedLeaves(leaves, context.change.documentation);
  const operations = edits.map(({ span, after }) => ({
    file,
    span,
    before: source.text.slice(span.start, span.end),
    after,
  }));
  const says = edits
    .map((edit, at) => `${short(operations[at]!.before)} becomes ${short(edit.after)}`)
    .join(', ');
  return {
    strategy,
    tier: causes || documented ? 'explained' : 'unexplained',
    operations,
    evidence: causes?.flatMap(evidenceOf) ?? documented?.flatMap(evidenceOfWords) ?? [],
    causes: causes ?? [],
    says,
  };
}

export function evidenceOf(change: LiteralChange): Evidence[] {
  const { file, oldLine, newLine, oldText, newText } = change;
  return [
    { file, line: oldLine, side: 'base', text: oldText, says: 'the old value stood here' },
    { file, line: newLine, side: 'head', text: newText, says: 'the new value stands here' },
  ];
}

function evidenceOfWords({ file, old, line, text }: DocumentedLine): Evidence[] {
  const now: Evidence = {
    ...{ file, line, side: 'head', text: text.trim() },
    says: 'the documentation says the new value',
  };
  if (!old) return [now];
  const before: Evidence = {
    ...{ file, line: old.line, side: 'base', text: old.text.trim() },
    says: 'the documentation said the old value',
  };
  return [before, now];
}

/** The expression that a fact's source text is. */
export function valueNode({ source, outline }: ValueFact): Node | undefined {
  const text = source ?? outline;
  if (text === undefined) return undefined;
  const statement = parts(new PythonSource(text).root);
  const expression = statement.length === 1 ? parts(statement[0]!) : [];
  return expression.length === 1 ? expression[0] : undefined;
}

/** The text that a fact says a value was. */
export function textOf(fact: ValueFact | undefined): string | undefined {
  const node = fact && valueNode(fact);
  const value = node && literalValue(node);
  return value?.kind === 'str' ? value.value : undefined;
}

export const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
