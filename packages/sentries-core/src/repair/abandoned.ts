import type { ChangeSet } from '../change/change-set';
import { calleeName } from '../python/call';
import { qualifiedName, type Node, type PythonSource } from '../python/syntax';

/**
 * What of the code under test a test does not call any more, though it is still there and the change gave it no other
 * name: then the test tests something else.
 *
 * @param names Of functions and methods that the code under test offers.
 */
export function abandonedCalls(
  before: PythonSource,
  after: PythonSource,
  names: ReadonlySet<string>,
  change: ChangeSet,
): string | undefined {
  const now = new Map(functionsOf(after).map((node) => [qualifiedName(node), node]));
  const isRenamed = (name: string): boolean =>
    [...change.renames, ...change.deprecations].some((rename) => rename.oldName === name);
  for (const node of functionsOf(before)) {
    const other = now.get(qualifiedName(node));
    if (!other || other.text === node.text) continue;
    const still = calledIn(after, other);
    for (const name of calledIn(before, node))
      if (!still.has(name) && names.has(name) && !isRenamed(name)) return name;
  }
  return undefined;
}

const functionsOf = (source: PythonSource): Node[] => source.find('function_definition');

const calledIn = (source: PythonSource, definition: Node): Set<string> =>
  new Set(source.find('call', definition).map((call) => calleeName(call)));
