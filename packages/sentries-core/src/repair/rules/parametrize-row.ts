import { isRefusal, type Strategy } from '../strategy';
import { rowValue } from '../row-value';
import { failedComparison } from './failed-comparison';
import { proposeValue } from './expected-value';

/** `assert f(x) == expected`, where `expected` comes from a row of `@pytest.mark.parametrize`. */
export const parametrizeRow: Strategy = {
  id: 'parametrize-row',
  propose(failure, context) {
    if (Object.keys(failure.rows).length === 0) return undefined;
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison)) return comparison;
    const { file, source, sides, operator } = comparison;
    if (operator !== '==') return undefined;
    const [left, right] = sides;
    const parameters = sides.filter(
      ({ node }) => node.type === 'identifier' && node.text in failure.rows,
    );
    if (parameters.length === 2) return { refused: 'both sides of the assert are parameters' };
    const expected = parameters[0];
    if (!expected) return undefined;
    const observed = expected === left ? right : left;
    const literal = rowValue(source, failure, expected.node);
    if (isRefusal(literal)) return literal;
    const target = { file, source, literal };
    return proposeValue(this.id, target, expected.fact, observed.fact, failure, context);
  },
};
