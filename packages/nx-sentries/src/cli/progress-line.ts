/** One line on a terminal that tells how far something is, and leaves nothing behind; elsewhere, nothing. */
export class ProgressLine {
  #isShown = false;
  #last = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** At most ten times a second: models send faster than anybody reads. */
  show(text: string): void {
    const now = Date.now();
    if (!this.stream.isTTY || now - this.#last < 100) return;
    this.#last = now;
    this.#isShown = true;
    const width = Math.max(20, (this.stream.columns || 80) - 1);
    this.stream.write(`\r\u001b[K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
  }

  clear(): void {
    if (this.#isShown) this.stream.write('\r\u001b[K');
    this.#isShown = false;
    this.#last = 0;
  }
}
