import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, ChatProgress, ChatReply, ChatRequest } from '../chat';
import { ModelError } from '../model-error';
import type { Ask, Endpoint, Piece } from './endpoint';
import { explain, mayPass, type Circumstances } from './explain';
import { judgeCount } from './prompt-count';
import { inTurn } from './queue';
import type { EndpointSettings } from './settings';
import { cancelled, TimeLimits } from './time-limits';

/** Milliseconds before each further try, where the server does not say how long. */
const PAUSES = [250, 500, 1_000];

type End = Extract<Piece, { kind: 'end' }>;
type Reply = Omit<End, 'kind'> & { readonly text: string; readonly pieces: number };

/** A model of a server: one request at a time, within limits, and only whole replies to whole prompts. */
export class EndpointChat implements Chat {
  readonly contextTokens: number;
  /** Keep requests out of the server's prompt cache, because it does not count what is in there. */
  #avoidCache = false;
  /** Null until it was asked for. */
  #loaded: { readonly context: number } | null = null;

  constructor(
    private readonly endpoint: Endpoint,
    readonly model: string,
    private readonly settings: EndpointSettings,
  ) {
    this.contextTokens = settings.contextTokens;
  }

  async complete(
    request: ChatRequest,
    signal: AbortSignal,
    onProgress?: (progress: ChatProgress) => void,
  ): Promise<ChatReply> {
    this.#refuseWhatCannotFit(request);
    const { address } = this.endpoint;
    try {
      return await inTurn(address.place, signal, async () => {
        const limits = new TimeLimits(this.settings.timeouts, address, this.model, signal);
        try {
          return await this.#whole(request, limits, onProgress);
        } catch (error) {
          if (limits.signal.aborted) throw cancelled(limits.signal);
          throw explain(error, this.#circumstances);
        } finally {
          limits.stop();
        }
      });
    } catch (error) {
      if (signal.aborted) throw cancelled(signal);
      throw error;
    }
  }

  /** Asks once more, past the server's cache, where its count of the prompt leaves a doubt. */
  async #whole(
    request: ChatRequest,
    limits: TimeLimits,
    onProgress?: (progress: ChatProgress) => void,
  ): Promise<ChatReply> {
    for (;;) {
      const reply = await this.#withRetries(request, limits, onProgress);
      const verdict = judgeCount(
        {
          expected: request.promptTokens,
          prompt: reply.promptTokens,
          completion: reply.completionTokens,
          context: await this.#context(limits.signal),
        },
        this.endpoint.alwaysCounts,
      );
      if (verdict === 'doubtful' && !this.#avoidCache) {
        this.#avoidCache = true;
        continue;
      }
      if (verdict !== 'whole') throw this.#promptCut(request, reply);
      if (reply.cut) {
        throw new ModelError(
          'reply-cut',
          `${this.model} did not finish its reply within ${String(request.maxTokens)} tokens.`,
          'Use a model that repeats itself less, or a larger context.',
        );
      }
      return {
        text: reply.text,
        promptTokens: reply.promptTokens ?? request.promptTokens,
        completionTokens: reply.completionTokens ?? reply.pieces,
      };
    }
  }

  async #withRetries(
    request: ChatRequest,
    limits: TimeLimits,
    onProgress?: (progress: ChatProgress) => void,
  ): Promise<Reply> {
    for (let failed = 0; ; failed++) {
      try {
        return await this.#once(request, limits, onProgress);
      } catch (error) {
        if (!mayPass(error) || failed === PAUSES.length) throw error;
        const pause = error.retryAfter ?? PAUSES[failed]!;
        if (pause >= limits.left) {
          throw new ModelError(
            'busy',
            `${this.endpoint.address.shown} asks to wait ${String(Math.ceil(pause / 1000))} s, longer than the request may take.`,
            'Try again later, or raise the total time limit.',
            error,
          );
        }
        limits.pause();
        await sleep(pause, undefined, { signal: limits.signal });
      }
    }
  }

  async #once(
    request: ChatRequest,
    limits: TimeLimits,
    onProgress?: (progress: ChatProgress) => void,
  ): Promise<Reply> {
    const { signal } = limits;
    limits.sent();
    let text = '';
    let pieces = 0;
    let end: End | undefined;
    for await (const piece of this.endpoint.stream(this.#ask(request), signal)) {
      if (piece.kind === 'end') {
        end = piece;
        continue;
      }
      pieces += 1;
      if (piece.kind === 'text') text += piece.text;
      const progress = limits.token();
      onProgress?.(progress);
    }
    limits.pause();
    signal.throwIfAborted();
    return { ...end!, text, pieces };
  }

  #ask(request: ChatRequest): Ask {
    // A cache holds beginnings, so nothing of a prompt that begins like no other is in it.
    const system = this.#avoidCache ? `[${randomUUID()}]\n${request.system}` : request.system;
    const { model, contextTokens } = this;
    return { ...request, system, model, contextTokens };
  }

  /** A server may load a model with less context than was asked for, and tells only afterwards. */
  async #context(signal: AbortSignal): Promise<number> {
    if (this.#loaded === null) {
      const loaded = await this.endpoint.loadedContext(this.model, signal).catch(() => null);
      this.#loaded = { context: Math.min(this.contextTokens, loaded ?? Infinity) };
    }
    return this.#loaded.context;
  }

  #refuseWhatCannotFit({ promptTokens, maxTokens }: ChatRequest): void {
    if (promptTokens + maxTokens <= this.contextTokens) return;
    throw new ModelError(
      'context-too-small',
      `A prompt of ${String(promptTokens)} tokens and a reply of up to ${String(maxTokens)} do not fit into the context of ${String(this.contextTokens)} for ${this.model}.`,
      'Raise the context, if the model and the memory allow it.',
    );
  }

  #promptCut(request: ChatRequest, reply: Reply): ModelError {
    const { shown } = this.endpoint.address;
    if (reply.promptTokens === null) {
      return new ModelError(
        'prompt-cut',
        `${shown} does not say how much of the prompt it read, so a reply of ${this.model} can't be trusted.`,
        'Update the model server.',
      );
    }
    const context = this.#loaded!.context;
    return new ModelError(
      'prompt-cut',
      `${shown} read ${String(reply.promptTokens)} tokens of a prompt of some ${String(request.promptTokens)} and cut the rest; its context for ${this.model} is ${context < this.contextTokens ? String(context) : 'smaller than it says'}.`,
      'Start the server with a larger context, or set a smaller context for the sentries.',
    );
  }

  get #circumstances(): Circumstances {
    const { address, api, apiKey } = this.endpoint;
    return { address, api, apiKey, model: this.model };
  }
}
