import { calleeName } from '../python/call';
import { parts, qualifiedName, type Node, type PythonSource } from '../python/syntax';
import { literalValue } from '../python/value';
import { evasion } from './evasion';

/** What makes a test file able to fail: counted per test, so that nothing is traded for something else. */
interface Strength {
  /** Test functions and test classes → the number of their assertions. */
  readonly tests: ReadonlyMap<string, number>;
  /** `skip`, `skipif`, `xfail`, `importorskip`: marks and calls. */
  readonly evasions: number;
  /** Handlers of exceptions that do nothing, or take everything. */
  readonly swallowing: number;
  /** `assert True` and its like. */
  readonly tautologies: number;
  /** Rows of all parametrize decorators. */
  readonly rows: number;
}

/** Says in one sentence how an edit weakens a test file; undefined where it does not. */
export function weakening(before: PythonSource, after: PythonSource): string | undefined {
  const same = sameDefinitions(before, after);
  const [old, now] = [strength(before, same), strength(after, same)];
  for (const [name, assertions] of old.tests) {
    const left = now.tests.get(name);
    if (left === undefined) return `the edit removes the test ${name}`;
    if (left < assertions) return `the edit removes an assertion from ${name}`;
  }
  if (now.rows < old.rows) return 'the edit removes a parametrize row';
  if (now.evasions > old.evasions) return 'the edit adds a skip or an xfail';
  if (now.swallowing > old.swallowing)
    return 'the edit adds an exception handler that swallows failures';
  if (now.tautologies > old.tautologies) return 'the edit adds an assertion that can not fail';
  return evasion(before, after);
}

const definitionsOf = (source: PythonSource): Node[] =>
  source.find(['function_definition', 'class_definition']);

/** Names of definitions that are in both files, once each and with the same text. */
function sameDefinitions(before: PythonSource, after: PythonSource): Set<string> {
  const textsIn = (source: PythonSource): Map<string, string | undefined> => {
    const texts = new Map<string, string | undefined>();
    for (const node of definitionsOf(source)) {
      const name = qualifiedName(node);
      texts.set(name, texts.has(name) ? undefined : node.text);
    }
    return texts;
  };
  const now = textsIn(after);
  const same = [...textsIn(before)].filter(
    ([name, text]) => text !== undefined && now.get(name) === text,
  );
  return new Set(same.map(([name]) => name));
}

function strength(source: PythonSource, same: ReadonlySet<string>): Strength {
  const tests = new Map<string, number>();
  for (const node of definitionsOf(source)) {
    const name = qualifiedName(node);
    // What did not change has lost nothing: it need not be counted.
    const own = same.has(name) ? 0 : assertions(source, node);
    tests.set(name, (tests.get(name) ?? 0) + own);
  }
  // The code outside of any function counts as one test.
  tests.set('the module', assertions(source, source.root));
  return {
    tests,
    evasions: source.find(['identifier']).filter(({ text }) => EVASIONS.has(text)).length,
    swallowing: source.find(['except_clause', 'except_group_clause', 'call']).filter(swallows)
      .length,
    tautologies: source.find('assert_statement').filter(isTautology).length,
    rows: source
      .find('call')
      .filter((node) => calleeName(node) === 'parametrize')
      .flatMap((node) => parts(node.childForFieldName('arguments')!))
      .map((argument) => (isNamed(argument, 'argvalues') ? parts(argument).at(-1)! : argument))
      .filter(({ type }) => type === 'list' || type === 'tuple')
      .reduce((sum, list) => sum + parts(list).length, 0),
  };
}

const EVASIONS = new Set([
  'skip',
  'skipif',
  'skipIf',
  'skipUnless',
  'skipTest',
  'SkipTest',
  'xfail',
  'expectedFailure',
  'importorskip',
]);
const CHECKS = /^(assert|raises$|warns$|fail|deprecated_call$)/i;

function assertions(source: PythonSource, within: Node): number {
  const calls = source.find('call', within).filter((node) => CHECKS.test(calleeName(node)));
  return source.find('assert_statement', within).length + calls.length;
}

/** True for an argument that is given by this name. */
function isNamed(argument: Node, name: string): boolean {
  return argument.type === 'keyword_argument' && argument.childForFieldName('name')?.text === name;
}

const TAKES_FAILURES = /\b(BaseException|Exception|AssertionError)\b/;

/** `except …: pass`, a handler that takes failed assertions too, `contextlib.suppress(…)`. */
function swallows(node: Node): boolean {
  if (node.type === 'call') return calleeName(node) === 'suppress';
  const block = parts(node).find(({ type }) => type === 'block');
  const taken = parts(node).filter(({ type }) => type !== 'block');
  const body = block ? parts(block) : [];
  const idle = body.every(
    ({ type, text }) =>
      type === 'pass_statement' || text === '...' || type === 'continue_statement',
  );
  return idle || taken.length === 0 || taken.some(({ text }) => TAKES_FAILURES.test(text));
}

/** What is never false, or hardly ever: `assert (x == 1, "why")` asserts a tuple. */
const CONSTANTS = [
  'true',
  'integer',
  'float',
  'string',
  'concatenated_string',
  'tuple',
  'list',
  'set',
  'dictionary',
];

/** An assertion of a constant, of something's equality with itself, or of one constant with another. */
function isTautology(node: Node): boolean {
  let condition = parts(node)[0];
  while (condition?.type === 'parenthesized_expression') condition = parts(condition)[0];
  if (!condition) return false;
  if (CONSTANTS.includes(condition.type)) return true;
  const [left, right, ...more] = condition.type === 'comparison_operator' ? parts(condition) : [];
  if (left === undefined || more.length > 0) return false;
  const isInAny = /^[a-z]*(''|"")$/i.test(left.text) && condition.child(1)?.text === 'in';
  const isWritten = [left, right].every((side) => side && literalValue(side) !== undefined);
  return isInAny || isWritten || left.text === right?.text;
}
