import { decoratorsOf } from '../../python/decorators';
import { enclosing, type Node, type PythonSource } from '../../python/syntax';

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
    else add([...owner, name].join('.'), type ? typed(type, isRead ? 'of' : 'gives') : undefined);
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

/** Of a type that is a class, with or without quotes, `Final[…]` or `ClassVar[…]`. */
function typed(type: Node, kind: Value['kind']): Omit<Value, 'path'> | undefined {
  const plain = type.text
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/^(?:\w+\.)?(?:Final|ClassVar)\[(.*)\]$/s, '$1')
    .replace(/^(["'])(.*)\1$/, '$2');
  return NAME.test(plain) ? { kind, words: plain.split('.') } : undefined;
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
