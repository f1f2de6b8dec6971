import { renamed } from '../../change/fate';
import { importedFrom, isOrHolds } from '../../change/modules';
import { starModules } from '../../change/offers';
import type { SymbolRename } from '../../change/renames';
import type { Operation } from '../../patch/operation';
import type { FailureFact, FrameFact } from '../../pytest/facts';
import { parts, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { references } from '../references';
import {
  failingTestFrame,
  isRefusal,
  type Refusal,
  type RepairContext,
  type Strategy,
} from '../strategy';
import { ambiguous, attribute, isElsewhere, single, type Found } from './renamed-attribute';

/** A name that the change renamed: in imports, uses, attribute accesses and `__all__`. */
export const renamedSymbol: Strategy = {
  id: 'renamed-symbol',
  propose(failure, context) {
    const place = failingTestFrame(failure, context);
    const find = FINDERS[failure.exception.type];
    if (!place || !find) return undefined;
    const { frame, source } = place;
    const found = find(failure, frame, source, context);
    if (!found || isRefusal(found)) return found;
    const { rename, nodes } = found;
    const operations: Operation[] = nodes.map((node) => ({
      file: frame.file,
      span: spanOf(node),
      before: node.text,
      after: spelled(node, rename),
    }));
    const owner = rename.owner === '' ? '' : `${rename.owner}.`;
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations,
      evidence: renamed(rename),
      causes: [],
      says: `the ${rename.kind} ${owner}${rename.oldName} was renamed to ${rename.newName}`,
    };
  },
};

type Finder = (
  failure: FailureFact,
  frame: FrameFact,
  source: PythonSource,
  context: RepairContext,
) => Found | Refusal | undefined;

const FINDERS: Readonly<Record<string, Finder>> = {
  'builtins.ImportError': importedName,
  'builtins.NameError': bareName,
  'builtins.AttributeError': attribute,
};

/** `from module import old`. */
function importedName(
  _failure: FailureFact,
  frame: FrameFact,
  source: PythonSource,
  context: RepairContext,
): Found | Refusal | undefined {
  const [statement] = source.findOn(frame.line, 'import_from_statement');
  const written = statement?.childForFieldName('module_name')?.text;
  const module = written && importedFrom(source.path, written);
  if (!statement || module === undefined) return undefined;
  const names = importedNames(statement);
  const renames = context.change.renames.filter(
    (rename) =>
      rename.owner === '' &&
      isOrHolds(rename.file, module) &&
      names.some((name) => importedText(name) === rename.oldName),
  );
  const rename = single(renames);
  if (!rename) return ambiguous(renames);
  return isElsewhere(module, rename, context) ? undefined : everywhere(source, rename);
}

/** A bare name that a star import used to bring. */
function bareName(
  failure: FailureFact,
  _frame: FrameFact,
  source: PythonSource,
  context: RepairContext,
): Found | Refusal | undefined {
  const stars = starModules(source);
  const renames = context.change.renames.filter(
    (rename) =>
      rename.owner === '' &&
      rename.oldName === failure.exception.name &&
      stars.some((module) => isOrHolds(rename.file, module)),
  );
  const rename = single(renames);
  return rename ? everywhere(source, rename) : ambiguous(renames);
}

function everywhere(source: PythonSource, rename: SymbolRename): Found | Refusal {
  const nodes = references(source, rename.oldName, rename.newName);
  return isRefusal(nodes) ? nodes : { rename, nodes };
}

function importedNames(statement: Node): Node[] {
  const module = statement.childForFieldName('module_name');
  return parts(statement).filter((node) => node.id !== module?.id);
}

const importedText = (node: Node): string =>
  (node.type === 'aliased_import' ? node.childForFieldName('name') : node)?.text ?? '';

/** A node's text with the new name; a string (of `__all__`, an annotation) may have it among others. */
function spelled(node: Node, { oldName, newName }: SymbolRename): string {
  return node.type === 'string'
    ? node.text.replaceAll(new RegExp(`(?<![\\w.])${oldName}(?!\\w)`, 'g'), () => newName)
    : node.text.replace(oldName, () => newName);
}
