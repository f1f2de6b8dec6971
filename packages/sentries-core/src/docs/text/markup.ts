import { lineSpans, type Excerpt } from './excerpt';

/** A part of a text without the blanks around it. */
export function trimmed(text: Excerpt, start: number, end: number): Excerpt {
  const piece = text.text.slice(start, end);
  const left = piece.length - piece.trimStart().length;
  return text.pick([
    { start: start + left, end: Math.max(start + left, start + piece.trimEnd().length) },
  ]);
}

/** `py:func` is `func`; other languages' domains keep theirs. */
export const localName = (name: string): string => name.toLowerCase().replace(/^py:/, '');

/** What a role's text leads to: `a.b` of `Title <a.b>`, `~a.b` and `!a.b`. */
export function roleTarget(text: Excerpt): Excerpt {
  const titled = /<([^<>]*)>\s*$/.exec(text.text);
  const start = titled ? titled.index + 1 : 0;
  const end = titled ? start + titled[1]!.length : text.text.length;
  const mark = /^[~!]/.test(text.text.slice(start, end)) ? 1 : 0;
  return trimmed(text, start + mark, end);
}

/** The language that a fence names: `python` of `python title="x"` and of `{.python .annotate}`. */
export function languageOf(info: string): string | null {
  return /^\{?\s*\.?([\w+-]+)/.exec(info)?.[1]?.toLowerCase() ?? null;
}

/** The dotted name that a heading is about: of `Client.get(url)`, `client.get` in backquotes and the like. */
export function nameIn(heading: string): string | null {
  const found =
    /^(?:(?:class|function|method|def|async def)\s+)?([`*]*)([A-Za-z_][\w.]*)(\(.*\))?\1$/.exec(
      heading.trim(),
    );
  if (!found) return null;
  const isCode = found[1]!.includes('`') || found[3] !== undefined || found[2]!.includes('.');
  return isCode ? found[2]! : null;
}

/** What stands in a table of contents and is no document: Sphinx makes these pages, and `self` is the page itself. */
const MADE = /^(self|genindex|modindex|py-modindex|search)$/;

/** The documents that a table of contents lists, as they are written: `guide`, and `guide` of `Title <guide>`. */
export function listedDocuments(content: Excerpt): Excerpt[] {
  return lineSpans(content.text).flatMap(({ start, end }) => {
    const entry = roleTarget(trimmed(content, start, end));
    const isDocument = /^[^:\s*][^\s*]*$/.test(entry.text) && !MADE.test(entry.text);
    return isDocument ? [entry] : [];
  });
}
