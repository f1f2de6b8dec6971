import { classNamed } from '../../python/named-class';
import { decoratorsOf } from '../../python/decorators';
import { enclosing, parts, type Node, type PythonSource } from '../../python/syntax';

/** What stands behind a name, as far as the text of its definition tells. */
export interface Value {
  /** In the module: `settings`, `Account.owner`. */
  readonly path: string;
  /**
   * `same` for another name of the very thing, `of` for something of a class, `made` for what a call gives, and
   * `gives` for what a function gives to those who call it.
   */
  readonly kind: 'same' | 'of' | 'made' | 'gives';
  /** The thing, the class or what is called, as words of the module. */
  readonly words: readonly string[];
}

/** The values of a module by the paths of what holds them; what is given several ones has none. */
export function valuesOf(source: PythonSource): Map<string, Value> {
  const found = new Map<string, Value | undefined>();
  const add = (path: string, value: Omit<Value, 'path'> | null | undefined): void => {
    const before = found.get(path);
    const isSame = before?.words.join() === value?.words.join();
    found.set(path, value && (!found.has(path) || isSame) ? { path, ...value } : undefined);
  };
  for (const node of source.find('assignment')) {
    const place = placeOf(node);
    const type = node.childForFieldName('type');
    const value = node.childForFieldName('right');
    // What is only declared here may be given a value elsewhere: its type holds for both.
    if (place) add(place.path, type ? typed(type, 'of') : value && held(value, place.by));
  }
  for (const node of source.find('function_definition')) {
    const [owner, name] = [ownerOf(node), node.childForFieldName('name')?.text];
    const type = node.childForFieldName('return_type');
    if (owner === undefined || name === undefined) continue;
    const decorators = decoratorsOf(node).map(({ text }) => text);
    const isRead = decorators.some((text) => /^@([\w.]+\.)?(cached_)?property\b/.test(text));
    // Other decorators may make something else of it.
    const isPlain = decorators.every((text) => /^@(classmethod|staticmethod)\b/.test(text));
    if (!isRead && !isPlain) add([...owner, name].join('.'), undefined);
    else if (type) add([...owner, name].join('.'), typed(type, isRead ? 'of' : 'gives'));
    else add([...owner, name].join('.'), isRead ? undefined : returned(source, node));
  }
  return new Map([...found].flatMap(([path, value]) => (value ? [[path, value]] : [])));
}

interface Assigned {
  readonly path: string;
  readonly by: 'module' | 'class' | 'self';
}

/** What is assigned to: a name of the module or of a class, or an attribute of `self`. */
function placeOf(node: Node): Assigned | undefined {
  const left = node.childForFieldName('left');
  const scope = node.parent && enclosing(node.parent, 'function_definition');
  if (left?.type === 'identifier') {
    const owner = scope ? undefined : ownerOf(node);
    const by = owner?.length === 0 ? 'module' : 'class';
    return owner && { path: [...owner, left.text].join('.'), by };
  }
  const object = left?.type === 'attribute' ? left.childForFieldName('object') : null;
  const owner = scope ? ownerOf(scope) : undefined;
  if (object?.text !== 'self' || !owner || owner.length === 0) return undefined;
  return { path: [...owner, left!.childForFieldName('attribute')!.text].join('.'), by: 'self' };
}

/** The classes around; undefined within a function. */
function ownerOf(node: Node): string[] | undefined {
  const owner: string[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'function_definition' || at.type === 'lambda') return undefined;
    if (at.type === 'class_definition') owner.unshift(at.childForFieldName('name')?.text ?? '');
  }
  return owner;
}

const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

function typed(type: Node, kind: Value['kind']): Omit<Value, 'path'> | undefined {
  const words = classNamed(type.text);
  return words && { kind, words };
}

/** What a function without a type gives, where each end of it gives the same: what it is asked of, or what one call makes. */
function returned(source: PythonSource, node: Node): Omit<Value, 'path'> | undefined {
  const isOwn = (one: Node): boolean =>
    one.parent !== null && enclosing(one.parent, 'function_definition', 'lambda')?.id === node.id;
  if (source.find('yield', node).some(isOwn)) return undefined;
  const given = source.find('return_statement', node).filter(isOwn).map(givenBy);
  const [first] = given;
  const isOne = given.every((words) => words?.join('.') === first?.join('.'));
  return first && isOne ? { kind: 'gives', words: first } : undefined;
}

/** `self` of `return self`, and what is called in `return cls(…)`. */
function givenBy(statement: Node): string[] | undefined {
  const [value] = parts(statement);
  if (value?.text === 'self') return ['self'];
  const callee = value?.type === 'call' ? value.childForFieldName('function')?.text : undefined;
  if (callee === undefined) return undefined;
  if (/^(cls|type\(self\)|self\.__class__)$/.test(callee)) return ['self'];
  // Others may be variables of the function.
  return /^(?:[A-Za-z_]\w*\.)*_?[A-Z]\w*$/.test(callee) ? callee.split('.') : undefined;
}

/** A name of the module for another one; or a call: within functions and classes, of what can be no local name. */
function held(value: Node, by: Assigned['by']): Omit<Value, 'path'> | undefined {
  if (NAME.test(value.text) && by === 'module')
    return { kind: 'same', words: value.text.split('.') };
  const callee = value.type === 'call' ? value.childForFieldName('function')?.text : undefined;
  if (callee === undefined || !NAME.test(callee)) return undefined;
  const isPlain = by === 'module' || /^self\.\w+$|^(?:\w+\.)*[A-Z]\w*$/.test(callee);
  return isPlain ? { kind: 'made', words: callee.split('.') } : undefined;
}
