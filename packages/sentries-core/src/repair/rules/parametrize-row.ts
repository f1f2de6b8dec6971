import { alignUnordered } from '../constructed';
import { isRowOf } from '../origin';
import { isRefusal, type Strategy } from '../strategy';
import { rowValue } from '../row-value';
import { failedComparison, mayBeAsked } from './failed-comparison';
import { proposeValue } from './expected-value';

/** `assert f(x) == expected`, where `expected` comes from a row of `@pytest.mark.parametrize`. */
export const parametrizeRow: Strategy = {
  id: 'parametrize-row',
  propose(failure, context) {
    if (Object.keys(failure.rows).length === 0) return undefined;
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison)) return comparison;
    const { at, sides, operator } = comparison;
    if (operator === 'in') return undefined;
    const [left, right] = sides;
    const parameters = sides.filter(
      ({ node }) => node.type === 'identifier' && isRowOf(failure, node),
    );
    if (parameters.length === 2) return { refused: 'both sides of the assert are parameters' };
    const expected = parameters[0];
    if (!expected) return undefined;
    const observed = expected === left ? right : left;
    const literal = rowValue(at.source, failure, expected.node);
    if (isRefusal(literal)) return literal;
    const asked = mayBeAsked(operator, observed.fact);
    if (isRefusal(asked)) return asked;
    const walk = operator === 'unordered' ? alignUnordered : undefined;
    const target = { at, literal };
    return proposeValue(this.id, target, expected.fact, observed.fact, failure, context, walk);
  },
};
