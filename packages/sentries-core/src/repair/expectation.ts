import { calleeName } from '../python/call';
import {
  ancestry,
  enclosing,
  isWithin,
  parts,
  type Node,
  type PythonSource,
} from '../python/syntax';
import { isConstructor } from './constructed';
import { helperOf, parameterFor } from './helper';
import { parametrized, valuesOf } from './parametrize';
import { binds } from './references';

/** What may stand between an expectation and its assertion. */
const THROUGH = [
  'argument_list',
  'boolean_operator',
  'comparison_operator',
  'dictionary',
  'keyword_argument',
  'list',
  'pair',
  'parenthesized_expression',
  'set',
  'subscript',
  'tuple',
];
/** `subTest` only shows what it is given. */
const ASSERTS = /^(assert(?!Not|Is(Not|NotNone)$|Less|Greater)|raises$|warns$|subTest$)/;

/** How many helpers may hand an expectation on. */
const MAX_DEPTH = 3;

/**
 * True for a name that only an assertion uses, as it is: where it stands, or under the parameter of a helper or
 * of a test with rows that it is given for.
 */
export function isExpectation(source: PythonSource, node: Node, depth = 0): boolean {
  if (isMessage(node)) return true;
  for (let [child, at] = [node, node.parent]; at; [child, at] = [at, at.parent]) {
    if (at.type === 'assert_statement') return true;
    if (at.type === 'comparison_operator' && !isEquality(at)) return false;
    if (at.type === 'call') {
      const name = calleeName(at);
      if (ASSERTS.test(name) && !helperOf(source, at)) return true;
      if (name === 'parametrize') return isExpectedOfRows(source, at, node, depth);
      if (isRow(at)) continue;
      if (!isConstructor(at)) return isExpectedOfHelper(source, at, node, depth);
    } else if (!THROUGH.includes(at.type)) return false;
    if (at.type === 'subscript' && at.childForFieldName('value')?.id !== child.id) return false;
  }
  return false;
}

/** Of a bound, or of a value that must not come, another value may ask for less. */
const isEquality = (comparison: Node): boolean =>
  comparison.children.every((child) => !child || child.isNamed || EQUALITIES.includes(child.type));
const EQUALITIES = ['==', 'is', 'in'];

/** The text that an `assert` shows where it fails. */
function isMessage(node: Node): boolean {
  const statement = enclosing(node, 'assert_statement');
  const message = statement && parts(statement)[1];
  return message !== undefined && isWithin(node, message);
}

const isRow = (call: Node): boolean =>
  calleeName(call) === 'param' && enclosing(call, 'decorator') !== undefined;

function isExpectedOfHelper(source: PythonSource, call: Node, node: Node, depth: number): boolean {
  const helper = helperOf(source, call);
  const list = call.childForFieldName('arguments');
  const argument = list && [...ancestry(node)].find(({ parent }) => parent?.id === list.id);
  const parameter = helper && argument && parameterFor(call, helper, argument);
  return parameter ? isOnlyExpected(source, helper, parameter, depth + 1) : false;
}

function isExpectedOfRows(source: PythonSource, call: Node, node: Node, depth: number): boolean {
  const given = parametrized(call);
  const test = enclosing(call, 'decorated_definition')?.childForFieldName('definition');
  const row = given?.list.find((each) => isWithin(node, each));
  if (!given || !row || test?.type !== 'function_definition') return false;
  const values = given.names.length === 1 && row.type !== 'call' ? [row] : valuesOf(row);
  const at = values.findIndex((each) => isWithin(node, each));
  const name = given.names[at];
  return name !== undefined && isOnlyExpected(source, test, name, depth + 1);
}

/** True for a parameter that a function uses for nothing but expectations. */
export function isOnlyExpected(
  source: PythonSource,
  definition: Node,
  parameter: string,
  depth = 0,
): boolean {
  const body = definition.childForFieldName('body');
  if (!body || depth > MAX_DEPTH) return false;
  return source
    .named(parameter)
    .filter((node) => isWithin(node, body) && isVariable(node))
    .every((node) => !binds(node) && isExpectation(source, node, depth));
}

/** Not a name after a dot, nor one before `=` in a call. */
export function isVariable(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'attribute') return parent.childForFieldName('object')?.id === node.id;
  return !(parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id);
}
