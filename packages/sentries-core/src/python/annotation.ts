import { canonical, literalValue } from './value';
import { parts, PythonSource, type Node } from './syntax';

/** What a type may be: the classes and forms of a union, each in one spelling. */
export type TypeForms = readonly string[];

/** Names of `typing` for builtins: https://docs.python.org/3/library/typing.html#deprecated-aliases. */
const ALIASES: Readonly<Record<string, string>> = {
  ...{ List: 'list', Dict: 'dict', Set: 'set', FrozenSet: 'frozenset', Tuple: 'tuple' },
  ...{ Type: 'type', DefaultDict: 'defaultdict', Deque: 'deque', NoneType: 'None' },
};

/** Annotations are few, and asked about often. */
const MOST = 10_000;
const known = new Map<string, TypeForms | undefined>();

/**
 * The forms of a type, the same for all spellings of it: quotes, `Optional[X]` and `X | None`, `typing.List` and `list`,
 * names with and without their module, blanks. Undefined for a text that is no type.
 */
export function typeForms(text: string): TypeForms | undefined {
  if (known.size > MOST) known.clear();
  if (!known.has(text)) known.set(text, formsIn(text));
  return known.get(text);
}

/** True for two texts of the same type. */
export function isSameType(one: string, other: string): boolean {
  const forms = typeForms(one);
  return forms !== undefined && forms.join() === typeForms(other)?.join();
}

/** The class or form itself, without what stands in its brackets. */
export const outerName = (form: string): string => form.replace(/\[.*$/s, '');

/** What an iterator or a generator gives one by one, as its type writes it; undefined for a type of another kind. */
export function itemType(text: string): string | undefined {
  const node = expressionIn(text);
  const inner = node?.type === 'string' ? expressionIn(contentOf(node) ?? '') : node;
  if (inner?.type !== 'subscript') return undefined;
  const [of, first] = [inner.childForFieldName('value')!, inner.childForFieldName('subscript')!];
  return /(^|\.)(Async)?(Iterator|Iterable|Generator)$/.test(of.text) ? first.text : undefined;
}

function formsIn(text: string): TypeForms | undefined {
  const node = expressionIn(text);
  const forms = node && formsOf(node);
  return forms && [...new Set(forms)].sort();
}

function expressionIn(text: string): Node | undefined {
  const { root } = new PythonSource(text.trim());
  const [statement, ...others] = parts(root);
  if (root.hasError || statement?.type !== 'expression_statement' || others.length > 0)
    return undefined;
  const nodes = parts(statement);
  return nodes.length === 1 ? nodes[0] : undefined;
}

function formsOf(node: Node): string[] | undefined {
  switch (node.type) {
    case 'identifier':
      return [ALIASES[node.text] ?? node.text];
    case 'attribute': {
      const last = /^(?:\w+\.)+(\w+)$/.exec(node.text)?.[1];
      return last === undefined ? undefined : [ALIASES[last] ?? last];
    }
    case 'none':
      return ['None'];
    case 'ellipsis':
      return ['...'];
    case 'string': {
      const inside = contentOf(node);
      const inner = inside === undefined ? undefined : expressionIn(inside);
      return inner && formsOf(inner);
    }
    case 'parenthesized_expression':
      return parts(node).length === 1 ? formsOf(parts(node)[0]!) : undefined;
    case 'binary_operator':
      return node.childForFieldName('operator')?.text === '|' ? union(parts(node)) : undefined;
    case 'subscript':
      return ofSubscript(node);
    default:
      return undefined;
  }
}

function ofSubscript(node: Node): string[] | undefined {
  const [value, ...given] = parts(node);
  const [name, ...others] = (value && formsOf(value)) ?? [];
  if (name === undefined || others.length > 0 || given.length === 0) return undefined;
  switch (name) {
    case 'Optional': {
      const inner = given.length === 1 ? formsOf(given[0]!) : undefined;
      return inner && [...inner, 'None'];
    }
    case 'Union':
      return union(given);
    case 'Annotated':
      return formsOf(given[0]!);
    case 'Literal': {
      const values = given.map((one) => literalValue(one));
      const texts = values.map((one, at) => (one ? canonical(one) : given[at]!.text));
      return [`Literal[${texts.sort().join(', ')}]`];
    }
    default:
      return bracketed(name, given);
  }
}

function bracketed(name: string, given: readonly Node[]): string[] | undefined {
  const inner = given.map((one) => {
    // The parameters of `Callable`.
    if (one.type === 'list') return bracketed('', parts(one))?.[0];
    const forms = formsOf(one);
    return forms && [...new Set(forms)].sort().join(' | ');
  });
  return inner.includes(undefined) ? undefined : [`${name}[${inner.join(', ')}]`];
}

function union(nodes: readonly Node[]): string[] | undefined {
  const all = nodes.map(formsOf);
  return all.every((forms) => forms !== undefined) ? all.flat() : undefined;
}

/** Of a string without a prefix. */
function contentOf(node: Node): string | undefined {
  const [open, close] = [node.firstChild, node.lastChild];
  const isPlain = open?.type === 'string_start' && /^["']+$/.test(open.text);
  return isPlain && close ? node.text.slice(open.text.length, -close.text.length) : undefined;
}
