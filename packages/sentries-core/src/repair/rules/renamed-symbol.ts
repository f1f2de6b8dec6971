import type { SymbolRename } from '../../change/renames';
import type { Operation } from '../../patch/operation';
import type { FailureFact, FrameFact } from '../../pytest/facts';
import { enclosing, parts, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { binds, references } from '../references';
import {
  failingTestFrame,
  isRefusal,
  type Refusal,
  type RepairContext,
  type Strategy,
} from '../strategy';

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
      after: node.text.replace(rename.oldName, () => rename.newName),
    }));
    const owner = rename.owner === '' ? '' : `${rename.owner}.`;
    const { file, oldLine, newLine, oldText, newText } = rename;
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations,
      evidence: [
        {
          file,
          line: oldLine,
          side: 'base',
          text: oldText,
          says: `${owner}${rename.oldName} was defined here`,
        },
        { file, line: newLine, side: 'head', text: newText, says: `it is ${rename.newName} now` },
      ],
      causes: [],
      says: `the ${rename.kind} ${owner}${rename.oldName} was renamed to ${rename.newName}`,
    };
  },
};

interface Found {
  readonly rename: SymbolRename;
  readonly nodes: readonly Node[];
}
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
  const statement = source
    .find('import_from_statement')
    .find((node) => linesOf(source, node).includes(frame.line));
  const module = statement?.childForFieldName('module_name')?.text;
  if (!statement || module === undefined) return undefined;
  const names = importedNames(statement);
  const renames = context.change.renames.filter(
    (rename) =>
      rename.owner === '' &&
      defines(rename.file, module) &&
      names.some((name) => importedText(name) === rename.oldName),
  );
  const rename = single(renames);
  if (!rename) return ambiguous(renames);
  return everywhere(source, rename);
}

/** A bare name that a star import used to bring. */
function bareName(
  failure: FailureFact,
  _frame: FrameFact,
  source: PythonSource,
  context: RepairContext,
): Found | Refusal | undefined {
  const stars = source
    .find('wildcard_import')
    .map((star) => star.parent?.childForFieldName('module_name')?.text ?? '');
  const renames = context.change.renames.filter(
    (rename) =>
      rename.owner === '' &&
      rename.oldName === failure.exception.name &&
      stars.some((module) => defines(rename.file, module)),
  );
  const rename = single(renames);
  return rename ? everywhere(source, rename) : ambiguous(renames);
}

/** `module.old`, `Class.old` or `instance.old`. */
function attribute(
  failure: FailureFact,
  frame: FrameFact,
  source: PythonSource,
  context: RepairContext,
): Found | Refusal | undefined {
  const { name, owner } = failure.exception;
  const nodes = attributesAt(source, frame);
  const renames = context.change.renames.filter(
    (rename) =>
      nodes.some((node) => attributeName(node)?.text === rename.oldName) &&
      (name === null || name === rename.oldName) &&
      (owner === null || ownedBy(rename, owner)),
  );
  const rename = single(renames);
  if (!rename) return ambiguous(renames);
  const failing = nodes.filter((node) => attributeName(node)?.text === rename.oldName);
  const receivers = new Set(failing.map((node) => node.childForFieldName('object')?.text));
  if (receivers.size !== 1)
    return { refused: `several objects have .${rename.oldName} on this line` };
  const scope = sameObject(source, failing[0]!, rename.owner === '');
  if (!scope) return { rename, nodes: [attributeName(failing[0]!)!] };
  const all = source
    .find('attribute', scope)
    .filter(
      (node) =>
        attributeName(node)?.text === rename.oldName &&
        receivers.has(node.childForFieldName('object')?.text),
    );
  return { rename, nodes: all.map((node) => attributeName(node)!) };
}

/**
 * Where an attribute's receiver means the same thing throughout: for a module the whole file, for an object
 * the test, unless its name is bound there again. Undefined where only the failing access is certain.
 */
function sameObject(source: PythonSource, access: Node, isModule: boolean): Node | undefined {
  const scope = isModule ? source.root : enclosing(access, 'function_definition');
  const [receiver] = access.childForFieldName('object')?.text.split(/\W/) ?? [];
  const bindings = source
    .find('identifier', scope)
    .filter((node) => node.text === receiver && binds(node));
  return scope && bindings.length <= 1 ? scope : undefined;
}

function ownedBy(
  rename: SymbolRename,
  owner: NonNullable<FailureFact['exception']['owner']>,
): boolean {
  if (owner.kind === 'module')
    return rename.owner === '' && defines(rename.file, owner.names[0] ?? '');
  return [rename.owner, rename.newOwner].some(
    (path) =>
      path !== '' &&
      owner.names.some(
        (name) =>
          name.endsWith(`.${path}`) && defines(rename.file, name.slice(0, -path.length - 1)),
      ),
  );
}

/** The attribute accesses that may have failed: the very one, or all on the line where CPython tells no more. */
function attributesAt(source: PythonSource, frame: FrameFact): Node[] {
  if (frame.span) {
    const [line, column, endLine, endColumn] = frame.span;
    const start = source.lines.offset(line, column);
    const end = source.lines.offset(endLine, endColumn);
    const node = enclosing(source.nodeAt({ start, end }), 'attribute', 'call');
    const access = node?.type === 'call' ? node.childForFieldName('function') : node;
    if (access?.type === 'attribute') return [access];
  }
  return source.find('attribute').filter((node) => linesOf(source, node).includes(frame.line));
}

const attributeName = (node: Node): Node | null => node.childForFieldName('attribute');

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

function linesOf(source: PythonSource, node: Node): number[] {
  const first = source.lineOf(node);
  const last = source.lines.lineOf(node.endIndex);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** True where a dotted module is the file's own, or a package around it that may re-export its names. */
function defines(file: string, module: string): boolean {
  const path = `/${file.replace(/\.py$/, '').replace(/\/__init__$/, '')}/`;
  return module !== '' && path.includes(`/${module.replaceAll('.', '/')}/`);
}

/** The one rename they agree on. */
function single(renames: readonly SymbolRename[]): SymbolRename | undefined {
  const names = new Set(renames.map(({ oldName, newName }) => `${oldName}→${newName}`));
  return names.size === 1 ? renames[0] : undefined;
}

function ambiguous(renames: readonly SymbolRename[]): Refusal | undefined {
  if (renames.length === 0) return undefined;
  return { refused: 'several renames of the change could be meant' };
}
