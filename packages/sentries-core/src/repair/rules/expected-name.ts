import { alignUnordered } from '../constructed';
import { isRowOf, origin } from '../origin';
import { isRefusal, type Strategy } from '../strategy';
import { weight } from '../weight';
import { failedComparison, mayBeAsked } from './failed-comparison';
import { proposeValue, valueNode } from './expected-value';

/**
 * `expected = "old"` … `assert f(x) == expected`: the literal that the expectation was named for. It may also stand
 * in a table that the test loops over, or in the call of the helper that asserts.
 */
export const expectedName: Strategy = {
  id: 'expected-name',
  propose(failure, context) {
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison)) return comparison;
    const { at, sides, operator } = comparison;
    if (operator === 'in') return undefined;
    const [left, right] = sides;
    if (sides.some(({ node }) => weight(node) > 0)) return undefined;
    const named = sides.flatMap((side) => {
      const compared = valueNode(side.fact);
      if (!compared || isRowOf(failure, side.node)) return [];
      const value = origin(at, side.node, compared, failure, context);
      return value ? [{ side, value }] : [];
    });
    const expected = named.filter(({ value }) => !isRefusal(value) && weight(value.node) > 0);
    if (expected.length === 2) return { refused: 'both sides of the assert are named literals' };
    const [only] = expected;
    if (!only || isRefusal(only.value)) {
      return named.map(({ value }) => value).find((value) => isRefusal(value));
    }
    const observed = only.side === left ? right : left;
    const asked = mayBeAsked(operator, observed.fact);
    if (isRefusal(asked)) return asked;
    const target = { at: only.value, literal: only.value.node };
    const walk = operator === 'unordered' ? alignUnordered : undefined;
    const { fact } = only.side;
    return proposeValue(this.id, target, fact, observed.fact, failure, context, walk);
  },
};
