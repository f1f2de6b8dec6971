import { classNamed } from '../../python/named-class';
import { enclosing, parts, type Node, type PythonSource } from '../../python/syntax';
import { called, pathOf } from './python-paths';

/** What a name stands for, as an expression of other names. */
export interface Value {
  /** See {@link pathOf}. */
  readonly path: readonly string[];
  /**
   * How that is known: it was called by the name, it is a class that inherits from it or an instance of one, or something
   * else tells so.
   */
  readonly by: 'call' | 'base' | 'other';
  /** Members that it has of its own. */
  readonly own: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

const BINDERS = [
  'assignment',
  'augmented_assignment',
  'named_expression',
  'for_statement',
  'for_in_clause',
  'as_pattern',
  'function_definition',
  'class_definition',
  'parameters',
  'lambda_parameters',
  'case_pattern',
  'global_statement',
  'delete_statement',
];

/**
 * The names that a piece of Python gives a meaning, what those of them stand for that it gives one value, and which are of
 * functions and classes that it writes itself.
 */
export function valuesIn(source: PythonSource): {
  readonly defined: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, Value>;
  readonly own: ReadonlySet<string>;
} {
  const times = new Map<string, number>();
  const made = new Map<string, Value[]>();
  const define = (node: Node | null): void => {
    if (node?.type === 'identifier') times.set(node.text, (times.get(node.text) ?? 0) + 1);
    else if (node && /pattern|tuple|list|parameter|splat|_target|_statement/.test(node.type))
      for (const child of parts(node)) define(child);
  };
  const remember = (target: Node | null | undefined, value: Value | undefined): void => {
    if (target?.type !== 'identifier' || !value) return;
    made.set(target.text, [...(made.get(target.text) ?? []), value]);
  };
  for (const node of source.find(BINDERS)) {
    if (node.type === 'as_pattern') {
      const target = node.childForFieldName('alias') ?? parts(node).at(-1) ?? null;
      define(target);
      const [inner] = target ? parts(target) : [];
      remember(target?.type === 'identifier' ? target : inner, valueOf(parts(node)[0]));
      continue;
    }
    const left = node.childForFieldName('left') ?? node.childForFieldName('name');
    define(left ?? node);
    if (node.type === 'assignment') {
      const type = node.childForFieldName('type');
      const right = node.childForFieldName('right');
      remember(left, (type && instanceOf(type)) ?? valueOf(right));
    } else if (node.type === 'class_definition') remember(left, derived(node));
    else if (node.type === 'parameters')
      for (const one of parts(node)) remember(parts(one)[0] ?? one, valueOfParameter(one));
  }
  // What is defined twice is one thing here and another there; unless it is made in the same way.
  const values = new Map<string, Value>();
  for (const [name, all] of made) {
    const isOne = new Set(all.map(({ path, own }) => [...path, ...own].join(' '))).size === 1;
    if (isOne && all.length === times.get(name)) values.set(name, all[0]!);
  }
  const written = source.find(['function_definition', 'class_definition']);
  const own = new Set(written.map((node) => node.childForFieldName('name')?.text ?? ''));
  return { defined: new Set(times.keys()), values, own };
}

function valueOf(node: Node | null | undefined): Value | undefined {
  const path = node ? pathOf(node) : undefined;
  return path && { path, by: node!.type === 'call' ? 'call' : 'other', own: NOTHING };
}

/** Of what is annotated with a class. */
function instanceOf(type: Node): Value | undefined {
  const words = classNamed(type.text);
  return words && { path: called(words), by: 'other', own: NOTHING };
}

/** A parameter with its type; or the instance that a method of a class in the piece is called for. */
function valueOfParameter(node: Node): Value | undefined {
  const type = node.childForFieldName('type');
  if (type) return instanceOf(type);
  const holder =
    node.type === 'identifier' && node.text === 'self' && enclosing(node, 'class_definition');
  const value = holder ? derived(holder) : undefined;
  return value && { ...value, path: called(value.path) };
}

/** A class that inherits from one other. */
function derived(node: Node): Value | undefined {
  const given = parts(node.childForFieldName('superclasses') ?? node);
  const bases = node.childForFieldName('superclasses')
    ? given.filter(({ type }) => type !== 'keyword_argument')
    : [];
  const path = bases.length === 1 ? pathOf(bases[0]!) : undefined;
  const own = new Set(
    [
      ...node.text.matchAll(
        /\bdef ([A-Za-z_]\w*)|(?:\bself\.|^[ \t]+)([A-Za-z_]\w*)(?=\s*(?::|=(?!=)))/gm,
      ),
    ].map((match) => (match[1] ?? match[2])!),
  );
  return path && { path, by: 'base', own };
}
