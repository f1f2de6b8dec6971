import { type LineIndex } from '../../python/text';
import type { Span } from '../../python/syntax';

/** Lines of a document, from 1, the last one included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** All lines of a text, without their ends. */
export const linesOf = (index: LineIndex): string[] =>
  Array.from({ length: index.lineCount }, (_, at) => index.line(at + 1));

export const numbers = (lines: Lines | undefined): number[] =>
  lines ? Array.from({ length: lines.last - lines.first + 1 }, (_, at) => lines.first + at) : [];

/** The lines of a text, each with its end. */
export const withEnds = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export const lineCount = (text: string): number => withEnds(text).length;

/** The end of the last line. */
export const endOf = (text: string): string => /(?:\r?\n)?$/.exec(text)![0];

/** What is put in at an end of a span touches it, too. */
export const touches = ({ start, end }: Span, span: Span): boolean =>
  start === end ? span.start <= start && start <= span.end : start < span.end && span.start < end;
