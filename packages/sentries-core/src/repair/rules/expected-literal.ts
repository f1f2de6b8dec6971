import { alignUnordered } from '../constructed';
import { isRefusal, type Strategy } from '../strategy';
import { weight } from '../weight';
import { failedComparison } from './failed-comparison';
import { proposeValue } from './expected-value';

/** `assert f(x) == "old"`: the literal in the assertion itself. */
export const expectedLiteral: Strategy = {
  id: 'expected-literal',
  propose(failure, context) {
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison)) return comparison;
    const { file, source, sides, operator } = comparison;
    if (operator === 'in') return undefined;
    const [left, right] = sides;
    const most = Math.max(weight(left.node), weight(right.node));
    if (most === 0) return undefined;
    const found = sides.filter(({ node }) => weight(node) === most);
    if (found.length === 2) return { refused: 'both sides of the assert are literals' };
    const expected = found[0]!;
    const observed = expected === left ? right : left;
    if (operator === 'is' && !isConstant(observed.fact.source)) {
      return { refused: 'the observed value is none that "is" may be asked of' };
    }
    const walk = operator === 'unordered' ? alignUnordered : undefined;
    const target = { file, source, literal: expected.node };
    return proposeValue(this.id, target, expected.fact, observed.fact, failure, context, walk);
  },
};

const isConstant = (source: string | null): boolean =>
  /^(None|True|False)$/.test(source ?? '') || /^[A-Za-z_][\w]*(\.\w+)+$/.test(source ?? '');
