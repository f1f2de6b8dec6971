import type { LiteralChange } from '../../change/literals';
import { parts, type Node } from '../../python/syntax';
import { literalValue, type PyValue } from '../../python/value';
import { bare } from '../../python/call';
import { explain } from '../explain';
import { rewordings } from '../rewording';
import { isRefusal, type Refusal, type RepairContext, type Strategy } from '../strategy';
import { textLeaf } from '../text-expression';
import type { Leaf } from '../alignment';
import { failedComparison, type Side } from './failed-comparison';
import { proposeLeaves, resolver, valueNode } from './expected-value';

/**
 * `assert "old" in f(x)`, `assert f(x) in ("old", "other")`: only where the change shows the one value that
 * makes it hold, since many would.
 */
export const expectedMember: Strategy = {
  id: 'expected-member',
  propose(failure, context) {
    const comparison = failedComparison(failure, context);
    if (!comparison || isRefusal(comparison) || comparison.operator !== 'in') return undefined;
    const { at } = comparison;
    const resolve = resolver(at, failure, context);
    const [member, container] = comparison.sides.map((side) => {
      const bound =
        literalValue(side.node) || side.node.type !== 'identifier'
          ? undefined
          : resolve(side.node, valueNode(side.fact));
      return bound && !isRefusal(bound) ? { ...side, node: bound } : side;
    }) as [Side, Side];
    const isMember = literalValue(member.node) !== undefined;
    const isContainer = ['list', 'tuple', 'set'].includes(container.node.type);
    if (isMember === isContainer) {
      return isMember ? { refused: 'both sides of the assert are literals' } : undefined;
    }
    const found = isMember
      ? ofMember(member, container, context)
      : ofContainer(member, container, context);
    if (isRefusal(found)) return found;
    const [leaf, causes] = found;
    const proposal = proposeLeaves(this.id, at, [leaf], context, causes);
    const isSure = isRefusal(proposal) || proposal.tier === 'explained';
    return isSure ? proposal : UNKNOWN;
  },
};

type Explained = [Leaf, LiteralChange[]];

const UNKNOWN: Refusal = { refused: 'nothing in the change says which value is in it now' };
const SEVERAL: Refusal = { refused: 'the change gives several values that are in it now' };

/** The one value of the observed container that the change made of the expected member. */
function ofMember(member: Side, container: Side, { change }: RepairContext): Explained | Refusal {
  const before = literalValue(member.node)!;
  const node = valueNode(container.fact);
  if (!node) return { refused: `the container (a ${container.fact.type}) has no source form` };
  const whole = literalValue(node);
  if (whole?.kind === 'str' && before.kind === 'str') {
    const found = rewordings(before.value, change.literals, (text) => whole.value.includes(text));
    const one = single(found);
    return isRefusal(one) ? one : [textLeaf(member.node, before.value, one[0]), one[1]];
  }
  const items =
    node.type === 'dictionary' ? parts(node).map((pair) => pair.child(0)!) : parts(node);
  const leaves = items.flatMap((model) => leafOf(member.node, before, model, change.literals));
  return single(leaves);
}

/** The one element of the expected container of which the change made the observed member. */
function ofContainer(
  member: Side,
  container: Side,
  { change }: RepairContext,
): Explained | Refusal {
  const model = valueNode(member.fact);
  if (!model || !literalValue(model)) return { refused: 'the observed value has no source form' };
  const leaves = parts(container.node).flatMap((item) => {
    const before = literalValue(bare(item));
    return before ? leafOf(bare(item), before, model, change.literals) : [];
  });
  return single(leaves);
}

function leafOf(
  node: Node,
  before: PyValue,
  model: Node,
  literals: RepairContext['change']['literals'],
): Explained[] {
  const now = literalValue(model);
  const causes = now && explain(before, now, literals);
  return causes ? [[{ node, before, now, model }, causes]] : [];
}

function single<T extends object>(found: readonly T[]): T | Refusal {
  if (found.length === 1) return found[0]!;
  return found.length === 0 ? UNKNOWN : SEVERAL;
}
