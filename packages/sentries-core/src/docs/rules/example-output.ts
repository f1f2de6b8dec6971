import { applyOperations } from '../../patch/operation';
import { doctestOutput } from '../../repair/rules/doctest-output';
import { isRefusal, type Proposal, type Strategy } from '../../repair/strategy';
import { structureOf } from '../pieces';

/**
 * The output of an example in documentation, which is that of a doctest; here the page around it must stay what it is.
 *
 * @param isMeant Says of a line (of a file from the workspace root) whether the change itself wrote it: then no new value is
 *   explained by the change.
 */
export const exampleOutput = (isMeant: (file: string, line: number) => boolean): Strategy => ({
  ...doctestOutput,
  id: 'doc-example-output',
  propose(failure, context) {
    const answer = doctestOutput.propose.call(this, failure, context);
    if (!answer || isRefusal(answer)) return answer;
    const { file } = failure.doctest!;
    const { text, lines } = context.text(file)!;
    const [was, is] = [text, applyOperations(text, answer.operations)].map((one) =>
      structureOf(file, one).shape.join('\n'),
    );
    if (was !== is)
      return { refused: 'the new output would change the structure of the page around it' };
    return answer.operations.some(({ span }) => isMeant(file, lines.lineOf(span.start)))
      ? ownWords(answer)
      : answer;
  },
});

function ownWords(proposal: Proposal): Proposal {
  const says = `${proposal.says} (on a line that the change itself wrote)`;
  return { ...proposal, tier: 'unexplained', evidence: [], causes: [], says };
}
