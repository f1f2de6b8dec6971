import { enclosing, type Node, type PythonSource } from '../python/syntax';
import type { CallnessChange } from './callness';
import type { ChangedFile } from './changed-file';
import type { Removal } from './moves';
import { importedFrom, sourceRoot } from './modules';
import { importedNames, offersOf } from './offers';
import type { SymbolRename } from './renames';

/*
 * Whether a change went all the way in the file in which it began: a definition that is gone while its own
 * file still uses it is no refactoring, but a mistake, and the test that fails for it is right.
 */

/** False for a rename whose file, or class, still uses the old name, or that another changed file still imports. */
export function isRenamedThroughout(
  { file, oldName, newOwner }: SymbolRename,
  files: readonly ChangedFile[],
): boolean {
  const source = sourceOf(file, files);
  if (!source) return true;
  if (newOwner !== '') return !stillReaches(source, newOwner, oldName);
  return !stillUses(source, oldName) && !files.some((other) => stillImports(other, file, oldName));
}

/** True where a changed file imports a name from a module, where a failing import is not allowed for. */
function stillImports({ path, new: source }: ChangedFile, file: string, name: string): boolean {
  return (source ? importedNames(source) : []).some(({ binding, node }) => {
    const module = binding.imported === name && importedFrom(path, binding.module);
    const isOurs = module && sourceRoot(file, module) !== undefined;
    return isOurs && enclosing(node, 'try_statement') === undefined;
  });
}

/** A removal without anything in its place, where its file still uses the name. */
export function unlessUsed(removal: Removal): Removal {
  const { file, symbol } = removal;
  return file.new && stillUses(file.new, symbol.name) ? { ...removal, candidates: [] } : removal;
}

/** False for a property that became a method, or the reverse, where its class still means it in the old way. */
export function isCalledThroughout(
  { path, name, isCalled, evidence }: CallnessChange,
  files: readonly ChangedFile[],
): boolean {
  const file = evidence.find(({ side }) => side === 'head')?.file;
  const source = file === undefined ? undefined : sourceOf(file, files);
  const owner = path.slice(0, -name.length - 1);
  const isStale = (access: Node): boolean => isCallee(access) !== isCalled;
  return !source || !stillReaches(source, owner, name, isStale);
}

const sourceOf = (path: string, files: readonly ChangedFile[]): PythonSource | null | undefined =>
  files.find((file) => file.path === path)?.new;

/** True where a file uses a name that nothing in it brings, or offers it in `__all__`. */
export function stillUses(source: PythonSource, name: string): boolean {
  const named = source.named(name).filter((node) => !isLabel(node));
  if (named.some(brings)) return false;
  return named.length > 0 || (isListed(source, name) && !offersOf(source).isOpen);
}

const isListed = (source: PythonSource, name: string): boolean =>
  source
    .named('__all__')
    .map((node) => enclosing(node, 'expression_statement'))
    .some((node) => node && source.find('string_content', node).some(({ text }) => text === name));

/**
 * True where a class still reaches for a member of its own.
 *
 * @param owner The class, with those around it.
 * @param isStale Of `self.member`, whether it is meant in the old way.
 */
function stillReaches(
  source: PythonSource,
  owner: string,
  member: string,
  isStale: (access: Node) => boolean = () => true,
): boolean {
  return source.attributesNamed(member).some((node) => {
    const object = node.childForFieldName('object')?.text;
    if (object !== 'self' && object !== 'cls') return false;
    const around = enclosing(node, 'class_definition')?.childForFieldName('name')?.text;
    return around === owner.slice(owner.lastIndexOf('.') + 1) && isStale(node);
  });
}

/** True for `self.total` in `self.total()`. */
function isCallee(access: Node): boolean {
  const { parent } = access;
  return parent?.type === 'call' && parent.childForFieldName('function')?.id === access.id;
}

/** After a dot, or before `=` in a call. */
function isLabel({ parent, id }: Node): boolean {
  if (parent?.type === 'attribute') return parent.childForFieldName('attribute')?.id === id;
  return parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === id;
}

/** A name that is defined, assigned, imported or taken as a parameter; in doubt, it is. */
function brings(node: Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  const field = BY_FIELD[parent.type];
  if (field) return parent.childForFieldName(field)?.id === node.id;
  return BRINGING.has(parent.type);
}

const BY_FIELD: Readonly<Record<string, string>> = {
  function_definition: 'name',
  class_definition: 'name',
  assignment: 'left',
  augmented_assignment: 'left',
  named_expression: 'name',
  for_statement: 'left',
  for_in_clause: 'left',
  default_parameter: 'name',
  typed_default_parameter: 'name',
};
const BRINGING = new Set([
  'parameters',
  'lambda_parameters',
  'typed_parameter',
  'dotted_name',
  'aliased_import',
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'as_pattern_target',
  'global_statement',
  'nonlocal_statement',
  'type_parameter',
]);
