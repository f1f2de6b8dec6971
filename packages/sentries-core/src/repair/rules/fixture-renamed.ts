import { posix } from 'node:path';
import { fixtureMarks } from '../../change/fixtures';
import { decoratorsOf } from '../../python/decorators';
import { renamed } from '../../change/fate';
import type { SymbolRename } from '../../change/renames';
import type { Operation } from '../../patch/operation';
import { enclosing, parts, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { testsNamed } from '../failing-place';
import { binds, isLabel } from '../references';
import { isRefusal, type Refusal, type Strategy } from '../strategy';

/** A fixture that the change renamed: in the parameters of tests and fixtures, and by name in strings. */
export const fixtureRenamed: Strategy = {
  id: 'fixture-renamed',
  propose(failure, context) {
    const { file, exception } = failure;
    const source = file === null ? undefined : context.test(file);
    if (!source || file === null || exception.type !== '_pytest.fixtures.FixtureLookupError')
      return undefined;
    const own = testsNamed(source, failure);
    const renames = context.change.fixtures.filter(
      ({ file: home, oldName }) => reaches(home, file) && !definesFixture(source, oldName),
    );
    const row = renames.find(({ oldName }) => own.some((node) => isIndirect(node, oldName)));
    if (row)
      return {
        refused: `${row.oldName} was renamed to ${row.newName}, but rows are given to it: they would be other tests`,
      };
    // The test asks for it, or a fixture beside it does; it may ask for several that were renamed.
    const asking = [...own, ...definitions(source).filter(isFixture)];
    const candidates = renames.filter(({ oldName }) =>
      asking.some((node) => asksFor(source, node, oldName)),
    );
    const names = new Map(candidates.map((one) => [one.oldName, one]));
    if (candidates.some(({ oldName, newName }) => names.get(oldName)!.newName !== newName))
      return { refused: 'several renamed fixtures could be meant' };
    const found = [...names.values()].map((rename) => ({ rename, nodes: stale(source, rename) }));
    if (found.length === 0) return undefined;
    const operations: Operation[] = [];
    for (const { rename, nodes } of found) {
      if (isRefusal(nodes)) return nodes;
      const after = rename.newName;
      for (const node of nodes)
        operations.push({ file, span: spanOf(node), before: node.text, after });
    }
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations,
      evidence: found.flatMap(({ rename }) => renamed(rename)),
      causes: [],
      says: found
        .map(({ rename }) => `the fixture ${rename.oldName} was renamed to ${rename.newName}`)
        .join(', '),
    };
  },
};

/** A `conftest.py` is for the folder that it is in; any other file may be a plugin. */
const reaches = (home: string, file: string): boolean =>
  posix.basename(home) !== 'conftest.py' || `/${file}`.startsWith(`/${folderOf(home)}`);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** True where `parametrize` gives its rows to a fixture. */
const isIndirect = (node: Node, name: string): boolean =>
  decoratorsOf(node).some(
    ({ text }) =>
      /\bparametrize\b/.test(text) &&
      /\bindirect\s*=/.test(text) &&
      new RegExp(`\\b${name}\\b`).test(text),
  );

const definitions = (source: PythonSource): Node[] => source.find('function_definition');
const nameOf = (node: Node): string => node.childForFieldName('name')?.text ?? '';
const isFixture = (node: Node): boolean => fixtureMarks(node).length > 0;
const definesFixture = (source: PythonSource, name: string): boolean =>
  definitions(source).some((node) => nameOf(node) === name && isFixture(node));

/** The parameter by which a function asks for a fixture; one that `parametrize` gives is none. */
function parameter(node: Node, name: string): Node | undefined {
  const isGiven = decoratorsOf(node).some(
    ({ text }) => text.includes('parametrize') && new RegExp(`\\b${name}\\b`).test(text),
  );
  return isGiven
    ? undefined
    : parts(node.childForFieldName('parameters')!)
        .map((one) => (one.type === 'typed_parameter' ? parts(one)[0]! : one))
        .find(({ type, text }) => type === 'identifier' && text === name);
}

const asksFor = (source: PythonSource, node: Node, name: string): boolean =>
  parameter(node, name) !== undefined ||
  strings(source, name).some((text) => {
    const around = enclosing(text, 'function_definition');
    // A mark on a module or a class is on all that is in it.
    return around === undefined || around.id === node.id;
  });

/** `usefixtures("old")`, `request.getfixturevalue("old")`. */
function strings(source: PythonSource, name: string): Node[] {
  return source
    .find('call')
    .filter((call) =>
      /\b(usefixtures|getfixturevalue)$/.test(call.childForFieldName('function')?.text ?? ''),
    )
    .flatMap((call) => source.find('string_content', call.childForFieldName('arguments')!))
    .filter(({ text }) => text === name);
}

/** Every place in the file that asks for the fixture, and what its functions do with it. */
function stale(source: PythonSource, { oldName, newName }: SymbolRename): Node[] | Refusal {
  const found: Node[] = [...strings(source, oldName)];
  const asking = definitions(source).filter(
    (node) => (nameOf(node).startsWith('test') || isFixture(node)) && parameter(node, oldName),
  );
  for (const definition of asking) {
    const names = source.find('identifier', definition);
    const own = parameter(definition, oldName)!;
    if (names.some((node) => node.text === newName && binds(node)))
      return { refused: `${newName} already means something else in ${nameOf(definition)}` };
    const uses = names.filter((node) => node.text === oldName && !isLabel(node));
    if (uses.some((node) => node.id !== own.id && binds(node)))
      return { refused: `${oldName} is bound again in ${nameOf(definition)}` };
    found.push(...uses);
  }
  return found;
}
