import { decoratorsOf } from '../../python/decorators';
import { enclosing, qualifiedName, type Node, type PythonSource } from '../../python/syntax';

/** What a function says that it returns. */
export interface Returned {
  /** In the module: `convert`, `Account.close`. */
  readonly path: string;
  /** The annotation, as it is written. */
  readonly type: string;
  /** From 1: of the annotation. */
  readonly line: number;
  /** Why those who call it may get something else. */
  readonly doubt: string | null;
}

/** Decorators after which a call, or the attribute, still gives what the function returns. */
const KEEPING =
  /^@(?:(?:functools|abc|typing|typing_extensions)\.)?(staticmethod|classmethod|property|cached_property|cache|lru_cache|abstractmethod|final|override)\b(?!\.)/;

/** What sets or deletes a property, under the name of the property. */
const BESIDE = /^@[\w.]+\.(setter|deleter)$/;

/** The annotated functions and methods of a module by path; not those that are defined more than once, as overloads are. */
export function returnsOf(source: PythonSource): ReadonlyMap<string, Returned> {
  const nodes = new Map<string, Node[]>();
  for (const node of source.find('function_definition')) {
    if (node.parent && enclosing(node.parent, 'function_definition')) continue;
    if (decoratorsOf(node).some(({ text }) => BESIDE.test(text))) continue;
    const path = qualifiedName(node);
    nodes.set(path, [...(nodes.get(path) ?? []), node]);
  }
  const found = new Map<string, Returned>();
  for (const [path, [node, ...others]] of nodes) {
    const type = node!.childForFieldName('return_type');
    if (!type || others.length > 0) continue;
    const foreign = decoratorsOf(node!).find(({ text }) => !KEEPING.test(text));
    const doubt = foreign ? `${foreign.text} may change what ${path} returns` : null;
    found.set(path, { path, type: type.text, line: source.lineOf(type), doubt });
  }
  return found;
}
