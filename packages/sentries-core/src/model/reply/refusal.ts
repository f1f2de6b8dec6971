/** Why a reply is not used. */
export type RefusalKind =
  /** Nothing in the reply reads as an edit, or as a plan. */
  | 'nothing-found'
  /** The reply ends inside of a thought, an object, a block or a function. */
  | 'unfinished'
  /** A diff: those of models rarely fit, and are never read. */
  | 'diff'
  /** The file is not among those that may be edited, or it is not clear which one is meant. */
  | 'file'
  /** The text to be replaced says too little or too much: empty, punctuation, the whole file. */
  | 'unfit-find'
  /** More than any repair needs. */
  | 'too-long'
  | 'not-found'
  | 'ambiguous'
  | 'elided'
  | 'unchanged'
  | 'overlap'
  /** The edit can't be brought to the indentation of its place without a guess. */
  | 'indentation'
  | 'not-python';

/** A reply that is not used; `refused` is said to the model, so it tells what to do better. */
export interface Refusal {
  readonly refused: string;
  readonly kind: RefusalKind;
}

/** Thrown inside of this room, from wherever the reason is found; its public functions return a {@link Refusal}. */
export class Refused extends Error {
  constructor(
    readonly kind: RefusalKind,
    message: string,
  ) {
    super(message);
  }
}

/** What `read` gives, or the refusal that it threw. */
export function orRefusal<T>(read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message, kind: error.kind };
    throw error;
  }
}
