/** A `try` that goes on. */
interface Attempt {
  readonly column: number;
  readonly from: number;
  /** Where its last handler ended, once `else` or `finally` came. */
  to: number | undefined;
  catches: boolean;
}

/**
 * Follows the `try` statements of a file by their indentation, to tell what stands in the body or a handler of
 * one that gets over a missing module. What stands there is told by its number in the order of the text.
 */
export class Attempts {
  readonly #open: Attempt[] = [];
  /** How many of those that catch begin (or, counted down, end) before each number. */
  readonly #steps = new Map<number, number>();

  /** The column of the innermost `try` that goes on, or -1: what stands deeper is of no matter to it. */
  get column(): number {
    return this.#open.at(-1)?.column ?? -1;
  }

  /** A `try` in a column; the next thing gets the number `next`. */
  begin(column: number, next: number): void {
    this.#open.push({ column, from: next, to: undefined, catches: false });
  }

  /** A line that begins in a column ends all that stand deeper; and in the same one, unless it is a clause. */
  line(column: number, isClause: boolean, next: number): void {
    for (let last = this.#open.at(-1); last; last = this.#open.at(-1)) {
      if (last.column < column || (last.column === column && isClause)) return;
      this.#open.pop();
      if (last.catches) this.#weaken(last.from, last.to ?? next);
    }
  }

  /** The `try` to which a clause in this column belongs catches what counts. */
  catches(column: number): void {
    const last = this.#open.at(-1);
    if (last?.column === column) last.catches = true;
  }

  /** `else` or `finally` in a column. */
  endHandlers(column: number, next: number): void {
    const last = this.#open.at(-1);
    if (last?.column === column) last.to ??= next;
  }

  /** For each number below `count`, whether it is weak; ends what goes on. */
  weak(count: number): boolean[] {
    this.line(-1, false, count);
    let depth = 0;
    return Array.from({ length: count }, (_, at) => {
      depth += this.#steps.get(at) ?? 0;
      return depth > 0;
    });
  }

  #weaken(from: number, to: number): void {
    this.#steps.set(from, (this.#steps.get(from) ?? 0) + 1);
    this.#steps.set(to, (this.#steps.get(to) ?? 0) - 1);
  }
}
