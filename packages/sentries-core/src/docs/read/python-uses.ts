import { importedNames } from '../../change/offers';
import { enclosing, parts, PythonSource, spanOf, type Node, type Span } from '../../python/syntax';
import { isMadeByText, pathOf } from './python-paths';
import { valuesIn, type Value } from './python-values';

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
  /** As they are written, one after the other. */
  readonly words: readonly string[];
  /** Of the words alone. */
  readonly span: Span;
  /**
   * What they are asked of, as words: of `Client(url).get`, `Client()`. Empty where the words begin the expression; null where
   * words can't say it.
   */
  readonly of: readonly string[] | null;
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
  /** The modules of which it imports everything. */
  readonly stars: readonly { readonly name: string; readonly span: Span }[];
  readonly chains: readonly ChainUse[];
  /** Names that the piece gives a meaning itself, other than by imports. */
  readonly defined: ReadonlySet<string>;
  /** What those of them stand for that have one value. */
  readonly values: ReadonlyMap<string, Value>;
  /** Those of functions and classes that it writes itself. */
  readonly own: ReadonlySet<string>;
  /** Some of it is not Python. */
  readonly isFaulty: boolean;
}

export function pythonUses(text: string): PythonUses {
  const source = new PythonSource(text);
  return {
    imports: importsIn(source),
    stars: starsIn(source),
    chains: chainsIn(source),
    ...valuesIn(source),
    isFaulty: source.root.hasError,
  };
}

function starsIn(source: PythonSource): PythonUses['stars'] {
  return source.find('wildcard_import').flatMap(({ parent }) => {
    const module = parent?.childForFieldName('module_name');
    return module && !parent!.hasError ? [{ name: module.text, span: spanOf(module) }] : [];
  });
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
    const chain = chainOf(node);
    if (!chain || isInError(node)) return [];
    const isCallee =
      parent?.type === 'call' && parent.childForFieldName('function')?.id === node.id;
    return [{ ...chain, call: isCallee ? callOf(parent) : null }];
  });
}

/** Undefined for what is asked of a text or a number: it is Python's own. */
function chainOf(node: Node): Omit<ChainUse, 'call'> | undefined {
  const words: string[] = [];
  let at = node;
  let first = node;
  for (; at.type === 'attribute'; at = at.childForFieldName('object')!) {
    first = at.childForFieldName('attribute')!;
    words.unshift(first.text);
  }
  const end = node.endIndex;
  if (at.type === 'identifier')
    return { words: [at.text, ...words], span: { start: at.startIndex, end }, of: [] };
  if (isMadeByText(at)) return undefined;
  return { words, span: { start: first.startIndex, end }, of: pathOf(at) ?? null };
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
