import { literalValue } from '../../python/value';
import { calleeName } from '../../python/call';
import { argumentOf } from '../call';
import { patternText, patternWith } from '../pattern';
import { standpoint } from '../origin';
import { rewordings } from '../rewording';
import { isRefusal, type Strategy } from '../strategy';
import { textLeaf } from '../text-expression';
import { expectingCall, patternOf } from './expecting';
import { proposeLeaves, resolver, textOf } from './expected-value';

/**
 * `pytest.raises(…, match="old")`: the pattern gets the words that the change exchanged. It must match what was
 * raised, and all else in it stays: nothing is widened.
 */
export const raisesMatch: Strategy = {
  id: 'raises-match',
  propose(failure, context) {
    const { check } = failure;
    const source = check && context.test(check.frame.file);
    if (check?.name !== 'match' || !source) return undefined;
    const { pattern, text, flags } = check.values;
    const [was, raised] = [textOf(pattern), textOf(text)];
    const call = expectingCall(source, check.frame.line);
    let node = call && patternOf(call);
    if (was === undefined || raised === undefined || !node) {
      return { refused: 'the pattern does not stand at the call' };
    }
    const isEscaped = node.type === 'call' && calleeName(node) === 'escape';
    if (isEscaped) node = argumentOf(node, 0, 'pattern') ?? node;
    const bound = literalValue(node)
      ? node
      : resolver(standpoint(failure, check.frame, source), failure, context)(node);
    if (bound && isRefusal(bound)) return bound;
    const value = bound && literalValue(bound);
    if (!bound || value?.kind !== 'str') return { refused: 'the pattern is not a literal' };
    if (!isEscaped && value.value !== was) {
      return { refused: 'the literal is not the pattern that was asked for' };
    }
    const plain = isEscaped ? value.value : patternText(value.value);
    if (plain === undefined) return { refused: 'the pattern is more than words and wildcards' };
    const literal = (words: string): string =>
      isEscaped ? words : patternWith(value.value, words);
    const matches = (words: string): boolean =>
      isEscaped ? raised.includes(words) : isMatch(literal(words), flags?.source ?? '0', raised);
    const found = rewordings(plain, context.change.literals, matches);
    if (found.length !== 1) {
      const many = found.length > 1;
      return {
        refused: many
          ? 'the change gives several patterns that match'
          : 'no exchange of words in the change makes the pattern match what was raised',
      };
    }
    const [[words, causes]] = found as [(typeof found)[number]];
    const leaf = textLeaf(bound, value.value, literal(words));
    return proposeLeaves(this.id, { file: check.frame.file, source }, [leaf], context, causes);
  },
};

/** Python's flags: 2 ignores case, 8 is for lines, 16 for dots. With others the proof decides. */
function isMatch(pattern: string, flags: string, text: string): boolean {
  const bits = Number(flags);
  const chosen = ['', bits & 2 ? 'i' : '', bits & 8 ? 'm' : '', bits & 16 ? 's' : ''].join('');
  try {
    return new RegExp(pattern, chosen).test(text);
  } catch {
    return false;
  }
}
