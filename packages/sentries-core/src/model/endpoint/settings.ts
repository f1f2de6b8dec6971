/** The two protocols that model servers speak. */
export type ModelApi = 'ollama' | 'openai';

/** Where models are asked, and within which limits. */
export interface EndpointSettings {
  /** `LLM_BASE`: the address of the server, with or without `/v1`. */
  readonly base: string;
  /** `LLM_API`; without it the server is asked. */
  readonly api?: ModelApi;
  /** `LLM_API_KEY`. It is sent to the server and never shown or recorded. */
  readonly apiKey?: string;
  /** Tokens that prompt and reply may have together. */
  readonly contextTokens: number;
  /** In seconds, from the moment a request is sent: waiting for other tasks does not count. */
  readonly timeouts: { readonly firstToken: number; readonly total: number };
  /** `SENTRIES_RECORD`: the file to which requests and replies are added. */
  readonly record?: string;
  /** `SENTRIES_REPLAY`: the file that answers in place of a server. */
  readonly replay?: string;
}
