import { isRefusal } from '../../repair/strategy';
import type { StaleReference } from '../stale';
import { addedParameter } from './added-parameter';
import { changedDefault } from './changed-default';
import { changedException } from './changed-exception';
import { changedReturn } from './changed-return';
import { movedAnchor } from './moved-anchor';
import { movedFile } from './moved-file';
import { movedSymbol } from './moved-symbol';
import { removedParameter } from './removed-parameter';
import { removedSymbol } from './removed-symbol';
import { renamedParameter } from './renamed-parameter';
import { renamedSetting } from './renamed-setting';
import { renamedSymbol } from './renamed-symbol';
import type { DocContext, DocProposal, DocRule } from './rule';

/** In the order in which they are asked. */
export const RULES: readonly DocRule[] = [
  renamedSymbol,
  movedSymbol,
  renamedParameter,
  removedParameter,
  addedParameter,
  changedDefault,
  changedException,
  changedReturn,
  movedFile,
  movedAnchor,
  renamedSetting,
  removedSymbol,
];

/** The edit that a rule is sure of, or why none is. Where no rule is asked, a model may be. */
export function proposeForDocs(
  stale: StaleReference,
  context: DocContext,
  rules: readonly DocRule[] = RULES,
): DocProposal | { readonly refused: string } {
  for (const rule of rules) {
    const answer = rule.propose(stale, context);
    if (!answer) continue;
    return isRefusal(answer) ? { refused: `${rule.id}: ${answer.refused}` } : answer;
  }
  return {
    refused: rules.length > 0 ? 'the change does not say what became of it' : 'no rule was asked',
  };
}
