import { alignUnordered } from '../constructed';
import { origin } from '../origin';
import { isRefusal, type Strategy } from '../strategy';
import { isTemplate } from '../template';
import { weight } from '../weight';
import { failedComparison, mayBeAsked } from './failed-comparison';
import { proposeValue, valueNode } from './expected-value';

/** `assert f(x) == "old"`: the literal in the assertion itself. */
export const expectedLiteral: Strategy = {
  id: 'expected-literal',
  propose(failure, context) {
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison)) return comparison;
    const { at, sides, operator } = comparison;
    if (operator === 'in') return undefined;
    const [left, right] = sides;
    const most = Math.max(weight(left.node), weight(right.node));
    if (most === 0) return undefined;
    const found = sides.filter(({ node }) => weight(node) === most);
    if (found.length === 2) return { refused: 'both sides of the assert are literals' };
    const expected = found[0]!;
    const observed = expected === left ? right : left;
    // The text that an f-string makes may just as well be what is tested.
    const other = isTemplate(expected.node) && valueNode(observed.fact);
    const named = other && origin(at, observed.node, other, failure, context);
    if (named && !isRefusal(named) && weight(named.node) > 0) {
      return { refused: 'both sides of the assert may be the expectation' };
    }
    const asked = mayBeAsked(operator, observed.fact);
    if (isRefusal(asked)) return asked;
    const walk = operator === 'unordered' ? alignUnordered : undefined;
    const target = { at, literal: expected.node };
    return proposeValue(this.id, target, expected.fact, observed.fact, failure, context, walk);
  },
};
