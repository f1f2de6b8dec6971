import type { FailureFact } from '../pytest/facts';
import { expectedLiteral } from './rules/expected-literal';
import { parametrizeRow } from './rules/parametrize-row';
import { renamedSymbol } from './rules/renamed-symbol';
import { isRefusal, type Proposal, type RepairContext, type Strategy } from './strategy';

/** The rules, in the order in which they are asked: what keeps the meaning of a test comes first. */
const RULES: readonly Strategy[] = [renamedSymbol, parametrizeRow, expectedLiteral];

/** The first proposal that a strategy is sure of, or why none is. */
export function propose(
  failure: FailureFact,
  context: RepairContext,
  strategies: readonly Strategy[] = RULES,
): Proposal | { readonly refused: readonly string[] } {
  const refused: string[] = [];
  for (const strategy of strategies) {
    const answer = strategy.propose(failure, context);
    if (!answer) continue;
    if (!isRefusal(answer) && answer.operations.length > 0) return answer;
    const reason = isRefusal(answer) ? answer.refused : 'nothing to edit';
    refused.push(`${strategy.id}: ${reason}`);
  }
  return { refused };
}
