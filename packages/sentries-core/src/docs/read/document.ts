import { PythonSource } from '../../python/syntax';
import { LineIndex } from '../../python/text';
import type { Reference } from '../reference';
import { Excerpt } from '../text/excerpt';
import { readMarkdown } from '../text/markdown';
import type { Place } from '../text/piece';
import { readRst } from '../text/rst';
import { docstringsIn, readDocstring } from './docstrings';
import { Page } from './page';
import { readSections } from './sections';
import { ReferenceSink } from './sink';

/**
 * The references in a file of documentation: Markdown, reStructuredText, or the docstrings of Python. It takes any
 * text. {@link loadSyntax} and {@link loadRst} must have been awaited.
 *
 * @param content The text; of Python, the source where it is parsed already.
 * @param module Of a Python file, its dotted name.
 */
export function referencesIn(
  file: string,
  content: string | PythonSource,
  module: string | null = null,
): Reference[] {
  const text = typeof content === 'string' ? content : content.text;
  const sink = new ReferenceSink(file, new LineIndex(text));
  if (typeof content !== 'string' || file.endsWith('.py')) {
    const source = typeof content === 'string' ? new PythonSource(text) : content;
    readDocstrings(source, module, sink);
  } else {
    const page = new Page(sink);
    const document = Excerpt.whole(text);
    const read = /\.(md|markdown|mdx)$/i.test(file) ? readMarkdown : readRst;
    const format = read === readMarkdown ? 'markdown' : 'rst';
    read(document, outermost(document, format, module), (piece) => page.take(piece));
  }
  return sink.references.sort((one, other) => one.span.start - other.span.start);
}

function readDocstrings(source: PythonSource, module: string | null, sink: ReferenceSink): void {
  for (const { path, text } of docstringsIn(source)) {
    const describes = [module, path].filter(Boolean).join('.') || null;
    const place: Place = { ...outermost(text, 'docstring', module), describes };
    if (describes !== null && path !== '') readSections(text, place, sink);
    // Most docstrings are plain words.
    if (!/[`]|>>> |::|^\s*:\w/m.test(text.text)) continue;
    const page = new Page(sink);
    readDocstring(text, place, (piece) => page.take(piece));
  }
}

/** The place of what stands in nothing else. */
export function outermost(passage: Excerpt, format: Place['format'], module: string | null): Place {
  return {
    ...{ format, module, passage, part: 'prose', headings: [] },
    column: null,
    describes: null,
    directive: null,
    isPast: false,
    isHistory: false,
  };
}
