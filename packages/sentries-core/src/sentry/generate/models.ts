import { loadSettings } from '../../config/load';
import type { Settings } from '../../config/settings';
import type { Chat, ChatProgress, ChatReply, ChatRequest } from '../../model/chat';
import { endpointSettings, recordings } from '../../model/endpoint/from-settings';
import { openChat } from '../../model/endpoint/open';
import { ModelError } from '../../model/model-error';
import type { Prompt } from '../../model/prompt/planner';
import type { ModelUsage } from '../repair-loop';
import type { ModelTaskRequest } from '../request';
import type { Stopwatch } from '../stopwatch';
import { Account } from './limits';

/** The two models that it may take to mend something, and what they have cost. */
export class Models {
  readonly #chats = new Map<string, Promise<Chat>>();
  readonly #task: Account;
  #usage: ModelUsage = { calls: 0, promptTokens: 0, completionTokens: 0 };

  private constructor(
    readonly settings: Settings['model'],
    private readonly request: ModelTaskRequest,
    private readonly watch: Stopwatch,
    private readonly signal: AbortSignal,
  ) {
    this.#task = new Account('model.perTask', settings.perTask);
  }

  /**
   * Both models, known to be there.
   *
   * @throws ModelError where they are not; UsageError for settings that are none.
   */
  static async open(
    request: ModelTaskRequest,
    watch: Stopwatch,
    signal: AbortSignal,
  ): Promise<Models> {
    const { settings } = await loadSettings(request.workspace, request.environment);
    const models = new Models(settings.model, request, watch, signal);
    await watch.time(
      'model',
      Promise.all([models.#chat(settings.model.plan), models.#chat(settings.model.patch)]),
    );
    return models;
  }

  get usage(): ModelUsage {
    return this.#usage;
  }

  /** Tokens that a prompt may have, beside a reply of full length. */
  get promptBudget(): number {
    return this.settings.contextTokens - this.settings.replyTokens;
  }

  accountOfFailure(): Account {
    return new Account('model.perFailure', this.settings.perFailure);
  }

  /**
   * Asks the model of a phase, within all limits.
   *
   * @returns the reply; or which limit leaves no room for it, or what went wrong with it.
   * @throws ModelError where asking again is of no use for any failure.
   */
  async ask(
    phase: 'plan' | 'patch',
    prompt: Prompt,
    how: Pick<ChatRequest, 'temperature' | 'schema'>,
    failure: Account,
    subject: string,
  ): Promise<ChatReply | { readonly limit: string } | { readonly failed: ModelError }> {
    const maxTokens = Math.min(
      this.settings.replyTokens,
      this.settings.contextTokens - prompt.tokens,
    );
    const accounts = [failure, this.#task];
    for (const account of accounts) {
      const limit = account.exceededBy(prompt.tokens);
      if (limit !== undefined) return { limit };
    }
    const model = this.settings[phase];
    const chat = await this.#chat(model);
    const scarce = accounts.toSorted((a, b) => a.secondsLeft - b.secondsLeft)[0]!;
    const time = AbortSignal.timeout(Math.min(Math.ceil(scarce.secondsLeft * 1000), MOST_TIMEOUT));
    const started = performance.now();
    let tokens = prompt.tokens;
    const tell = (progress: ChatProgress): void =>
      this.request.progress?.(progressLine(phase, model, subject, progress));
    // The first token may take minutes.
    tell({ tokens: 0, firstTokenAfter: null, elapsed: 0 });
    try {
      const asked = {
        system: prompt.system,
        prompt: prompt.prompt,
        promptTokens: prompt.likelyTokens,
      };
      const reply = await this.watch.time(
        'model',
        chat.complete({ ...asked, ...how, maxTokens }, AbortSignal.any([this.signal, time]), tell),
      );
      tokens = reply.promptTokens + reply.completionTokens;
      this.#count(reply.promptTokens, reply.completionTokens);
      return reply;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.#count(0, 0);
      if (this.signal.aborted) throw error;
      if (time.aborted) return { limit: scarce.outOfTime };
      if (HOPELESS.has(error.kind)) throw error;
      return { failed: error };
    } finally {
      this.request.progress?.('');
      const seconds = (performance.now() - started) / 1000;
      for (const account of accounts) account.spend({ requests: 1, tokens, seconds });
    }
  }

  #count(promptTokens: number, completionTokens: number): void {
    const { calls, ...tokens } = this.#usage;
    this.#usage = {
      calls: calls + 1,
      promptTokens: tokens.promptTokens + promptTokens,
      completionTokens: tokens.completionTokens + completionTokens,
    };
  }

  #chat(model: string): Promise<Chat> {
    const known = this.#chats.get(model);
    if (known) return known;
    const { environment, workspace } = this.request;
    const settings = { ...endpointSettings(this.settings), ...recordings(environment, workspace) };
    const opened = openChat(settings, model, this.signal);
    this.#chats.set(model, opened);
    return opened;
  }
}

/** As long as a timer can be set for. */
const MOST_TIMEOUT = 2 ** 31 - 1;

/** What will be no other for the next failure. */
const HOPELESS: ReadonlySet<ModelError['kind']> = new Set([
  'unreachable',
  'no-model-server',
  'missing-model',
  'denied',
  'out-of-memory',
  'context-too-small',
]);

function progressLine(
  phase: 'plan' | 'patch',
  model: string,
  subject: string,
  { tokens, firstTokenAfter, elapsed }: ChatProgress,
): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const first =
    firstTokenAfter === null
      ? 'waiting for the first token'
      : `${tokens} tokens, the first after ${seconds(firstTokenAfter)}`;
  // What may be cut off comes last.
  return `[nx-sentries] ${phase}: ${first}, ${seconds(elapsed)} (${model}, ${subject})`;
}
