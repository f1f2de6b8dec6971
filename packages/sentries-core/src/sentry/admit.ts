import { guard, type EditedFile, type Patch, type Policy } from '../guard/guard';

/** What the guard let in, as one patch, and why it did not let in the rest. */
export interface Admission<T> {
  /** Undefined where nothing was let in. */
  readonly patch: Patch | undefined;
  readonly refused: ReadonlyMap<T, string>;
}

/**
 * Lets in what the guard allows: all at once where it can be, else one after the other, so that one that may not
 * be written does not keep out the rest.
 *
 * @param editedBy The files as some of them would leave them.
 */
export function admit<T>(
  planned: readonly T[],
  editedBy: (some: readonly T[]) => readonly EditedFile[],
  policy: Policy,
): Admission<T> {
  const refused = new Map<T, string>();
  if (planned.length === 0) return { patch: undefined, refused };
  const whole = guard(editedBy(planned), policy);
  if (!('refused' in whole)) return { patch: whole, refused };
  let patch: Patch | undefined;
  const taken: T[] = [];
  for (const next of planned) {
    const guarded = guard(editedBy([...taken, next]), policy);
    if ('refused' in guarded) {
      refused.set(next, guarded.refused);
      continue;
    }
    patch = guarded;
    taken.push(next);
  }
  return { patch, refused };
}
