import type { ChangeSet } from '../change/change-set';
import { calleeName } from '../python/call';
import { qualifiedName, type PythonSource } from '../python/syntax';

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
  const [old, now] = [callsByPlace(before), callsByPlace(after)];
  const renamed = new Set(
    [...change.renames, ...change.deprecations].map((rename) => rename.oldName),
  );
  for (const [place, called] of old) {
    const still = now.get(place);
    for (const name of called)
      if (still && !still.has(name) && names.has(name) && !renamed.has(name)) return name;
  }
  return undefined;
}

function callsByPlace(source: PythonSource): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const definition of source.find('function_definition')) {
    const calls = source.find('call', definition).map((call) => calleeName(call));
    found.set(qualifiedName(definition), new Set(calls));
  }
  return found;
}
