import { calleeName } from '../python/call';
import { ancestry, enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import { canonical, literalValue } from '../python/value';
import type { Walk } from './correspondence';
import type { EvidenceOfChange } from './evidence-of-change';
import { binds } from './references';
import { givenTo } from './standins';

/** A value that an edit gives to the code under test, for what the test did not give before. */
export interface Supplied {
  /** Where it stands: a literal, or the name of one. */
  readonly node: Node;
  readonly literal: Node;
  readonly callee: string;
}

/**
 * True for what may be given to the code in addition: literals, what has a name in the test, and what the project makes of
 * them; no functions, which could do the work of the code. Literals are noted: nothing says yet that they are the right ones.
 */
export function supplies(walk: Walk, node: Node, callee: string): boolean {
  if (node.type === 'identifier') return suppliesName(walk, node, callee);
  if (node.type === 'attribute') {
    const constant = walk.evidence.constant(node.childForFieldName('attribute')!.text);
    if (constant) return walk.supplied.push({ node, literal: constant, callee }) > 0;
    return isObject(walk, node.childForFieldName('object')!, callee);
  }
  if (node.type === 'keyword_argument')
    return supplies(walk, node.childForFieldName('value')!, callee);
  if (literalValue(node)) return walk.supplied.push({ node, literal: node, callee }) > 0;
  if (/^(list|tuple|set|dictionary|pair)$/.test(node.type))
    return parts(node).every((part) => supplies(walk, part, callee));
  if (node.type !== 'call' || !walk.evidence.isMaker(calleeName(node))) return false;
  const list = node.childForFieldName('arguments')!;
  return (
    list.type === 'argument_list' &&
    parts(list).every((part) => supplies(walk, part, calleeName(node)))
  );
}

/** What an attribute is taken of may be a module, too. */
const isObject = (walk: Walk, node: Node, callee: string): boolean =>
  (node.type === 'identifier' && isImported(walk.after, node)) || supplies(walk, node, callee);

function suppliesName(walk: Walk, node: Node, callee: string): boolean {
  const standin = walk.fresh.get(node);
  if (standin) {
    walk.used.add(standin);
    return supplies(walk, standin.value, callee);
  }
  if (isImported(walk.after, node)) {
    const constant = walk.evidence.constant(node.text);
    if (constant) walk.supplied.push({ node, literal: constant, callee });
    return /^_*[A-Z]/.test(node.text) && !walk.evidence.isFunction(node.text);
  }
  const value = givenTo(walk.after, node);
  const literal = value ?? (isParameter(node) ? walk.evidence.fixture(node.text) : undefined);
  if (literal && literalValue(literal)) walk.supplied.push({ node, literal, callee });
  if (value) return literalValue(value) !== undefined || value.type === 'call';
  return isParameter(node);
}

const isImported = (source: PythonSource, { text }: Node): boolean =>
  source
    .named(text)
    .some(
      (node) =>
        binds(node) && enclosing(node, 'import_statement', 'import_from_statement') !== undefined,
    );

/** True for a name that the function around it is given. */
const isParameter = (node: Node): boolean =>
  parts(enclosing(node, 'function_definition')?.childForFieldName('parameters') ?? node).some(
    ({ text }) => text === node.text,
  );

/** The literal with others in the place of its leaves. */
export function otherLiteral(node: Node): string {
  const leaf = [...parts(node)].filter(
    (part) => literalValue(part) !== undefined || part.type === 'pair',
  );
  if (/^(list|tuple|set|dictionary|pair)$/.test(node.type) && leaf.length > 0) {
    const own = node.type === 'pair' ? leaf.slice(-1) : leaf;
    return own
      .toReversed()
      .reduce(
        (so, part) =>
          so.slice(0, part.startIndex - node.startIndex) +
          otherLiteral(part) +
          so.slice(part.endIndex - node.startIndex),
        node.text,
      );
  }
  const value = literalValue(node);
  if (value?.kind === 'str') return `(${node.text} + "~")`;
  if (value?.kind === 'bytes') return `(${node.text} + b"~")`;
  return value?.kind === 'int' || value?.kind === 'float' ? `(${node.text} + 1)` : node.text;
}

/** The leaves of a literal. */
const leavesOf = (node: Node): Node[] =>
  /^(list|tuple|set|dictionary|pair)$/.test(node.type) ? parts(node).flatMap(leavesOf) : [node];

/** True where the project shows what is given, and no test of the file expects it: it could come back as the result. */
export function isFounded(
  { node, literal, callee }: Supplied,
  tests: PythonSource,
  evidence: EvidenceOfChange,
): boolean {
  const name = node.type === 'attribute' ? node.childForFieldName('attribute')! : node;
  if (name.type === 'identifier' && evidence.names(name.text, callee)) return true;
  return leavesOf(literal).every(
    (leaf) => evidence.shows(leaf, callee) && !isExpected(tests, leaf),
  );
}

function isExpected(source: PythonSource, literal: Node): boolean {
  const value = literalValue(literal);
  if (!value) return false;
  return source
    .find(literal.type)
    .some(
      (node) =>
        canonical(literalValue(node) ?? { kind: 'set', items: [] }) === canonical(value) &&
        isAsserted(node),
    );
}

/** True for what stands in an assertion, and not in a call that is none; and for what has a name, or is in a row. */
function isAsserted(node: Node): boolean {
  for (const at of ancestry(node)) {
    if (at.type === 'call' && !/^(assert\w*|approx|param|parametrize)$/.test(calleeName(at)))
      return false;
    if (at.type === 'assert_statement' || at.type === 'call' || at.type === 'assignment')
      return true;
  }
  return false;
}
