import { SentryError } from '../../errors';

/**
 * Why a server of pull requests did not do what it was asked for:
 * - `token`: there is none, or it is not taken;
 * - `rights`: the token may not do this;
 * - `missing`: there is no such repository, or the token does not see it;
 * - `conflict`: things are not as they were when they were looked at: look again;
 * - `limit`: too many requests, and waiting would take too long;
 * - `unreachable`: no answer, or none that can be read.
 */
export type ForgeErrorKind = 'token' | 'rights' | 'missing' | 'conflict' | 'limit' | 'unreachable';

export class ForgeError extends SentryError {
  constructor(
    readonly kind: ForgeErrorKind,
    message: string,
    hint: string,
    cause?: unknown,
  ) {
    super(message, hint, cause);
  }
}
