import type { Address } from './address';
import type { ModelApi } from './settings';

/** A model that a server has. What a server does not tell is null. */
export interface ModelInfo {
  readonly name: string;
  readonly digest: string | null;
  readonly bytes: number | null;
  /** The most tokens the model can attend to. */
  readonly contextTokens: number | null;
}

export interface PullProgress {
  /** In the words of the server. */
  readonly status: string;
  readonly completed: number | null;
  readonly total: number | null;
}

/** What is sent, whichever the protocol. */
export interface Ask {
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly schema?: object;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly contextTokens: number;
}

/** What arrives, whichever the protocol. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | {
      readonly kind: 'end';
      /** Did the tokens run out? */
      readonly cut: boolean;
      /** Null where the server does not say. */
      readonly promptTokens: number | null;
      readonly completionTokens: number | null;
    };

/**
 * A model server. Every method ends with the signal, and throws a ModelError, or what `explain`
 * makes one of.
 */
export interface Endpoint {
  readonly api: ModelApi;
  readonly address: Address;
  readonly apiKey: string | undefined;
  /** Does the server always count the prompt? Then a count that is missing tells of something. */
  readonly alwaysCounts: boolean;
  models(signal: AbortSignal): Promise<ModelInfo[]>;
  /** @throws ModelError `missing-model`, with what to do about it. */
  show(model: string, signal: AbortSignal): Promise<ModelInfo>;
  pull(
    model: string,
    signal: AbortSignal,
    onProgress?: (progress: PullProgress) => void,
  ): Promise<void>;
  stream(ask: Ask, signal: AbortSignal): AsyncIterable<Piece>;
  /** The context that the model has been loaded with, where the server tells. */
  loadedContext(model: string, signal: AbortSignal): Promise<number | null>;
}
