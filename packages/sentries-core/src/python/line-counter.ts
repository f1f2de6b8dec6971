/** Tells on which line a place stands: asked for a few places of a text, it need not look at the rest. */
export class LineCounter {
  readonly #hasReturns: boolean;
  /** Where the line begins that was told last, and where the next one does. */
  #begin = 0;
  #end = 0;
  #line = 0;

  constructor(private readonly text: string) {
    this.#hasReturns = text.includes('\r');
  }

  /** The 1-based line of a place. Lines end with `\n`, `\r\n`, or a lone `\r`. */
  lineOf(place: number): number {
    if (place < this.#begin) this.#begin = this.#end = this.#line = 0;
    while (place >= this.#end) {
      this.#begin = this.#end;
      this.#end = this.lineEnd(this.#begin);
      this.#line += 1;
    }
    return this.#line;
  }

  private lineEnd(from: number): number {
    if (!this.#hasReturns) return this.text.indexOf('\n', from) + 1 || Infinity;
    LINE_END.lastIndex = from;
    return LINE_END.test(this.text) ? LINE_END.lastIndex : Infinity;
  }
}

const LINE_END = /\r\n?|\n/g;
