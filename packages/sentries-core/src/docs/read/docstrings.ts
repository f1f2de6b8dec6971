import { enclosing, parts, qualifiedName, type Node, type PythonSource } from '../../python/syntax';
import { Excerpt, lineSpans } from '../text/excerpt';
import { readMarkdown } from '../text/markdown';
import type { Place, Take } from '../text/piece';
import { readRst } from '../text/rst';

/** A docstring of a module, or of a class or a function that others can reach. */
export interface Docstring {
  /** `Account.close`; empty for the module's own. */
  readonly path: string;
  readonly kind: 'module' | 'class' | 'function';
  /** What stands between the quotes, without the indent of its lines. */
  readonly text: Excerpt;
}

/** The docstrings of a file; those of what is defined inside of functions are left out. */
export function docstringsIn(source: PythonSource): Docstring[] {
  const whole = Excerpt.whole(source.text);
  const found: Docstring[] = [];
  const add = (body: Node, path: string, kind: Docstring['kind']): void => {
    const span = contentOf(parts(body)[0]);
    if (span) found.push({ path, kind, text: whole.dedented(span) });
  };
  add(source.root, '', 'module');
  for (const node of source.find(['class_definition', 'function_definition'])) {
    const body = node.childForFieldName('body');
    if (!body || (node.parent && enclosing(node.parent, 'function_definition'))) continue;
    add(body, qualifiedName(node), node.type === 'class_definition' ? 'class' : 'function');
  }
  return found;
}

/** The text of a statement that is a string alone; one with escapes that end lines is none. */
function contentOf(statement: Node | undefined): { start: number; end: number } | undefined {
  const string = statement?.type === 'expression_statement' ? parts(statement)[0] : undefined;
  if (string?.type !== 'string' || statement!.namedChildCount !== 1) return undefined;
  const [open, close] = [string.firstChild, string.lastChild];
  if (open?.type !== 'string_start' || close?.type !== 'string_end') return undefined;
  if (/[bf]/i.test(open.text)) return undefined;
  return { start: open.endIndex, end: close.startIndex };
}

const FENCE = /^\s*(`{3,})/;

/** Reads the text of a docstring: as Markdown where it has its fences, else as reStructuredText. */
export function readDocstring(text: Excerpt, place: Place, take: Take): void {
  if (text.text.split('\n').some((line) => FENCE.test(line)))
    readMarkdown(flattened(text), place, take);
  else readRst(text, place, take);
}

/**
 * The sections of a docstring without the indent of their bodies, as tools for Markdown read them: to Markdown itself
 * it would be code, or the rest of a paragraph.
 */
function flattened(text: Excerpt): Excerpt {
  let fence: string | undefined;
  let isBelowTitle = false;
  /** How deep the body of the section at hand stands. */
  let depth = 0;
  const lines = lineSpans(text.text).map(({ start, end }) => {
    const line = text.text.slice(start, end);
    const own = line.trim();
    if (own === '') return { start, end };
    const indent = line.length - line.trimStart().length;
    if (isBelowTitle) depth = indent;
    else if (indent === 0 && fence === undefined) depth = 0;
    isBelowTitle = indent === 0 && fence === undefined && /^[A-Z][A-Za-z ]*:$/.test(own);
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : own === fence ? undefined : fence;
    return { start: start + Math.min(indent, depth), end };
  });
  return text.pick(lines);
}
