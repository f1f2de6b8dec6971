import { parts, PythonSource, spanOf, type Node, type Span } from '../../python/syntax';
import { Excerpt } from '../text/excerpt';

/** A name of an import. */
interface WrittenName {
  /** As its module has it; or a module, of `import acme.money`. */
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
  /** Its lines hold nothing else but indents, quote marks and prompts: no other statement, and no comment. */
  readonly isAlone: boolean;
  /** It is alone, on one line, and without parentheses. */
  readonly isPlain: boolean;
}

const BEGINS = /(?<![\w.])(?:from[ \t]+[\w.]+[ \t]+import|import)(?=[ \t(])/g;
const MOST_LINES = 40;

/**
 * The imports that begin in a part of a document, whatever kind of document it is. What goes on behind a backslash, and a star, are left
 * out, and so is what only looks like an import.
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
  const code = linesFrom(text, start);
  const statement = new PythonSource(code.text).root.namedChild(0);
  if (!statement || !IMPORTS.has(statement.type) || statement.hasError) return undefined;
  const written = statement.text;
  const rest = code.text.slice(statement.endIndex);
  const from = statement.childForFieldName('module_name');
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
    statement.descendantsOfType('comment').length === 0;
  return {
    span: { start, end },
    lead,
    module,
    names: names.map((node) => nameOf(node, module?.name, code)),
    isAlone,
    isPlain: isAlone && !isWrapped,
  };
}

const IMPORTS: ReadonlySet<string> = new Set(['import_statement', 'import_from_statement']);

const ownNode = (node: Node): Node => node.childForFieldName('name') ?? node;

const isDotted = (node: Node): boolean => ownNode(node).text.includes('.');

function nameOf(node: Node, module: string | undefined, code: Excerpt): WrittenName {
  const own = ownNode(node);
  const name = own.text;
  return {
    name,
    span: code.spanOf(spanOf(own))!,
    alias: node.childForFieldName('alias')?.text ?? null,
    target: module === undefined ? name : `${module}.${name}`,
  };
}

/** A line without what stands before its code; inline code ends at its mark. */
const LINE = /([ \t>]*(?:\.\.\.(?: |(?=\r?$)))?)[^`\n]*\n?/my;

/** The code from a place on: its line, and those below as long as a parenthesis is open. */
function linesFrom(text: string, start: number): Excerpt {
  const spans: Span[] = [];
  let code = '';
  for (let at = start; at < text.length && spans.length < MOST_LINES;) {
    const line = new RegExp(LINE);
    line.lastIndex = at;
    const [whole, lead] = line.exec(text) as unknown as [string, string];
    const span = { start: at + lead.length, end: at + whole.length };
    spans.push(span);
    code += text.slice(span.start, span.end).replace(/#.*/, '');
    at = span.end;
    const isOpen = code.includes('(') && !code.includes(')');
    if (!isOpen || !whole.endsWith('\n')) break;
  }
  return Excerpt.whole(text).pick(spans);
}
