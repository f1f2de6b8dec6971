import type { Operation } from '../patch/operation';

/** Where an edit of the form stands in a text, and what stood there before it. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly before: string;
}

/**
 * Keeps track of the edits of a file that change its form alone (a new name, another module), so that they can
 * be taken back out of the text: what is left are the new values, which can be tried on an old source that
 * knows none of the new names.
 */
export class FormEdits {
  #marks: readonly Mark[] = [];
  #isMixed = false;

  /**
   * Follows a round of edits.
   *
   * @param operations Of this file, none of which overlap; their spans are of the text before this round.
   * @param isForm Says of an operation whether it changes the form alone.
   */
  follow(operations: readonly Operation[], isForm: (operation: Operation) => boolean): void {
    const inOrder = operations.toSorted((a, b) => a.span.start - b.span.start);
    this.#isMixed ||= inOrder.some(({ span }) =>
      this.#marks.some((mark) => span.start <= mark.end && mark.start <= span.end),
    );
    /** Where what stood at an offset stands after this round. */
    const moved = (offset: number): number =>
      inOrder
        .filter(({ span }) => span.end <= offset)
        .reduce((sum, { span, after }) => sum + after.length - (span.end - span.start), offset);
    const kept = this.#marks.map(({ start, end, before }) => ({
      start: moved(start),
      end: moved(start) + (end - start),
      before,
    }));
    const added = inOrder.filter(isForm).map(({ span, before, after }) => {
      const earlier = inOrder.filter((other) => other.span.start < span.start);
      const start = earlier.reduce(
        (sum, other) => sum + other.after.length - (other.span.end - other.span.start),
        span.start,
      );
      return { start, end: start + after.length, before };
    });
    this.#marks = [...kept, ...added].sort((a, b) => b.start - a.start);
  }

  /** One that is as this one is now, and goes its own way. */
  copy(): FormEdits {
    const copy = new FormEdits();
    copy.#marks = this.#marks;
    copy.#isMixed = this.#isMixed;
    return copy;
  }

  /** The text without these edits; undefined where others stand inside of them, or touch them. */
  without(text: string): string | undefined {
    if (this.#isMixed) return undefined;
    return this.#marks.reduce(
      (made, { start, end, before }) => made.slice(0, start) + before + made.slice(end),
      text,
    );
  }
}
