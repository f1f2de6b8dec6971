import MagicString from 'magic-string';
import { PatchError } from '../errors';
import type { Span } from '../python/syntax';

/** An edit as data: in `file` (a path from the workspace root), the text at `span` becomes `after`. */
export interface Operation {
  readonly file: string;
  readonly span: Span;
  /** The text that must stand at `span`: an edit that was planned on another text is never applied. */
  readonly before: string;
  readonly after: string;
}

export function sameOperation(one: Operation, other: Operation): boolean {
  return (
    one.file === other.file &&
    one.span.start === other.span.start &&
    one.span.end === other.span.end &&
    one.after === other.after
  );
}

/** True where two different operations claim the same text. */
export function conflicts(one: Operation, other: Operation): boolean {
  return (
    one.file === other.file &&
    one.span.start < other.span.end &&
    other.span.start < one.span.end &&
    !sameOperation(one, other)
  );
}

/**
 * Applies the operations of one file to its text. The same operation twice counts once.
 *
 * @throws PatchError where the text at a span is not the expected one, or where two spans overlap.
 */
export function applyOperations(text: string, operations: readonly Operation[]): string {
  const edited = new MagicString(text);
  const done: Operation[] = [];
  for (const operation of operations) {
    if (done.some((other) => sameOperation(operation, other))) continue;
    const { file, span, before, after } = operation;
    if (text.slice(span.start, span.end) !== before) {
      throw new PatchError(
        `${file}: expected ${JSON.stringify(before)} at offset ${span.start}, found ` +
          JSON.stringify(text.slice(span.start, span.end)),
        'The file has changed since the edit was planned: run the task again.',
      );
    }
    if (done.some((other) => conflicts(operation, other))) {
      throw new PatchError(
        `${file}: two edits claim the text at offset ${span.start}`,
        'Apply them one after the other.',
      );
    }
    done.push(operation);
    if (span.start === span.end) edited.appendLeft(span.start, after);
    // What was inserted at its ends stays, unlike with `overwrite`.
    else edited.update(span.start, span.end, after);
  }
  return edited.toString();
}
