import type { Operation } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import type { DocContext } from '../rules/rule';
import type { StaleReference } from '../stale';
import { EditedPage, type Rewritten } from './edited-page';
import { importAround } from './imports';
import { itemOf } from './item';
import { linesOf, numbers } from './lines';
import { Refused, type OpenPlace } from './open-place';

export type Rewriting = ReadonlyMap<StaleReference, Rewritten>;

/**
 * Whether an edit of a page changes nothing but what the change made stale, whoever wrote it:
 *
 * - It touches only lines that hold one of the places, the other lines of an import that holds one, and items that begin with one.
 * - On a line, a place becomes the name of what the change shows in its place, and all else stays (`line.ts`).
 * - An import may become several, which give the same names and lead to the same things.
 * - An argument, an item of a list, a row, or a parameter's entry may go where the change removed what it is about.
 *
 * Pure; the text of the file is that of `context`.
 *
 * @param operations Whole lines of the file, one operation for each run that differs.
 * @param places All stale references of the page.
 * @returns what it makes of each place that it touches, in the smallest operations.
 */
export function rewritingOf(
  operations: readonly Operation[],
  places: readonly OpenPlace[],
  context: DocContext,
): Rewriting | { readonly refused: string } {
  try {
    return new EditedPage(places, context).read(operations);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

/** The lines that an edit may touch; numbers of lines are from 1. Pure. */
export function openLines(text: string, places: readonly OpenPlace[]): number[] {
  const index = new LineIndex(text);
  const lines = linesOf(index);
  const open = places.flatMap(({ stale: { reference }, successors }) => {
    const statement = importAround(index, reference);
    const item = successors.isGone
      ? itemOf(reference, lines, index.lineStart(reference.line))
      : undefined;
    return [reference.line, ...numbers(statement), ...numbers(item)];
  });
  return [...new Set(open)].sort((one, other) => one - other);
}
