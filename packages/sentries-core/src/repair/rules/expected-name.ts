import { boundValue } from '../binding';
import { alignUnordered } from '../constructed';
import { isRefusal, type Strategy } from '../strategy';
import { weight } from '../weight';
import { failedComparison } from './failed-comparison';
import { proposeValue } from './expected-value';

/** `expected = "old"` … `assert f(x) == expected`: the literal that the expectation was named for. */
export const expectedName: Strategy = {
  id: 'expected-name',
  propose(failure, context) {
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison)) return comparison;
    const { file, source, sides, operator } = comparison;
    if (operator === 'in' || operator === 'is') return undefined;
    const [left, right] = sides;
    if (sides.some(({ node }) => weight(node) > 0)) return undefined;
    const named = sides.flatMap((side) => {
      const isRow = side.node.text in failure.rows;
      const value = isRow ? undefined : boundValue(source, side.node);
      return value ? [{ side, value }] : [];
    });
    const expected = named.filter(({ value }) => !isRefusal(value) && weight(value) > 0);
    if (expected.length === 2) return { refused: 'both sides of the assert are named literals' };
    const [only] = expected;
    if (!only || isRefusal(only.value)) {
      const reason = named.map(({ value }) => value).find((value) => isRefusal(value));
      return reason;
    }
    const observed = only.side === left ? right : left;
    const target = { file, source, literal: only.value };
    const walk = operator === 'unordered' ? alignUnordered : undefined;
    const { fact } = only.side;
    return proposeValue(this.id, target, fact, observed.fact, failure, context, walk);
  },
};
