import {
  ancestry,
  enclosing,
  parts,
  spanOf,
  type Node,
  type PythonSource,
  type Span,
} from '../python/syntax';

/** A small mistake in a source: what stands at `span` is replaced. */
export interface Mutant {
  readonly kind: Kind;
  /** The line of the mistake, from 1. */
  readonly line: number;
  readonly span: Span;
  readonly after: string;
}

/** What a test is most likely to notice comes first. */
const KINDS = [
  'returned value',
  'constant',
  'comparison',
  'arithmetic',
  'and / or',
  'negation',
  'dropped statement',
] as const;
type Kind = (typeof KINDS)[number];

/**
 * Plans single mistakes on some lines of a source. Pure; from the syntax tree alone, so a mistake may turn out to
 * be none (`x * 1` and `x / 1`), or to break everything: who runs them must tell.
 *
 * @param lines Where mistakes may begin, from 1.
 * @returns the likeliest to be noticed first, then in the order of the text.
 */
export function planMutants(source: PythonSource, lines: ReadonlySet<number>): Mutant[] {
  return source
    .find(Object.keys(PLANS))
    .filter((node) => !isAnnotation(node))
    .flatMap((node) => {
      const planned = PLANS[node.type]!(node);
      return planned ? [{ ...planned, line: source.lines.lineOf(planned.span.start) }] : [];
    })
    .filter(({ line }) => lines.has(line))
    .toSorted(
      (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.span.start - b.span.start,
    );
}

type Plan = (node: Node) => Omit<Mutant, 'line'> | undefined;

const EXCHANGED: Readonly<Record<string, string>> = {
  ...{ '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' },
  ...{ is: 'is not', 'is not': 'is', in: 'not in', 'not in': 'in' },
  ...{ '+': '-', '-': '+', '*': '/', '/': '*', '//': '*', '%': '*' },
  ...{ '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '//=': '*=', '%=': '*=' },
  ...{ and: 'or', or: 'and' },
};

const PLANS: Readonly<Record<string, Plan>> = {
  return_statement: (node) => {
    const [value] = parts(node);
    return value && value.type !== 'none' ? replaced('returned value', value, 'None') : undefined;
  },
  comparison_operator: (node) => {
    const operators = node.children.filter((child) => child && !child.isNamed);
    return operators.length === 1 ? exchanged('comparison', operators[0]!) : undefined;
  },
  binary_operator: (node) => (isText(node) ? undefined : exchanged('arithmetic', operatorOf(node))),
  augmented_assignment: (node) =>
    isText(node) ? undefined : exchanged('arithmetic', operatorOf(node)),
  boolean_operator: (node) => exchanged('and / or', operatorOf(node)),
  not_operator: (node) => {
    const operand = node.childForFieldName('argument');
    const span = operand && { start: node.startIndex, end: operand.startIndex };
    return span ? { kind: 'negation', span, after: '' } : undefined;
  },
  integer: (node) => replaced('constant', node, node.text === '0' ? '1' : `(${node.text} + 1)`),
  float: (node) => replaced('constant', node, `(${node.text} + 1)`),
  true: (node) => replaced('constant', node, 'False'),
  false: (node) => replaced('constant', node, 'True'),
  string_start: (node) => {
    const string = node.parent!;
    // A docstring, and a string in a string.
    if (string.parent?.type === 'expression_statement') return undefined;
    if ([...ancestry(string.parent!)].some(({ type }) => type === 'string')) return undefined;
    return { kind: 'constant', span: { start: node.endIndex, end: node.endIndex }, after: '~' };
  },
  expression_statement: (node) => {
    const only = parts(node);
    return only.length === 1 && only[0]!.type === 'call'
      ? replaced('dropped statement', node, 'pass')
      : undefined;
  },
};

const replaced = (kind: Kind, node: Node, after: string): Omit<Mutant, 'line'> => ({
  kind,
  span: spanOf(node),
  after,
});

function exchanged(kind: Kind, operator: Node | null): Omit<Mutant, 'line'> | undefined {
  const after = operator && EXCHANGED[operator.type];
  return after ? replaced(kind, operator, after) : undefined;
}

const operatorOf = (node: Node): Node | null => node.childForFieldName('operator');

/** `%` and `+` mean something else where a side is a literal text or list. */
const isText = (node: Node): boolean =>
  [node.childForFieldName('left'), node.childForFieldName('right')].some(
    (side) => side && /^(string|concatenated_string|list|tuple)$/.test(side.type),
  );

/** A mistake in an annotation changes nothing. */
const isAnnotation = (node: Node): boolean => enclosing(node, 'type') !== undefined;
