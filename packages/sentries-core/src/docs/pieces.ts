import { PythonSource, type Span } from '../python/syntax';
import { blockKind, codeOf } from './read/blocks';
import { docstringsIn, readDocstring } from './read/docstrings';
import { outermost } from './read/document';
import { Excerpt } from './text/excerpt';
import { readMarkdown } from './text/markdown';
import type { Piece } from './text/piece';
import { readRst } from './text/rst';

/** What of a file of documentation an edit must leave as it is. */
export interface Structure {
  /** Its pieces in their order: what each is, and in what it stands. */
  readonly shape: readonly string[];
  /** The texts of its examples in Python, without prompts and output. */
  readonly examples: readonly string[];
}

/**
 * {@link loadSyntax} and {@link loadRst} must have been awaited.
 *
 * @param without What begins in these spans of the text is left out.
 */
export function structureOf(file: string, text: string, without: readonly Span[] = []): Structure {
  const shape: string[] = [];
  const examples: string[] = [];
  const take = (piece: Piece): void => {
    const at = beginOf(piece);
    if (without.some(({ start, end }) => start <= at && at < end)) return;
    const { part, headings, column } = piece.place;
    const named = 'name' in piece && typeof piece.name === 'string' ? piece.name : '';
    const role = piece.kind === 'role' ? piece.role : '';
    shape.push([piece.kind, part, headings.length, column ?? '', named, role].join(' '));
    if (piece.kind !== 'block' || blockKind(piece.text.text, piece.language) !== 'python') return;
    examples.push(codeOf(piece.text).text);
  };
  if (file.endsWith('.py')) {
    for (const { text: own, path } of docstringsIn(new PythonSource(text))) {
      shape.push(`docstring ${path}`);
      readDocstring(own, outermost(own, 'docstring', null), take);
    }
  } else {
    const [read, format] = /\.(md|markdown|mdx)$/i.test(file)
      ? ([readMarkdown, 'markdown'] as const)
      : ([readRst, 'rst'] as const);
    const whole = Excerpt.whole(text);
    read(whole, outermost(whole, format, null), take);
  }
  return { shape, examples };
}

/** Where a piece begins in its file. */
function beginOf(piece: Piece): number {
  switch (piece.kind) {
    case 'directive':
      return piece.argument.sourceOf(0);
    case 'field':
      return piece.name.sourceOf(0);
    case 'entry':
      return piece.term.sourceOf(0);
    default:
      return piece.text.sourceOf(0);
  }
}
