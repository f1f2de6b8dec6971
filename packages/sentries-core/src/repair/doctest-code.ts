import { isPython } from '../python/text';
import { PythonSource } from '../python/syntax';
import type { Operation } from '../patch/operation';
import { isRefusal, type EditableText, type Strategy } from './strategy';

/**
 * The code of all examples of a text, as one Python source with the same lines: prompts and indent are left
 * out, and so is everything that is no code.
 */
class ExampleCode {
  readonly source: PythonSource;
  /** How much of each line is left out before its code; by the line's number less one. */
  readonly #left: readonly number[];

  constructor(private readonly file: EditableText) {
    const { lines } = file;
    const rows = Array.from({ length: lines.lineCount }, (_, at) => {
      const line = lines.line(at + 1);
      const prompt = /^\s*(?:>>>|\.\.\.)(?: |$)/.exec(line)?.[0] ?? line;
      return { left: prompt.length, code: line.slice(prompt.length) };
    });
    this.source = new PythonSource(rows.map(({ code }) => code).join('\n'));
    this.#left = rows.map(({ left }) => left);
  }

  /** An edit of the code as an edit of the text; undefined where it is of more than one line. */
  inFile(operation: Operation): Operation | undefined {
    const { lines } = this.source;
    const { start, end } = operation.span;
    const line = lines.lineOf(start);
    if (lines.lineOf(end) !== line || operation.after.includes('\n')) return undefined;
    const moved = this.file.lines.lineStart(line) + this.#left[line - 1]! - lines.lineStart(line);
    return { ...operation, span: { start: start + moved, end: end + moved } };
  }
}

/** Asks strategies for code about the examples of a text, as if they were the code of a test. */
export const inDoctest = (strategies: readonly Strategy[]): Strategy => ({
  id: 'doctest-code',
  propose(failure, context) {
    const file = failure.doctest?.file;
    const text = file === undefined ? undefined : context.text(file);
    if (file === undefined || !text || isPython(file) || failure.doctest?.got !== null) {
      return undefined;
    }
    const code = new ExampleCode(text);
    const test = (path: string): PythonSource | undefined =>
      path === file ? code.source : context.test(path);
    for (const strategy of strategies) {
      const answer = strategy.propose(failure, { ...context, test });
      if (!answer) continue;
      if (isRefusal(answer)) return answer;
      const operations = answer.operations.map((operation) =>
        operation.file === file ? code.inFile(operation) : operation,
      );
      if (operations.every((operation) => operation !== undefined)) {
        return { ...answer, operations };
      }
      return { refused: 'its edit is of more than one line of an example' };
    }
    return undefined;
  },
});
