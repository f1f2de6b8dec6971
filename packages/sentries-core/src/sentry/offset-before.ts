import { sameOperation, type Operation } from '../patch/operation';

/**
 * Where what stands at an offset of an edited text stood before all edits; of what an edit brought, where
 * that edit began.
 *
 * @param rounds The operations of one file, round by round; the spans of each are of the text before it.
 */
export function offsetBefore(rounds: readonly (readonly Operation[])[], offset: number): number {
  return rounds.reduceRight(back, offset);
}

function back(offset: number, round: readonly Operation[]): number {
  const once = round.filter(
    (operation, at) => !round.slice(0, at).some((other) => sameOperation(operation, other)),
  );
  let grown = 0;
  for (const { span, after } of once.toSorted((a, b) => a.span.start - b.span.start)) {
    const start = span.start + grown;
    if (offset < start) break;
    if (offset < start + after.length) return span.start;
    grown += after.length - (span.end - span.start);
  }
  return offset - grown;
}
