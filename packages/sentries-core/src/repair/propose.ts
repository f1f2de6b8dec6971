import type { FailureFact } from '../pytest/facts';
import { argumentChanged } from './rules/argument-changed';
import { argumentList } from './rules/argument-list';
import { deprecatedArgument } from './rules/deprecated-argument';
import { deprecatedSymbol } from './rules/deprecated-symbol';
import { inDoctest } from './doctest-code';
import { doctestOutput } from './rules/doctest-output';
import { expectedLiteral } from './rules/expected-literal';
import { expectedMember } from './rules/expected-member';
import { expectedName } from './rules/expected-name';
import { fixtureRenamed } from './rules/fixture-renamed';
import { mockCall } from './rules/mock-call';
import { movedAttribute } from './rules/moved-attribute';
import { movedFile } from './rules/moved-file';
import { movedImport } from './rules/moved-import';
import { parametrizeRow } from './rules/parametrize-row';
import { patchTarget } from './rules/patch-target';
import { raisesMatch } from './rules/raises-match';
import { raisesType } from './rules/raises-type';
import { removedSubject } from './rules/removed-subject';
import { renamedSymbol } from './rules/renamed-symbol';
import { snapshotFile } from './rules/snapshot-file';
import { warnsType } from './rules/warns-type';
import { isRefusal, type Proposal, type RepairContext, type Strategy } from './strategy';

/** The rules for the code of a test, whatever it expects. */
const CODE: readonly Strategy[] = [
  renamedSymbol,
  movedImport,
  movedAttribute,
  argumentChanged,
  argumentList,
];

/** The same, for the code of examples in a text. */
export const exampleCode: Strategy = inDoctest(CODE);

/** The rules, in the order in which they are asked: what keeps the meaning of a test comes first. */
const RULES: readonly Strategy[] = [
  doctestOutput,
  exampleCode,
  renamedSymbol,
  movedImport,
  movedAttribute,
  patchTarget,
  movedFile,
  argumentChanged,
  argumentList,
  fixtureRenamed,
  deprecatedArgument,
  deprecatedSymbol,
  removedSubject,
  snapshotFile,
  parametrizeRow,
  expectedLiteral,
  expectedName,
  expectedMember,
  mockCall,
  raisesType,
  warnsType,
  raisesMatch,
];

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
