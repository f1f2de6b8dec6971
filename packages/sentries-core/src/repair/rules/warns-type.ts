import type { Operation } from '../../patch/operation';
import { spanOf } from '../../python/syntax';
import { calleeName } from '../../python/call';
import { argumentOf } from '../call';
import { isRefusal, type Strategy } from '../strategy';
import { expectingCall } from './expecting';
import { evidenceOf, textOf } from './expected-value';
import { edited, lastName } from './raises-type';

/** `pytest.warns(Old)` where the change warns by `New` in its place. */
export const warnsType: Strategy = {
  id: 'warns-type',
  propose(failure, context) {
    const { check } = failure;
    const source = check && context.test(check.frame.file);
    if (check?.name !== 'warned' || !source) return undefined;
    const { file, line } = check.frame;
    const type = textOf(check.values['category']);
    const call = expectingCall(source, line);
    const expected =
      call && calleeName(call) === 'warns' ? argumentOf(call, 0, 'expected_warning') : undefined;
    if (type === undefined || !expected || !['identifier', 'attribute'].includes(expected.type))
      return { refused: 'the expected warning is not one class' };
    const [old, now] = [lastName(expected.text), lastName(type)];
    // What is above the old class would let more pass than the test did.
    if (now === 'Warning' || check.values['wider']?.source !== 'False')
      return { refused: `${now} is wider than ${old}` };
    const causes = context.change.literals.filter(
      (literal) => literal.kind === 'exception' && literal.old === old && literal.new === now,
    );
    const [cause] = causes;
    if (!cause) return { refused: `no warning of the change exchanges ${old} for ${now}` };
    if (context.change.wrote(file, source.lineOf(expected)))
      return { refused: 'the change itself wrote what is expected here' };
    const edits = edited(source, expected, type);
    if (isRefusal(edits)) return edits;
    return {
      strategy: this.id,
      tier: 'explained',
      operations: edits.map(([node, after]): Operation => ({
        file,
        span: spanOf(node),
        before: node.text,
        after,
      })),
      evidence: evidenceOf(cause),
      causes,
      says: `${expected.text} becomes ${edits[0]![1]}`,
    };
  },
};
