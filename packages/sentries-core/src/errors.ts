/**
 * The typed errors of the core. Each says what happened and where (`message`) and what to do next
 * (`hint`). Anything else that is thrown is a defect of ours.
 */
export class SentryError extends Error {
  /** What the user can do about it: one sentence, in the imperative. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** The request itself is wrong: an option out of range, a project folder that is not there. */
export class UsageError extends SentryError {}

/** git says no: not a repository, an unknown ref, a history that was cut short. */
export class RepositoryError extends SentryError {}

/** The run itself is broken: no interpreter, no pytest, a crash, a time limit. */
export class EnvironmentError extends SentryError {}

/** A patch or an edit does not fit the files it is meant for. */
export class PatchError extends SentryError {}
