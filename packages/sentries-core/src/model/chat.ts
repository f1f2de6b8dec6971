/** One request to a model. There is no history: all that the model is to know is in it. */
export interface ChatRequest {
  readonly system: string;
  readonly prompt: string;
  /** A JSON Schema for the reply. A wish: servers ignore it at times. */
  readonly schema?: object;
  readonly temperature: number;
  /** The most tokens the reply may have, a model's thinking included. */
  readonly maxTokens: number;
  /** Tokens of system and prompt by our own count; a server that counts far fewer has cut the prompt. */
  readonly promptTokens: number;
}

export interface ChatReply {
  readonly text: string;
  /** As the server counted them; our own count where it does not say. */
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What a person may be shown while a reply is written. Times are in milliseconds since the request was sent. */
export interface ChatProgress {
  /** Pieces that arrived so far, thinking included: a token each, with the servers we know. */
  readonly tokens: number;
  readonly firstTokenAfter: number | null;
  readonly elapsed: number;
}

/** One model, ready to be asked. */
export interface Chat {
  readonly model: string;
  /** Tokens that prompt and reply may have together. */
  readonly contextTokens: number;
  /**
   * @throws ModelError, whatever the server does. A reply that was cut, or whose prompt was cut,
   * is never returned.
   */
  complete(
    request: ChatRequest,
    signal: AbortSignal,
    onProgress?: (progress: ChatProgress) => void,
  ): Promise<ChatReply>;
}
