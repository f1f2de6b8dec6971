import type { CheckFact } from '../pytest/facts';
import { bare, calleeName } from '../python/call';
import { enclosing, isWithin, parts, type Node, type PythonSource } from '../python/syntax';
import type { Refusal } from './strategy';

/** The arguments of a call: by number where positional, else by name. Undefined where one is unpacked. */
export function argumentsOf(call: Node): Map<string, Node> | undefined {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return undefined;
  const found = new Map<string, Node>();
  let position = 0;
  for (const argument of parts(list)) {
    if (['list_splat', 'dictionary_splat'].includes(argument.type)) return undefined;
    if (argument.type === 'keyword_argument') {
      found.set(
        argument.childForFieldName('name')!.text,
        bare(argument.childForFieldName('value')!),
      );
    } else {
      found.set(String(position), bare(argument));
      position += 1;
    }
  }
  return found;
}

/** An argument by its place or its name. */
export function argumentOf(call: Node, position: number, name: string): Node | undefined {
  const found = argumentsOf(call);
  return found?.get(String(position)) ?? found?.get(name);
}

/** The call of one of the names that a frame stands at: the very one, or the only one on its line. */
export function callAt(
  source: PythonSource,
  frame: CheckFact['frame'],
  isMeant: (name: string) => boolean,
): Node | Refusal {
  if (frame.span) {
    const [line, column, endLine, endColumn] = frame.span;
    const start = source.lines.offset(line, column);
    const end = source.lines.offset(endLine, endColumn);
    const node = enclosing(source.nodeAt({ start, end }), 'call');
    const isExact = node?.startIndex === start && node.endIndex === end;
    if (isExact && isMeant(calleeName(node))) return node;
  }
  const calls = source.findOn(frame.line, 'call').filter((node) => isMeant(calleeName(node)));
  const innermost = calls.filter(
    (node) => !calls.some((other) => other.id !== node.id && isWithin(other, node)),
  );
  if (innermost.length === 1) return innermost[0]!;
  return {
    refused: calls.length === 0 ? 'the call is not in the test' : 'several calls may be meant',
  };
}
