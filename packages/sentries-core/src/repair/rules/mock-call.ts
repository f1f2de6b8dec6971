import { alignArguments } from '../constructed';
import { callAt } from '../call';
import { standpoint } from '../origin';
import { isRefusal, type Strategy } from '../strategy';
import { proposeValue } from './expected-value';

const METHODS = /^assert_(called|awaited)(_once)?_with$/;

/** `mock.assert_called_with("old")`: a literal among the arguments of the expected call. */
export const mockCall: Strategy = {
  id: 'mock-call',
  propose(failure, context) {
    const { check } = failure;
    if (!check || !METHODS.test(check.name)) return undefined;
    const { frame, values } = check;
    const source = context.test(frame.file);
    if (!source || !values['expected']) return undefined;
    if (!values['actual']) return { refused: 'the mock was not called' };
    const call = callAt(source, frame, (name) => METHODS.test(name));
    if (isRefusal(call)) return call;
    const target = { at: standpoint(failure, frame, source), literal: call };
    const { expected, actual } = values;
    return proposeValue(this.id, target, expected, actual, failure, context, alignArguments);
  },
};
