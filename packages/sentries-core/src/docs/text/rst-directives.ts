import type { Span } from '../../python/syntax';
import { localName } from './markup';

/** Directives whose body is code. */
export const CODE =
  /^(code|code-block|sourcecode|parsed-literal|ipython|doctest|testcode|testsetup|testcleanup|prompt)$/;

/** Directives whose body is none of ours: math, raw output, data, and what another tool reads. */
export const OPAQUE =
  /^(math|raw|graphviz|mermaid|csv-table|testoutput|productionlist|digraph|plot|jinja|replace|unicode|role|default-role|highlight|meta)$/;

/** Directives that say what the text below them documents. */
export const OBJECT =
  /^(auto)?(function|method|class|exception|attribute|data|property|decorator|classmethod|staticmethod|coroutinefunction|coroutinemethod|decoratormethod|type)$/;

/** Directives whose argument is no text. */
export const NAMING =
  /^(auto.*|include|literalinclude|image|figure|toctree|module|currentmodule|envvar|option|cmdoption|program|click|list-table|table|contents|only|rubric|index)$/;

/** A directive by its lines: a text that it holds ends where a line is not indented any more. */
export interface DirectiveLines {
  readonly name: string;
  /** What stands on its own line; a signature may go on for several lines. */
  readonly argument: readonly Span[];
  /** There are more signatures than the one. */
  readonly isOneOfSeveral: boolean;
  readonly options: readonly { readonly name: string; readonly value: Span }[];
  /** From its argument on. */
  readonly whole: Span;
  /** Below its options. */
  readonly content: Span;
}

/**
 * Reads a directive by its indent: the grammar ends it at a second line of a signature, and where a directive inside
 * of it ends.
 *
 * @param start Of its two dots.
 */
export function directiveAt(text: string, start: number): DirectiveLines | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const found = /^\.\. +(?:\|[^|\n]+\| +)?([\w:.+-]+)::[ \t]*/.exec(text.slice(start, start + 200));
  if (!found) return undefined;
  const name = localName(found[1]!);
  const first = start + found[0].length;
  const firstEnd = lineEnd(text, first);
  const own: Span[] = [];
  for (let at = firstEnd; at < text.length; at = own.at(-1)!.end) {
    const end = lineEnd(text, at);
    const content = text.slice(at, end);
    if (content.trim() !== '' && indentOf(content) <= start - line) break;
    own.push({ start: at, end });
  }
  const end = own.at(-1)?.end ?? firstEnd;
  const head = trim(text, first, firstEnd);
  const { further, isOneOfSeveral, next } = OBJECT.test(name)
    ? signatureLines(text, head, own)
    : { further: [], isOneOfSeveral: false, next: 0 };
  const { options, below } = optionLines(text, own, next);
  const content = { start: own[below]?.start ?? end, end };
  return {
    name,
    argument: [head, ...further],
    isOneOfSeveral,
    options,
    whole: { start: first, end },
    content,
  };
}

function signatureLines(text: string, head: Span, lines: readonly Span[]) {
  const further: Span[] = [];
  let last = head;
  let isOneOfSeveral = false;
  let next = 0;
  for (; next < lines.length; next += 1) {
    const line = trim(text, lines[next]!.start, lines[next]!.end);
    const content = text.slice(line.start, line.end);
    if (content === '' || /^(:[\w-]+:|\.\. )/.test(content)) break;
    const isOpen = text[last.end] === '\\' || opened(text.slice(head.start, line.start)) > 0;
    if (isOpen && !isOneOfSeveral) further.push(line);
    else isOneOfSeveral = true;
    last = line;
  }
  return { further, isOneOfSeveral, next };
}

function optionLines(text: string, lines: readonly Span[], from: number) {
  const options: { name: string; value: Span }[] = [];
  let below = from;
  for (; below < lines.length; below += 1) {
    const { start, end } = lines[below]!;
    const found = /^\s*:([\w-]+):[ \t]*/.exec(text.slice(start, end));
    const last = options.at(-1);
    if (found) options.push({ name: found[1]!, value: trim(text, start + found[0].length, end) });
    // The value of an option may go on.
    else if (last && text.slice(start, end).trim() !== '')
      last.value = { ...last.value, end: trim(text, start, end).end };
    else break;
  }
  return { options, below };
}

const lineEnd = (text: string, at: number): number => {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
};

const indentOf = (line: string): number => /^[ \t]*/.exec(line)![0].length;

/** Without the blanks around it, and without a backslash that says that the line goes on. */
function trim(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end);
  const left = start + piece.length - piece.trimStart().length;
  return { start: left, end: Math.max(left, start + piece.replace(/\\?\s*$/, '').length) };
}

const opened = (text: string): number => {
  let depth = 0;
  for (const char of text) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
  return depth;
};

/** `Client.get` for `.. method:: get(url)` within the docs of `Client`. */
export function described(
  signature: string,
  outer: string | null,
  directive: string,
): string | null {
  const name = /^(?:(?:async|class|static|abstract) +)*([\w.]+)/.exec(signature)?.[1];
  if (name === undefined) return outer;
  const isMember = /(method|attribute|property)$/.test(directive);
  return isMember && outer !== null && !name.includes('.') ? `${outer}.${name}` : name;
}
