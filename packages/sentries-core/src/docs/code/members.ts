import { decoratorsOf } from '../../python/decorators';
import { enclosing, parts, type Node, type PythonSource } from '../../python/syntax';

/** What is known of where a class takes its members from. */
export interface Heritage {
  /** Its bases, as words. */
  readonly bases: readonly (readonly string[])[];
  /** It may have members that no text tells: a metaclass, a decorator, `__getattr__`. */
  readonly isOpen: boolean;
  readonly node: Node;
}

/** Decorators that add nothing that docs would name. */
const PLAIN =
  /^@(\w+\.)*(dataclass|define|frozen|mutable|attrs|final|total_ordering|runtime_checkable|unique|verify|deprecated|s)\b/;
const METACLASSES = /^(\w+\.)?(ABCMeta|EnumMeta|EnumType|type)$/;

/** The classes of a module by their path. */
export function classesOf(source: PythonSource): ReadonlyMap<string, Heritage> {
  const known = cache.get(source);
  if (known) return known;
  const found = new Map<string, Heritage>();
  for (const node of source.find('class_definition')) {
    const path: string[] = [];
    for (let at: Node | null = node; at; at = at.parent)
      if (at.type === 'class_definition') path.unshift(at.childForFieldName('name')?.text ?? '');
    if (node.parent && enclosing(node.parent, 'function_definition')) continue;
    // A class that is defined twice, for two versions say, has the members of both.
    const before = found.get(path.join('.'));
    const own = heritage(node);
    found.set(path.join('.'), before ? { ...own, isOpen: true } : own);
  }
  cache.set(source, found);
  return found;
}

const cache = new WeakMap<PythonSource, ReadonlyMap<string, Heritage>>();

function heritage(node: Node): Heritage {
  const superclasses = node.childForFieldName('superclasses');
  const given = superclasses ? parts(superclasses) : [];
  const bases: string[][] = [];
  let isOpen = decoratorsOf(node).some(({ text }) => !PLAIN.test(text));
  for (const base of given) {
    if (base.type === 'keyword_argument') {
      const isMeta = base.childForFieldName('name')?.text === 'metaclass';
      isOpen ||= isMeta && !METACLASSES.test(base.childForFieldName('value')?.text ?? '');
      continue;
    }
    // `Generic[T]` has the members of `Generic`.
    const plain = base.type === 'subscript' ? base.childForFieldName('value')! : base;
    const isName = /^[\w.]+$/.test(plain.text);
    if (isName) bases.push(plain.text.split('.'));
    else isOpen = true;
  }
  return { bases, isOpen, node };
}

/** Bases from outside whose members are known, and are not what docs are about. */
export const PLAIN_BASES: ReadonlySet<string> = new Set(
  (
    'object ABC Generic Protocol BaseException Exception ValueError TypeError KeyError IndexError LookupError ' +
    'AttributeError RuntimeError NotImplementedError ArithmeticError AssertionError StopIteration Warning ' +
    'UserWarning DeprecationWarning FutureWarning RuntimeWarning PendingDeprecationWarning ImportError NameError Enum Flag'
  ).split(' '),
);

/** What every member of an enumeration has. */
export const ENUM_MEMBERS: ReadonlySet<string> = new Set(['name', 'value']);

/** What every exception has. */
export const EXCEPTION_MEMBERS: ReadonlySet<string> = new Set([
  'args',
  'with_traceback',
  'add_note',
  'message',
  'msg',
  'name',
  'path',
  'value',
]);
