import { SentryError } from '../errors';

export type ModelErrorKind =
  /** Nothing answers there. */
  | 'unreachable'
  /** Something answers, but it is no model server. */
  | 'no-model-server'
  | 'missing-model'
  /** The key is missing or refused. */
  | 'denied'
  /** 429 or 503, after the tries we allow. */
  | 'busy'
  | 'server-error'
  | 'out-of-memory'
  /** The context of the model, or of the server, does not hold what is asked for. */
  | 'context-too-small'
  | 'first-token-timeout'
  | 'total-timeout'
  /** The server read only a part of the prompt, or does not say how much it read. */
  | 'prompt-cut'
  /** The reply ended because the tokens ran out. */
  | 'reply-cut'
  /** More bytes arrived than the reply can need. */
  | 'reply-too-long'
  | 'connection-lost'
  /** The server speaks, but not the protocol. */
  | 'bad-protocol'
  | 'cancelled'
  | 'not-recorded';

/** No usable reply of a model: what happened and where (`message`), and what to do next (`hint`). */
export class ModelError extends SentryError {
  readonly kind: ModelErrorKind;

  constructor(kind: ModelErrorKind, message: string, hint: string, cause?: unknown) {
    super(message, hint, cause);
    this.kind = kind;
  }
}
