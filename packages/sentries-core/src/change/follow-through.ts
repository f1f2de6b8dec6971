import { calleeName } from '../python/call';
import { enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import type { CallnessChange } from './callness';
import type { ChangedFile } from './changed-file';
import type { Removal } from './moves';
import { importedFrom, isInPackage, sourceRoot } from './modules';
import { importedNames, offersOf } from './offers';
import type { SymbolRename } from './renames';

/*
 * Whether a change went all the way in the files that it touched: a definition that is gone while one of them
 * still uses it is no refactoring, but a mistake, and the test that fails for it is right.
 */

/** False for a rename where the change's own files still use the old name. */
export function isRenamedThroughout(
  { file, oldName, newOwner }: SymbolRename,
  files: readonly ChangedFile[],
): boolean {
  const source = sourceOf(file, files);
  if (!source) return true;
  if (newOwner !== '') return !files.some((one) => stillReaches(one, newOwner, oldName));
  return (
    !stillUses(source, oldName) && !files.some((one) => stillImports(one, file, oldName, files))
  );
}

/** A removal without anything in its place, where the change's own files still use the name. */
export function unlessUsed(removal: Removal, files: readonly ChangedFile[]): Removal {
  const { file, symbol } = removal;
  const isUsed =
    (file.new !== null && stillUses(file.new, symbol.name)) ||
    files.some((one) => stillImports(one, file.oldPath, symbol.name, files));
  return isUsed ? { ...removal, candidates: [] } : removal;
}

/** False for a property that became a method, or the reverse, where the change's own files mean it in the old way. */
export function isCalledThroughout(
  { path, name, isCalled }: CallnessChange,
  files: readonly ChangedFile[],
): boolean {
  const owner = path.slice(0, -name.length - 1);
  const isStale = (access: Node): boolean => isCallee(access) !== isCalled;
  return !files.some((one) => stillReaches(one, owner, name, isStale));
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

/** True where a changed file asks a module for a name, and is not ready to miss it. */
function stillImports(
  { path, new: source }: ChangedFile,
  file: string,
  name: string,
  files: readonly ChangedFile[],
): boolean {
  if (!source) return false;
  const imports = importedNames(source);
  const isModule = (dotted: string): boolean => {
    const module = importedFrom(path, dotted);
    if (module === undefined || sourceRoot(file, module) === undefined) return false;
    // The package may have the name, and give on what its module has.
    return !files.some(
      (one) => isInPackage(file, one.path) && sourceRoot(one.path, module) !== undefined,
    );
  };
  const isImported = imports.some(
    ({ binding, node }) =>
      binding.imported === name &&
      isModule(binding.module) &&
      enclosing(node, 'try_statement') === undefined,
  );
  if (isImported) return true;
  return source.attributesNamed(name).some((node) => {
    const [first, ...rest] = node.childForFieldName('object')!.text.split('.');
    const binding = imports.find(({ binding: { name: known } }) => known === first)?.binding;
    if (!binding || enclosing(node, 'try_statement')) return false;
    const { module, imported } = binding;
    const dot = module.endsWith('.') ? '' : '.';
    return isModule([imported === null ? module : module + dot + imported, ...rest].join('.'));
  });
}

/**
 * True where a changed file still reaches for a member of a class: in the class, in one below it, or in what it
 * makes of the class.
 *
 * @param owner The class, with those around it.
 * @param isStale Of `object.member`, whether it is meant in the old way.
 */
function stillReaches(
  { new: source }: ChangedFile,
  owner: string,
  member: string,
  isStale: (access: Node) => boolean = () => true,
): boolean {
  const name = lastWord(owner);
  return (source ? source.attributesNamed(member) : []).some((node) => {
    const object = node.childForFieldName('object')!;
    const isOwn = ['self', 'cls'].includes(object.text)
      ? isOrInherits(source!, enclosing(node, 'class_definition'), name, member)
      : isMadeOf(source!, object, name);
    return isOwn && isStale(node);
  });
}

/** True for a class, or one that inherits from it and has no such member of its own. */
function isOrInherits(
  source: PythonSource,
  holder: Node | undefined,
  name: string,
  member: string,
): boolean {
  if (!holder) return false;
  if (holder.childForFieldName('name')?.text === name) return true;
  const bases = holder.childForFieldName('superclasses');
  const inherits = bases !== null && parts(bases).some(({ text }) => lastWord(text) === name);
  const own = source.find('function_definition', holder);
  return inherits && !own.some((node) => node.childForFieldName('name')?.text === member);
}

/** True for `Class(…)`, and for a name that was given such a call. */
function isMadeOf(source: PythonSource, object: Node, name: string): boolean {
  if (object.type === 'call') return calleeName(object) === name;
  if (object.type !== 'identifier') return false;
  return source.named(object.text).some(({ id, parent }) => {
    const made = parent?.type === 'assignment' && parent.childForFieldName('left')?.id === id;
    const value = made ? parent.childForFieldName('right') : null;
    return value?.type === 'call' && calleeName(value) === name;
  });
}

const lastWord = (dotted: string): string => dotted.slice(dotted.lastIndexOf('.') + 1);

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
