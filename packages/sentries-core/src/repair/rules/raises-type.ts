import type { Operation } from '../../patch/operation';
import type { FailureFact } from '../../pytest/facts';
import { parts, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { calleeName } from '../../python/call';
import { argumentOf } from '../call';
import { binds } from '../references';
import { isRefusal, type Refusal, type RepairContext, type Strategy } from '../strategy';
import { expectingCall } from './expecting';
import { evidenceOf } from './expected-value';

const RAISES = ['raises', 'assertRaises', 'assertRaisesRegex'];
/** They say that anything may go wrong. */
const ANYTHING = ['Exception', 'BaseException', 'Warning'];

/** Nobody raises these on purpose: not even information is to be had from expecting them. */
const ACCIDENTS = new Set(
  ['ImportError', 'MemoryError', 'ModuleNotFoundError', 'NameError', 'RecursionError']
    .concat('SyntaxError', 'SystemError', 'UnboundLocalError')
    .map((name) => `builtins.${name}`),
);

/** `pytest.raises(Old)` where the change raises `New` in its place. */
export const raisesType: Strategy = {
  id: 'raises-type',
  propose(failure, context) {
    const isRaised = failure.when === 'call' && failure.exception.derived !== undefined;
    const place = isRaised && !failure.check ? expectation(failure, context) : undefined;
    if (!place) return undefined;
    const { file, source, call } = place;
    const expected = argumentOf(call, 0, 'expected_exception');
    if (!expected || !['identifier', 'attribute'].includes(expected.type)) {
      return { refused: 'the expected exception is not one class' };
    }
    const old = lastName(expected.text);
    const now = lastName(failure.exception.type);
    const causes = context.change.literals.filter(
      (literal) => literal.kind === 'exception' && literal.old === old && literal.new === now,
    );
    if (causes.length === 0 && ACCIDENTS.has(failure.exception.type)) {
      return { refused: `no raise of the change exchanges ${old} for ${now}` };
    }
    const wider = isWider(failure, old);
    if (wider) return wider;
    if (context.change.wrote(file, source.lineOf(expected))) {
      return { refused: 'the change itself wrote what is expected here' };
    }
    const edits = edited(source, expected, failure.exception.type);
    if (isRefusal(edits)) return edits;
    const operations = edits.map(([node, after]): Operation => {
      return { file, span: spanOf(node), before: node.text, after };
    });
    return {
      strategy: this.id,
      tier: causes[0] ? 'explained' : 'unexplained',
      operations,
      evidence: causes[0] ? evidenceOf(causes[0]) : [],
      causes,
      says: `${expected.text} becomes ${edits[0]![1]}`,
    };
  },
};

/** The innermost place in a test that expected an exception while this one was raised. */
function expectation(
  { frames }: FailureFact,
  context: RepairContext,
): { file: string; source: PythonSource; call: Node } | undefined {
  for (const { file, line } of frames.toReversed()) {
    const source = context.test(file);
    const call = source && expectingCall(source, line);
    if (source && call && RAISES.includes(calleeName(call))) return { file, source, call };
  }
  return undefined;
}

export const lastName = (path: string): string => path.split('.').at(-1)!;

/** A class above the old one would let more pass than the test did. */
function isWider({ exception }: FailureFact, old: string): Refusal | undefined {
  const name = lastName(exception.type);
  const { derived } = exception;
  const isAbove =
    ANYTHING.includes(name) || !derived || derived.some((each) => lastName(each) === old);
  return isAbove ? { refused: `${name} is wider than ${old}` } : undefined;
}

/** The nodes that change and their new texts, the expected class first; its import follows it. */
export function edited(
  source: PythonSource,
  expected: Node,
  type: string,
): (readonly [Node, string])[] | Refusal {
  const name = lastName(type);
  if (expected.type === 'attribute') {
    const owner = expected.childForFieldName('object')!.text;
    const attribute = expected.childForFieldName('attribute')!;
    if (type === `builtins.${name}`) return withName(source, expected, name);
    return lastName(owner) === type.split('.').at(-2)
      ? [[attribute, name]]
      : { refused: `${owner} is not known to have ${name}` };
  }
  if (type === `builtins.${name}`) return withName(source, expected, name);
  const bindings = bindingsOf(source, name);
  if (bindings.length > 0) {
    return bindings.every(({ parent }) => parent && isImported(parent))
      ? [[expected, name]]
      : { refused: `${name} already means something else in this file` };
  }
  const [imported, ...more] = bindingsOf(source, expected.text);
  const item = imported?.parent;
  if (!item || more.length > 0 || !isImported(item)) {
    return { refused: `it can't be told where ${name} is imported from` };
  }
  const uses = source.named(expected.text);
  // The import itself, and the expectation.
  const isLast = uses.length === 2;
  return [
    [expected, name],
    [item, isLast ? name : `${item.text}, ${name}`],
  ];
}

function withName(
  source: PythonSource,
  expected: Node,
  name: string,
): (readonly [Node, string])[] | Refusal {
  return bindingsOf(source, name).length > 0
    ? { refused: `${name} already means something else in this file` }
    : [[expected, name]];
}

const bindingsOf = (source: PythonSource, name: string): Node[] => source.named(name).filter(binds);

/** A plain name of `from module import …`. */
const isImported = (item: Node): boolean =>
  item.type === 'dotted_name' &&
  item.parent?.type === 'import_from_statement' &&
  parts(item).length === 1;
