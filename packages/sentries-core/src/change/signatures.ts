import { decoratorsOf } from '../python/decorators';
import { parts, type Node, type PythonSource } from '../python/syntax';

export interface Parameter {
  readonly name: string;
  readonly kind: 'positional-only' | 'either' | 'keyword-only' | 'rest' | 'keywords';
  /** The default's source text; null where a value is needed. */
  readonly default: string | null;
  readonly line: number;
}

/** How something is called. The receiver of a method is no parameter. */
export interface Signature {
  /** `convert`, `Account.close`; of a class's constructor, the class. */
  readonly path: string;
  readonly kind: 'function' | 'method' | 'class';
  readonly parameters: readonly Parameter[];
  /** A method that needs an instance: called through its class, it is given its receiver by hand. */
  readonly isOfInstance: boolean;
  /** At head or base, whichever it was read from: the lines of the definition. */
  readonly line: number;
  readonly endLine: number;
  /** Why its parameters are not for sure. */
  readonly doubt: string | null;
}

const cache = new WeakMap<PythonSource, ReadonlyMap<string, Signature>>();

/** The signatures of a module's functions, its classes and their methods, by path. */
export function signaturesOf(source: PythonSource): ReadonlyMap<string, Signature> {
  const known = cache.get(source);
  if (known) return known;
  const found = new Map<string, Signature>();
  const add = (signature: Signature): void => {
    const { path } = signature;
    // Overloads, setters, a definition for each platform: which of them is called is not for sure.
    const doubt = found.has(path) ? `${path} is defined more than once` : signature.doubt;
    found.set(path, { ...signature, doubt });
  };
  for (const node of source.find('function_definition')) {
    const owner = ownerOf(node);
    if (owner !== undefined) add(ofFunction(source, node, owner));
  }
  for (const node of source.find('class_definition')) {
    const owner = ownerOf(node);
    if (owner === undefined) continue;
    const path = [...owner, node.childForFieldName('name')!.text].join('.');
    const own = found.get(`${path}.__init__`);
    const made = own
      ? { ...own, path, kind: 'class' as const, isOfInstance: false }
      : ofFields(source, node, path);
    if (made) add(made);
  }
  cache.set(source, found);
  return found;
}

/** The classes around a definition; undefined inside of a function. */
function ownerOf(node: Node): string[] | undefined {
  const owner: string[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'function_definition') return undefined;
    if (at.type === 'class_definition') owner.unshift(at.childForFieldName('name')!.text);
  }
  return owner;
}

/** Decorators that leave the parameters as they are. */
const PLAIN =
  /^@(\w+\.)*(staticmethod|classmethod|abstractmethod|cache|lru_cache|override|final|(async)?contextmanager)\b/;

function ofFunction(source: PythonSource, node: Node, owner: readonly string[]): Signature {
  const name = node.childForFieldName('name')!.text;
  const decorators = decoratorsOf(node);
  const foreign = decorators.find(({ text }) => !PLAIN.test(text));
  const all = parametersOf(source, node);
  const hasReceiver =
    owner.length > 0 && !decorators.some(({ text }) => text.startsWith('@staticmethod'));
  return {
    path: [...owner, name].join('.'),
    kind: owner.length > 0 ? 'method' : 'function',
    parameters: hasReceiver ? all.slice(1) : all,
    isOfInstance: hasReceiver && !decorators.some(({ text }) => text.startsWith('@classmethod')),
    line: source.lineOf(node),
    endLine: source.lines.lineOf(node.endIndex),
    doubt: foreign ? `${foreign.text} may change what ${name} takes` : null,
  };
}

function parametersOf(source: PythonSource, definition: Node): Parameter[] {
  const nodes = parts(definition.childForFieldName('parameters')!);
  const slash = nodes.findIndex(({ type }) => type === 'positional_separator');
  let kind: Parameter['kind'] = slash >= 0 ? 'positional-only' : 'either';
  const found: Parameter[] = [];
  for (const node of nodes) {
    const inner = node.type === 'typed_parameter' ? parts(node)[0]! : node;
    const line = source.lineOf(node);
    if (node.type === 'positional_separator') kind = 'either';
    else if (node.type === 'keyword_separator') kind = 'keyword-only';
    else if (/^(list|dictionary)_splat_pattern$/.test(inner.type)) {
      const isRest = inner.type === 'list_splat_pattern';
      const name = parts(inner)[0]!.text;
      found.push({ name, kind: isRest ? 'rest' : 'keywords', default: '', line });
      if (isRest) kind = 'keyword-only';
    } else {
      const name = node.childForFieldName('name')?.text ?? inner.text;
      found.push({ name, kind, default: node.childForFieldName('value')?.text ?? null, line });
    }
  }
  return found;
}

/** The constructor that a dataclass or a named tuple makes of its fields. */
function ofFields(source: PythonSource, node: Node, path: string): Signature | undefined {
  const decorator = decoratorsOf(node).find(({ text }) => /^@(\w+\.)*dataclass\b/.test(text));
  const bases = parts(node.childForFieldName('superclasses') ?? node.childForFieldName('name')!);
  const isTuple = bases.some(({ text }) => /^(typing\.)?NamedTuple$/.test(text));
  if (!decorator && !isTuple) return undefined;
  const isKeywordOnly = /\bkw_only\s*=\s*True\b/.test(decorator?.text ?? '');
  const parameters: Parameter[] = [];
  let doubt = !isTuple && bases.length > 0 ? `${path} inherits fields` : null;
  for (const statement of parts(node.childForFieldName('body')!)) {
    const field = statement.type === 'expression_statement' ? parts(statement)[0] : undefined;
    const type = field?.childForFieldName('type')?.text ?? '';
    if (field?.type !== 'assignment' || type === '' || /^(typing\.)?ClassVar\b/.test(type))
      continue;
    if (/\bKW_ONLY\b|\bInitVar\b/.test(type)) doubt = `${path} has fields of a kind of their own`;
    const value = field.childForFieldName('right');
    const options = value?.type === 'call' && /^(\w+\.)?field\(/.test(value.text) ? value : null;
    if (options && /\b(init|kw_only)\s*=/.test(options.text))
      doubt = `${path} has fields of a kind of their own`;
    const isNeeded = !value || (options && !/\bdefault(_factory)?\s*=/.test(options.text));
    parameters.push({
      name: field.childForFieldName('left')!.text,
      kind: isKeywordOnly ? 'keyword-only' : 'either',
      default: isNeeded ? null : value.text,
      line: source.lineOf(field),
    });
  }
  return {
    path,
    kind: 'class',
    parameters,
    isOfInstance: false,
    line: source.lineOf(node),
    endLine: source.lines.lineOf(node.endIndex),
    doubt,
  };
}
