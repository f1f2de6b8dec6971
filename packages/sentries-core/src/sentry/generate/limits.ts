/** What asking models may cost, and costs: requests, tokens of prompts and replies, seconds of waiting. */
export interface Cost {
  readonly requests: number;
  readonly tokens: number;
  readonly seconds: number;
}

/** Keeps count of what a failure or a task has cost, within its limits. */
export class Account {
  #spent: Cost = { requests: 0, tokens: 0, seconds: 0 };

  /** @param setting The setting that the limits come from: `model.perFailure`. */
  constructor(
    private readonly setting: string,
    private readonly limits: Cost,
  ) {}

  spend(cost: Cost): void {
    const { requests, tokens, seconds } = this.#spent;
    this.#spent = {
      requests: requests + cost.requests,
      tokens: tokens + cost.tokens,
      seconds: seconds + cost.seconds,
    };
  }

  /** Names the limit that one more request of so many tokens would break; undefined where there is room. */
  exceededBy(tokens: number): string | undefined {
    const { limits } = this;
    if (this.#spent.requests + 1 > limits.requests) return this.#named('requests');
    if (this.#spent.tokens + tokens > limits.tokens) return this.#named('tokens');
    return this.secondsLeft <= 0 ? this.#named('seconds') : undefined;
  }

  get secondsLeft(): number {
    return this.limits.seconds - this.#spent.seconds;
  }

  /** Why a request ended before its time. */
  get outOfTime(): string {
    return this.#named('seconds');
  }

  #named(what: keyof Cost): string {
    return `the limit ${this.setting}.${what} of ${this.limits[what]} is reached`;
  }
}
