import { literalValue } from '../../python/value';
import { isRefusal, type Strategy } from '../strategy';
import { failedEquality, proposeValue } from './expected-value';

/** `assert f(x) == "old"`: the literal in the assert itself. */
export const expectedLiteral: Strategy = {
  id: 'expected-literal',
  propose(failure, context) {
    const equality = failedEquality(failure, context);
    if (!equality || isRefusal(equality)) return equality;
    const { file, source, sides } = equality;
    const [left, right] = sides;
    const literals = sides.filter(({ node }) => literalValue(node) !== undefined);
    if (literals.length === 2) return { refused: 'both sides of the assert are literals' };
    const expected = literals[0];
    if (!expected) return undefined;
    const observed = expected === left ? right : left;
    const target = { file, source, literal: expected.node };
    return proposeValue(this.id, target, expected.fact, observed.fact, context);
  },
};
