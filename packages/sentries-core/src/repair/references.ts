import { ancestry, enclosing, type Node, type PythonSource } from '../python/syntax';
import { literalValue } from '../python/value';
import type { Refusal } from './strategy';

/**
 * Every place in a file where a name brought in by an import stands: the import itself, uses, annotations in
 * quotes, `__all__`.
 * Functions that bind the name themselves are left alone.
 *
 * @param newName What it is to be called: refused where the file uses that name for something else.
 */
export function references(source: PythonSource, name: string, newName: string): Node[] | Refusal {
  if (source.named(newName).some(binds)) {
    return { refused: `${newName} already means something else in this file` };
  }
  const named = source.named(name).filter((node) => !isLabel(node));
  const binding = named.filter((node) => binds(node) && !enclosing(node, 'import_from_statement'));
  const scopes = new Set(binding.map((node) => scopeOf(node)?.id));
  if (scopes.has(undefined)) {
    return { refused: `${name} is bound again at the top of this file` };
  }
  const nodes = named.filter((node) => ![...ancestry(node)].some(({ id }) => scopes.has(id)));
  return [...nodes, ...exported(source, name), ...annotations(source, name)];
}

const SCOPES = [
  'function_definition',
  'lambda',
  'class_definition',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
];

/** Where a binding holds; a definition's own name is bound around it. None at the top of a file. */
export function scopeOf(binding: Node): Node | undefined {
  const { parent } = binding;
  const isDefined = parent && parent.childForFieldName('name')?.id === binding.id;
  return enclosing(isDefined ? (parent.parent ?? parent) : binding, ...SCOPES);
}

/** A name that is no variable: after a dot, or before `=` in a call. */
export function isLabel(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'attribute') return parent.childForFieldName('attribute')?.id === node.id;
  if (parent?.type === 'keyword_argument') return parent.childForFieldName('name')?.id === node.id;
  if (parent?.type !== 'dotted_name') return false;
  const statement = enclosing(parent, 'import_from_statement');
  return statement ? statement.childForFieldName('module_name')?.id === parent.id : !binds(node);
}

const BINDING_FIELDS: Readonly<Record<string, string>> = {
  assignment: 'left',
  augmented_assignment: 'left',
  for_statement: 'left',
  for_in_clause: 'left',
  named_expression: 'name',
  function_definition: 'name',
  class_definition: 'name',
  default_parameter: 'name',
  typed_default_parameter: 'name',
  aliased_import: 'alias',
};
const BINDING_PARENTS = [
  'parameters',
  'lambda_parameters',
  'typed_parameter',
  'as_pattern_target',
  'global_statement',
  'nonlocal_statement',
];

const PATTERNS = [
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
];

/** True where a name gets its meaning here. */
export function binds(node: Node): boolean {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (BINDING_PARENTS.includes(parent.type)) return true;
    const field = BINDING_FIELDS[parent.type];
    if (field) return parent.childForFieldName(field)?.id === child.id;
    if (parent.type === 'dotted_name') {
      // `from module import name`, where the module's own name binds nothing.
      return parent.parent?.type === 'import_from_statement'
        ? parent.parent.childForFieldName('module_name')?.id !== parent.id
        : parent.parent?.type === 'import_statement' && parent.firstChild?.id === child.id;
    }
    if (!PATTERNS.includes(parent.type)) return false;
  }
  return false;
}

/** The name's strings in `__all__`. */
function exported(source: PythonSource, name: string): Node[] {
  return source
    .find('assignment')
    .filter((node) => node.childForFieldName('left')?.text === '__all__')
    .flatMap((node) => source.find('string', node))
    .filter((node) => {
      const value = literalValue(node);
      return value?.kind === 'str' && value.value === name;
    });
}

/** Annotations in quotes that have the name as a word of its own. */
function annotations(source: PythonSource, name: string): Node[] {
  const word = new RegExp(`(?<![\\w.])${name}(?!\\w)`);
  return source.find('string').filter((node) => {
    const around = [...ancestry(node)];
    // What `Literal["old"]` says is a value.
    const isValue = around.some(({ text }) => /^(\w+\.)*(Literal|Annotated)\[/.test(text));
    const value = literalValue(node);
    const isType = around.some(({ type }) => type === 'type');
    return isType && !isValue && value?.kind === 'str' && word.test(value.value);
  });
}
