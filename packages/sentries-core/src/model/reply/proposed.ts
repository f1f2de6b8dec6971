/** An edit as a reply states it, before anything is known of the files. */
export type ProposedEdit = TextReplacement | FunctionReplacement;

/** One text of a file becomes another. */
export interface TextReplacement {
  readonly kind: 'text';
  /** As the reply names it; undefined where it does not. */
  readonly file: string | undefined;
  readonly find: string;
  readonly replace: string;
}

/** Code whose functions take the place of those of the same name. */
export interface FunctionReplacement {
  readonly kind: 'function';
  readonly file: string | undefined;
  /** `Class.function`, as the reply names it; undefined where the code alone does. */
  readonly name: string | undefined;
  readonly code: string;
}
