import { parts, PythonSource, spanOf, type Node, type Span } from '../../python/syntax';
import { Excerpt } from '../text/excerpt';

/** A name of an import. */
interface WrittenName {
  /** As its module has it; or a module, of `import acme.money`. What stands for names that are left out (`...`) is one, too. */
  readonly name: string;
  readonly span: Span;
  /** The name that it has from there on, where that is another one. */
  readonly alias: string | null;
  /** What it stands for: `acme.money.convert`. */
  readonly target: string;
}

/** An import of names as it stands in a document. Spans are of that document, in UTF-16 code units. */
export interface WrittenImport {
  /** From its first word to its last name, or to the parenthesis behind that. */
  readonly span: Span;
  /** What stands before it on its line: an indent, quote marks, a prompt, or anything else. */
  readonly lead: string;
  /** Null for `import acme.money`, where the names say it all. */
  readonly module: { readonly name: string; readonly span: Span } | null;
  readonly names: readonly WrittenName[];
  /** Its lines hold nothing else but indents, quote marks and prompts: no other statement, no comment, and no backslash. */
  readonly isAlone: boolean;
  /** It is alone, on one line, and without parentheses. */
  readonly isPlain: boolean;
}

const BEGINS = /(?<![\w.])(?:from[ \t]+[\w.]+[ \t]+import|import)(?=[ \t(])/g;
const MOST_LINES = 40;

/**
 * The imports that begin in a part of a document, whatever kind of document it is. A star is left out, and so is what only looks
 * like an import.
 */
export function importsIn(
  text: string,
  { start, end }: Span = { start: 0, end: text.length },
): WrittenImport[] {
  const found: WrittenImport[] = [];
  const begins = new RegExp(BEGINS);
  begins.lastIndex = start;
  for (let at = begins.exec(text); at && at.index < end; at = begins.exec(text)) {
    const one = importFrom(text, at.index);
    if (!one) continue;
    found.push(one);
    begins.lastIndex = one.span.end;
  }
  return found;
}

/** The import around a place of a document. */
export function importAt(text: string, offset: number): WrittenImport | undefined {
  let start = offset;
  for (let line = 0; line < MOST_LINES && start > 0; line += 1)
    start = text.lastIndexOf('\n', start - 1);
  const before = { start: Math.max(0, start), end: offset + 1 };
  return importsIn(text, before).find(({ span }) => offset < span.end);
}

/** The import that begins at a word. */
function importFrom(text: string, start: number): WrittenImport | undefined {
  const lead = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  // In a comment it is none, but inline code in a heading may be one.
  if (/#[^`]*$/.test(lead)) return undefined;
  const code = linesFrom(text, start, lead.includes('>>>'));
  const filled = code.text.replace(ELISION, (dots) => '_'.repeat(dots.length));
  const statement = new PythonSource(filled).root.namedChild(0);
  if (!statement || !IMPORTS.has(statement.type) || statement.hasError) return undefined;
  const written = statement.text;
  const rest = code.text.slice(statement.endIndex);
  const from =
    statement.childForFieldName('module_name') ??
    statement.children.find((node) => node?.type === '__future__') ??
    null;
  const names = parts(statement).filter(({ id }) => id !== from?.id);
  const isWrapped = written.endsWith(')');
  const isWhole =
    /^[ \t]*(?:[;#].*)?\s*$/.test(rest) &&
    // The grammar takes what Python does not.
    (isWrapped || !written.endsWith(',')) &&
    names.every((name) => name.type !== 'wildcard_import' && !(from && isDotted(name)));
  if (!isWhole) return undefined;
  const module = from && { name: from.text, span: code.spanOf(spanOf(from))! };
  const end = code.sourceOf(statement.endIndex - 1) + 1;
  const isAlone =
    /^[ \t>]*$/.test(lead) &&
    rest.trim() === '' &&
    /^[ \t\r]*(?:\n|$)/.test(text.slice(end)) &&
    statement.descendantsOfType(['comment', 'line_continuation']).length === 0 &&
    filled === code.text;
  return {
    span: { start, end },
    lead,
    module,
    names: names.map((node) => nameOf(node, module?.name, code)),
    isAlone,
    isPlain: isAlone && !isWrapped,
  };
}

const IMPORTS: ReadonlySet<string> = new Set([
  'import_statement',
  'import_from_statement',
  'future_import_statement',
]);

/** What docs write for names that they leave out. */
const ELISION = /(?<=[,(]\s*)(?:\.\.\.|…)/g;

const ownNode = (node: Node): Node => node.childForFieldName('name') ?? node;

const isDotted = (node: Node): boolean => ownNode(node).text.includes('.');

function nameOf(node: Node, module: string | undefined, code: Excerpt): WrittenName {
  const own = ownNode(node);
  const span = spanOf(own);
  const name = code.text.slice(span.start, span.end);
  return {
    name,
    span: code.spanOf(span)!,
    alias: node.childForFieldName('alias')?.text ?? null,
    target: module === undefined ? name : `${module}.${name}`,
  };
}

/** A line, and what stands before its code; inline code ends at its mark. */
const LINE = /([ \t>]*)[^`\n]*\n?/y;
const SESSION_LINE = /([ \t>]*(?:\.\.\.(?: |(?=\r?$)))?)[^`\n]*\n?/my;

/** The code from a place on: its line, and those below as long as a parenthesis is open or a backslash stands at the end. */
function linesFrom(text: string, start: number, isSession: boolean): Excerpt {
  const line = new RegExp(isSession ? SESSION_LINE : LINE);
  const spans: Span[] = [];
  let code = '';
  for (let at = start; at < text.length && spans.length < MOST_LINES;) {
    line.lastIndex = at;
    const [whole, lead] = line.exec(text) as unknown as [string, string];
    const span = { start: at + lead.length, end: at + whole.length };
    spans.push(span);
    code += text.slice(span.start, span.end).replace(/#.*/, '');
    at = span.end;
    const isOpen = (code.includes('(') && !code.includes(')')) || /\\\r?\n$/.test(code);
    if (!isOpen || !whole.endsWith('\n')) break;
  }
  return Excerpt.whole(text).pick(spans);
}
