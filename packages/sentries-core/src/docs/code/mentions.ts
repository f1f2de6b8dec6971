import { enclosing, parts, type Node, type PythonSource } from '../../python/syntax';

/*
 * Python gives names in more ways than definitions and imports: loops over globals(), lazy imports by tables of
 * strings, decorators that register. Where a text still mentions a name in such a way, nobody can say that it is
 * gone.
 */

/** True where a module may have a name at its top that it neither defines nor imports. */
export function mayBindAtTop(source: PythonSource, name: string): boolean {
  if (makesNames(source)) return true;
  if (!source.text.includes(name)) return false;
  const stands = source
    .named(name)
    .some(
      (node) =>
        !enclosing(node, 'function_definition', 'class_definition', 'lambda') || isGlobal(node),
    );
  return stands || isString(source, name, source.root);
}

const makers = new WeakMap<PythonSource, boolean>();

/** True where a module makes names of its own in ways that no reader can follow. Asked for every name that it has not. */
function makesNames(source: PythonSource): boolean {
  const known = makers.get(source) ?? writesScope(source);
  makers.set(source, known);
  return known;
}

function writesScope(source: PythonSource): boolean {
  const { text } = source;
  if (/(?<![\w.])exec\(/.test(text)) return true;
  if (source.named('__getattr__').some((node) => !enclosing(node, 'class_definition'))) return true;
  // To put something on a module, it has to be got hold of.
  const isHeld = /\bsys\.modules\b|\bimport_module\(|\b__import__\(/.test(text);
  if (isHeld && /\bsetattr\(|\b__dict__\b|\bsys\.modules\[[^\]\n]*\] *=(?!=)/.test(text))
    return true;
  if (/\bsys\.modules\[ *__name__ *\]/.test(text)) return true;
  const isInside = (node: Node): boolean =>
    enclosing(node, 'function_definition', 'class_definition', 'lambda') !== undefined;
  return source
    .callsNamed(['globals', 'vars', 'locals'])
    .some((call) => isOfScope(call) && !isRead(call) && (isOfModule(call) || !isInside(call)));
}

const isOfModule = (call: Node): boolean => call.childForFieldName('function')?.text === 'globals';

/** `vars(x)` is of `x`. */
const isOfScope = (call: Node): boolean =>
  parts(call.childForFieldName('arguments') ?? call).length === 0;

/** True where names of a scope are only looked at: `globals().get(name)`, `locals().items()`, `globals()[name]`. */
function isRead({ id, parent }: Node): boolean {
  if (parent?.type === 'attribute')
    return /^(get|keys|values|items|copy)$/.test(parent.childForFieldName('attribute')!.text);
  if (parent?.type !== 'subscript' || parent.childForFieldName('value')?.id !== id) return false;
  const { parent: around } = parent;
  const isTarget =
    /^(augmented_)?assignment$/.test(around?.type ?? '') &&
    around!.childForFieldName('left')?.id === parent.id;
  return !isTarget && !/pattern|delete|_target/.test(around?.type ?? '');
}

const isGlobal = (node: Node): boolean => node.parent?.type === 'global_statement';

/** True where a class's own text mentions a name as an attribute or in a string, so that it may be a member. */
export function mentionsMember(
  source: PythonSource,
  definition: Node | undefined,
  name: string,
): boolean {
  if (!definition) return true;
  const text = source.text.slice(definition.startIndex, definition.endIndex);
  if (/\bsetattr\(|\b__dict__\b|\bvars\(/.test(text)) return true;
  const isInside = ({ startIndex }: Node): boolean =>
    definition.startIndex <= startIndex && startIndex < definition.endIndex;
  // What others put on the class or its instances from outside: `Class.name = …`, `setattr(Class, "name", …)`.
  const isSet = source
    .attributesNamed(name)
    .some((node) => isInside(node) || node.parent?.type === 'assignment');
  return (
    isSet ||
    source.named(name).some((node) => isInside(node) && isAtTop(node, definition)) ||
    isString(source, name, definition)
  );
}

/** In the body of the class itself, not in its methods. */
const isAtTop = (node: Node, definition: Node): boolean =>
  enclosing(node, 'function_definition', 'class_definition')?.id === definition.id;

/** True where a string is the name, or has it among words that blanks, commas, dots or colons set apart; docs say more words. */
function isString(source: PythonSource, name: string, within: Node): boolean {
  const { text } = source;
  const { startIndex, endIndex } = within;
  if (name === '') return false;
  for (let at = text.indexOf(name, startIndex); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (end > endIndex) return false;
    const string = enclosing(source.nodeAt({ start: at, end }), 'string_content');
    if (!string) continue;
    if (string.startIndex === at && string.endIndex === end) return true;
    const isWord =
      (string.startIndex === at || APART.test(text[at - 1]!)) &&
      (string.endIndex === end || APART.test(text[end]!));
    if (isWord && string.parent?.parent?.type !== 'expression_statement') return true;
  }
  return false;
}

const APART = /[\s,.:]/;

/** True where `from module import *` brings a name of it, if the module has it. */
export function isGiven(source: PythonSource, name: string): boolean {
  const uses = source.named('__all__');
  if (uses.length === 0) return !name.startsWith('_');
  const lists = uses.map(({ parent }) => parent?.childForFieldName('right'));
  // A list that is put together of others can't be read.
  if (!lists.every((list) => list && /^(list|tuple)$/.test(list.type))) return true;
  return lists.some(
    (list) => list && source.find('string_content', list).some(({ text }) => text === name),
  );
}
