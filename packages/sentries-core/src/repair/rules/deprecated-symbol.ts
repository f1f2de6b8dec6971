import { renamed } from '../../change/fate';
import type { SymbolRename } from '../../change/renames';
import type { Operation } from '../../patch/operation';
import { coversLine, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { qualifiedThrough } from '../qualified';
import { references } from '../references';
import { isRefusal, type Refusal, type Strategy } from '../strategy';
import { importedFrom, isOrHolds } from '../../change/modules';

/**
 * A warning that is raised as an error where the test calls what the change deprecated: as if it had been
 * renamed already, provided that the warning names the same replacement as the change.
 */
export const deprecatedSymbol: Strategy = {
  id: 'deprecated-symbol',
  propose({ exception, frames }, context) {
    if (!OF_DEPRECATION.test(exception.type)) return undefined;
    const at = frames.findLastIndex(({ file }) => context.test(file) !== undefined);
    const [frame, callee] = [frames[at], frames[at + 1]];
    const source = frame && context.test(frame.file);
    const isOurs = context.change.files.some(({ path }) => path === callee?.file);
    if (!source || !callee || !isOurs) return undefined;
    const words = new Set(exception.message.match(/\w+/g));
    const rename = context.change.deprecations.find(
      ({ file, oldName, newName, kind }) =>
        file === callee.file &&
        words.has(newName) &&
        callee.function === (kind === 'class' ? '__init__' : oldName),
    );
    if (!rename)
      return { refused: 'the change shows no replacement for what the warning is about' };
    if (ABOUT_WARNINGS.some((name) => source.named(name).length > 0))
      return { refused: `this file tests warnings, perhaps that of ${rename.oldName}` };
    const nodes = stale(source, rename, frame.line);
    if (isRefusal(nodes)) return nodes;
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: nodes.map((node): Operation => ({
        file: frame.file,
        span: spanOf(node),
        before: node.text,
        after: node.text.replace(rename.oldName, () => rename.newName),
      })),
      evidence: renamed(rename),
      causes: [],
      says: `${rename.oldName} is deprecated, and ${rename.newName} is what it was`,
    };
  },
};

/** The class of a warning that something is to go; any other warns of what is wrong. */
export const OF_DEPRECATION = /(Deprecat|Future|Remov)\w*Warning$/;

export const ABOUT_WARNINGS = ['warns', 'deprecated_call', 'catch_warnings', 'assertWarns'];

const moduleOf = (source: PythonSource, statement: Node): string =>
  importedFrom(source.path, statement.childForFieldName('module_name')?.text ?? '') ?? '';

/** The places in the file that have the old name. */
function stale(source: PythonSource, rename: SymbolRename, line: number): Node[] | Refusal {
  const { oldName, newName, owner, file } = rename;
  const named = (node: Node): Node[] => {
    const name = node.childForFieldName('attribute');
    return name?.text === oldName ? [name] : [];
  };
  const attributes = source.find('attribute');
  // A method's object is known on the failing line only.
  if (owner !== '')
    return attributes.filter((node) => coversLine(source, node, line)).flatMap(named);
  const ofModule = attributes.filter((node) => {
    const dotted = qualifiedThrough(source, node);
    return dotted !== undefined && isOrHolds(file, dotted.slice(0, dotted.lastIndexOf('.')));
  });
  const isImported = source
    .find('import_from_statement')
    .some(
      (node) =>
        isOrHolds(file, moduleOf(source, node)) &&
        source
          .find(['identifier', 'wildcard_import'], node)
          .some(({ type, text }) => type === 'wildcard_import' || text === oldName),
    );
  const nodes = isImported ? references(source, oldName, newName) : [];
  return isRefusal(nodes) ? nodes : [...nodes, ...ofModule.flatMap(named)];
}
