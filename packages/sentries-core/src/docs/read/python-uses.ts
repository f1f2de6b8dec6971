import { importedNames } from '../../change/offers';
import { enclosing, parts, PythonSource, spanOf, type Node, type Span } from '../../python/syntax';

/** A name that a piece of Python imports. */
interface ImportUse {
  /** `acme.money`; null for `import acme.money`, where the name says it all. */
  readonly module: { readonly name: string; readonly span: Span } | null;
  /** The imported name, or the module. */
  readonly name: string;
  readonly span: Span;
  /** The name that it has from there on. */
  readonly binding: string;
  /** What the binding stands for. */
  readonly target: string;
}

/** A name with what stands behind its dots. */
export interface ChainUse {
  readonly words: readonly string[];
  readonly span: Span;
  readonly call: {
    readonly extent: Span;
    readonly positional: number;
    readonly keywords: readonly { readonly name: string; readonly span: Span }[];
    readonly isOpen: boolean;
  } | null;
}

/** What a piece of Python uses; spans are offsets in its text. */
export interface PythonUses {
  readonly imports: readonly ImportUse[];
  readonly chains: readonly ChainUse[];
  /** Names that the piece gives a meaning itself, other than by imports. */
  readonly defined: ReadonlySet<string>;
  /** Names that are given a value once, by a call: what is called, as words. */
  readonly instances: ReadonlyMap<string, readonly string[]>;
  /** Some of it is not Python. */
  readonly isFaulty: boolean;
}

export function pythonUses(text: string): PythonUses {
  const source = new PythonSource(text);
  const { defined, instances } = definedIn(source);
  return {
    imports: importsIn(source),
    chains: chainsIn(source),
    defined,
    instances,
    isFaulty: source.root.hasError,
  };
}

function importsIn(source: PythonSource): ImportUse[] {
  return importedNames(source).flatMap(({ binding, node }): ImportUse[] => {
    const statement = enclosing(node, 'import_statement', 'import_from_statement');
    if (!statement || statement.hasError) return [];
    const from = statement.childForFieldName('module_name');
    const written = node.childForFieldName('name') ?? node;
    const module = from && { name: from.text, span: spanOf(from) };
    const target = module ? `${module.name}.${written.text}` : binding.module;
    return [{ module, name: written.text, span: spanOf(written), binding: binding.name, target }];
  });
}

function chainsIn(source: PythonSource): ChainUse[] {
  return source.find(['identifier', 'attribute']).flatMap((node): ChainUse[] => {
    const { parent } = node;
    // Of a chain, the whole counts; and what stands in an import is no use.
    if (/^(attribute|dotted_name|aliased_import)$/.test(parent?.type ?? '')) return [];
    if (parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id)
      return [];
    const words = wordsOf(node);
    if (!words || isInError(node)) return [];
    const isCallee =
      parent?.type === 'call' && parent.childForFieldName('function')?.id === node.id;
    return [{ words, span: spanOf(node), call: isCallee ? callOf(parent) : null }];
  });
}

/** The words of `a.b.c`; undefined where its first part is no name. */
function wordsOf(node: Node): string[] | undefined {
  if (node.type === 'identifier') return [node.text];
  const object = node.type === 'attribute' ? node.childForFieldName('object') : null;
  const words = object ? wordsOf(object) : undefined;
  return words && [...words, node.childForFieldName('attribute')?.text ?? ''];
}

function isInError(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parent) if (at.type === 'ERROR') return true;
  return false;
}

function callOf(call: Node): NonNullable<ChainUse['call']> {
  const list = call.childForFieldName('arguments');
  const given = list?.type === 'argument_list' ? parts(list) : [];
  const keywords = given.filter(({ type }) => type === 'keyword_argument');
  const isOpen =
    list?.hasError === true ||
    list?.type !== 'argument_list' ||
    given.some(({ type }) => /splat|ellipsis/.test(type));
  return {
    extent: spanOf(call),
    positional: given.length - keywords.length,
    keywords: keywords.flatMap((node) => {
      const name = node.childForFieldName('name');
      return name ? [{ name: name.text, span: spanOf(name) }] : [];
    }),
    isOpen,
  };
}

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

function definedIn(source: PythonSource) {
  const times = new Map<string, number>();
  const made = new Map<string, readonly string[]>();
  const define = (node: Node | null): void => {
    if (node?.type === 'identifier') times.set(node.text, (times.get(node.text) ?? 0) + 1);
    else if (node && /pattern|tuple|list|parameter|splat|_target|_statement/.test(node.type))
      for (const child of parts(node)) define(child);
  };
  const remember = (target: Node | null | undefined, value: Node | null | undefined): void => {
    const callee = value?.type === 'call' ? value.childForFieldName('function') : null;
    const words = callee && wordsOf(callee);
    if (target?.type === 'identifier' && words) made.set(target.text, words);
  };
  for (const node of source.find(BINDERS)) {
    if (node.type === 'as_pattern') {
      const target = node.childForFieldName('alias') ?? parts(node).at(-1) ?? null;
      define(target);
      remember(target?.type === 'identifier' ? target : target && parts(target)[0], parts(node)[0]);
      continue;
    }
    const left = node.childForFieldName('left') ?? node.childForFieldName('name');
    define(left ?? node);
    if (node.type === 'assignment') remember(left, node.childForFieldName('right'));
  }
  // What is defined twice is one thing here and another there.
  const instances = new Map([...made].filter(([name]) => times.get(name) === 1));
  return { defined: new Set(times.keys()), instances };
}
