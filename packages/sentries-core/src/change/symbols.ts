import { enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import { isDefined } from './tokens';

export type SymbolKind = 'class' | 'function' | 'variable';

/** A name that a module offers: of the module itself, or of a class in it. */
export interface ModuleSymbol {
  /** `convert`, `Account`, `Account.close`, `Account.balance`. */
  readonly path: string;
  readonly name: string;
  /** The class that holds it; empty at module level. */
  readonly owner: string;
  readonly kind: SymbolKind;
  readonly line: number;
  /** The lines of the whole definition, with its decorators. */
  readonly first: number;
  readonly last: number;
  /** Words of the definition without its own name: what two versions of it are compared by. */
  readonly body: readonly string[];
  /** The definition as it is written. */
  readonly text: string;
  /** Of a function: the names that it gives a meaning itself, its parameters and variables. */
  readonly locals: ReadonlySet<string>;
}

const cache = new WeakMap<PythonSource, ReadonlyMap<string, ModuleSymbol>>();

/** The symbols that a module and its classes define, by path; the last definition of a path counts. */
export function moduleSymbols(source: PythonSource): ReadonlyMap<string, ModuleSymbol> {
  const known = cache.get(source) ?? symbolsOf(source);
  cache.set(source, known);
  return known;
}

function symbolsOf(source: PythonSource): Map<string, ModuleSymbol> {
  const symbols = new Map<string, ModuleSymbol>();
  const add = (kind: SymbolKind, owner: string, nameNode: Node, whole: Node): void => {
    const name = nameNode.text;
    const path = owner === '' ? name : `${owner}.${name}`;
    // The first assignment defines an attribute; a later one only changes it.
    if (kind === 'variable' && symbols.has(path)) return;
    const line = source.lineOf(nameNode);
    // Few definitions are ever compared.
    let body: readonly string[] | undefined;
    let locals: ReadonlySet<string> | undefined;
    symbols.set(path, {
      ...{ path, name, owner, kind, line },
      first: source.lineOf(whole),
      get last() {
        return source.lines.lineOf(whole.endIndex);
      },
      get body() {
        return (body ??= words(whole, name));
      },
      get text() {
        return whole.text;
      },
      get locals() {
        return (locals ??= kind === 'function' ? localsOf(source, whole) : new Set());
      },
    });
  };
  const visit = (statements: readonly Node[], owner: string): void => {
    for (const statement of statements) {
      const node = statement.type === 'decorated_definition' ? definitionOf(statement) : statement;
      const name = node.childForFieldName('name');
      const body = node.childForFieldName('body');
      if (node.type === 'function_definition' && name) {
        add('function', owner, name, statement);
        if (owner !== '' && body)
          for (const target of selfAttributes(source, body)) add('variable', owner, ...target);
      } else if (node.type === 'class_definition' && name && body) {
        add('class', owner, name, statement);
        visit(parts(body), owner === '' ? name.text : `${owner}.${name.text}`);
      } else if (node.type === 'expression_statement') {
        const assignment = parts(node)[0];
        if (assignment?.type === 'assignment')
          for (const target of targetsOf(assignment)) add('variable', owner, target, assignment);
      } else if (CONDITIONAL.has(node.type)) {
        visit(blocks(node), owner);
      }
    }
  };
  visit(parts(source.root), '');
  return symbols;
}

/** The names that an assignment gives a value: `a`, `b` and `c` of `a, b = c = 1, 2`. */
function targetsOf(assignment: Node): Node[] {
  const [left, right] = [
    assignment.childForFieldName('left'),
    assignment.childForFieldName('right'),
  ];
  const names = (node: Node): Node[] => {
    if (node.type === 'identifier') return [node];
    return node.type.includes('pattern') ? parts(node).flatMap(names) : [];
  };
  const own = left ? names(left) : [];
  return right?.type === 'assignment' ? [...own, ...targetsOf(right)] : own;
}

/** Statements that define names as if their blocks stood at the same level. */
const CONDITIONAL = new Set(['if_statement', 'try_statement', 'with_statement']);
const CLAUSES = ['elif_clause', 'else_clause', 'except_clause', 'finally_clause'];

function blocks(node: Node): Node[] {
  return parts(node).flatMap((child) => {
    if (child.type === 'block') return parts(child);
    return CLAUSES.includes(child.type) ? blocks(child) : [];
  });
}

const localsOf = (source: PythonSource, whole: Node): Set<string> =>
  new Set(
    source
      .find('identifier', whole)
      .filter((node) => isDefined({ node }) && node.parent?.type !== 'attribute')
      .map(({ text }) => text),
  );

const definitionOf = (decorated: Node): Node =>
  decorated.childForFieldName('definition') ?? decorated;

/** `self.name = …` in a method's own body: the attribute's name and the assignment. */
function selfAttributes(source: PythonSource, body: Node): [Node, Node][] {
  return source.find('assignment', body).flatMap((assignment) => {
    const left = assignment.childForFieldName('left');
    const attribute = left?.type === 'attribute' ? left.childForFieldName('attribute') : null;
    if (!attribute || left?.childForFieldName('object')?.text !== 'self') return [];
    return enclosing(assignment, 'function_definition')?.childForFieldName('body')?.id === body.id
      ? [[attribute, assignment] as [Node, Node]]
      : [];
  });
}

/** The leaves of a definition; its own name is left out wherever it stands, and so are docstrings. */
function words(node: Node, name: string): string[] {
  const found: string[] = [];
  const visit = (at: Node): void => {
    if (at.type === 'comment' || isDocstring(at)) return;
    if (at.childCount === 0 || at.type === 'string') {
      found.push(at.type === 'identifier' && at.text === name ? '·' : at.text);
      return;
    }
    for (const child of at.children) if (child) visit(child);
  };
  visit(node);
  return found;
}

/** A string that is a statement of its own: it changes nothing. */
const isDocstring = (node: Node): boolean =>
  node.type === 'expression_statement' && parts(node).every(({ type }) => type === 'string');
