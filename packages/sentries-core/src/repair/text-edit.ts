import type { Operation } from '../patch/operation';
import type { PythonSource, Span } from '../python/syntax';

/** The text at a span becomes another. */
export interface TextEdit {
  readonly span: Span;
  readonly after: string;
}

/** The edits of one file, as operations. */
export function operationsOf(
  file: string,
  { text }: Pick<PythonSource, 'text'>,
  edits: readonly TextEdit[],
): Operation[] {
  return joined(edits).map(({ span, after }) => ({
    file,
    span,
    before: text.slice(span.start, span.end),
    after,
  }));
}

/** Edits that touch become one: where one ends and another begins, their order would be an accident. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const found: TextEdit[] = [];
  const inOrder = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const edit of inOrder) {
    const last = found.at(-1);
    if (last?.span.end !== edit.span.start) {
      found.push(edit);
      continue;
    }
    const span = { start: last.span.start, end: edit.span.end };
    found[found.length - 1] = { span, after: last.after + edit.after };
  }
  return found;
}
