import { enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import { calleeName } from '../python/call';
import { argumentsOf } from './call';

/** The one function of a file that a call means: `check(…)`, or `self.check(…)` of the same class. */
export function helperOf(source: PythonSource, call: Node): Node | undefined {
  const callee = call.childForFieldName('function');
  const isMethod = callee?.type === 'attribute';
  if (isMethod && !OWN.includes(callee.childForFieldName('object')?.text ?? '')) return undefined;
  if (!isMethod && callee?.type !== 'identifier') return undefined;
  const found = source
    .find('function_definition')
    .filter((node) => node.childForFieldName('name')?.text === calleeName(call));
  const [only, ...more] = found;
  return only && more.length === 0 && isMethodOf(only) === isMethod ? only : undefined;
}

const OWN = ['self', 'cls'];

const isMethodOf = (definition: Node): boolean =>
  enclosing(definition.parent!, 'class_definition', 'function_definition')?.type ===
  'class_definition';

/** The names of a function's parameters, without `self`; those after a star can't be given by their place. */
function parametersOf(definition: Node): { readonly places: string[]; readonly names: string[] } {
  const isStatic =
    definition.parent?.type === 'decorated_definition' &&
    parts(definition.parent).some(({ text }) => text === '@staticmethod');
  const own = parts(definition.childForFieldName('parameters')!);
  const given = isMethodOf(definition) && !isStatic ? own.slice(1) : own;
  const star = given.findIndex(({ type }) => STARS.includes(type));
  const nameOf = (node: Node): string[] => {
    if (node.type === 'identifier') return [node.text];
    const name =
      node.childForFieldName('name') ?? (node.type === 'typed_parameter' && parts(node)[0]);
    return name && name.type === 'identifier' ? [name.text] : [];
  };
  const places = (star < 0 ? given : given.slice(0, star)).flatMap(nameOf);
  return { places, names: given.flatMap(nameOf) };
}

const STARS = ['keyword_separator', 'list_splat_pattern', 'dictionary_splat_pattern'];

/** The argument that a call gives for a parameter; undefined where that can't be told. */
export function argumentFor(call: Node, definition: Node, parameter: string): Node | undefined {
  const found = argumentsOf(call);
  const { places, names } = parametersOf(definition);
  if (!found || !names.includes(parameter)) return undefined;
  return found.get(parameter) ?? found.get(String(places.indexOf(parameter)));
}

/** The parameter that gets an argument of a call. */
export function parameterFor(call: Node, definition: Node, argument: Node): string | undefined {
  return parametersOf(definition).names.find((name) => {
    const given = argumentFor(call, definition, name);
    return given && argument.startIndex <= given.startIndex && given.endIndex <= argument.endIndex;
  });
}

export const hasParameter = (definition: Node, name: string): boolean =>
  parametersOf(definition).names.includes(name);
