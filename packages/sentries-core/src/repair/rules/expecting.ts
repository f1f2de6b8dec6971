import { coversLine, enclosing, parts, type Node, type PythonSource } from '../../python/syntax';
import { bare, calleeName } from '../../python/call';
import { argumentOf } from '../call';

/** Calls that expect an exception or a warning: the position and name of their pattern. */
const EXPECTS: Readonly<Record<string, readonly [position: number, name: string]>> = {
  assertRaises: [-1, ''],
  assertRaisesRegex: [1, 'expected_regex'],
  assertWarnsRegex: [1, 'expected_regex'],
  match: [0, 'regexp'],
  raises: [-1, 'match'],
  warns: [-1, 'match'],
};

/** The call that expected what a line raised or warned: of the innermost `with` around it, or on the line. */
export function expectingCall(source: PythonSource, line: number): Node | undefined {
  const calls = source.callsNamed(Object.keys(EXPECTS));
  const around = calls
    .filter((node) => {
      const item = enclosing(node, 'with_item');
      const statement = item && enclosing(item, 'with_statement');
      return statement && managerOf(item).id === node.id && coversLine(source, statement, line);
    })
    .at(-1);
  if (around) return around;
  const onLine = calls.filter((node) => coversLine(source, node, line));
  return onLine.length === 1 ? onLine[0] : undefined;
}

/** What a `with` enters, whatever it calls it. */
function managerOf(item: Node): Node {
  const first = bare(parts(item)[0]!);
  return first.type === 'as_pattern' ? bare(parts(first)[0]!) : first;
}

/** The pattern that such a call gives. */
export function patternOf(call: Node): Node | undefined {
  const [position, name] = EXPECTS[calleeName(call)] ?? [-1, ''];
  return name === '' ? undefined : argumentOf(call, position, name);
}
