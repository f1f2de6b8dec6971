/** What goes wrong with a request. */
export type Fault = (
  | {
      /** This is the reply, in the words of GitHub unless others are given. */
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** No reply ever comes. */
  | { readonly hang: true }
  /** The connection ends without a reply. */
  | { readonly cut: true }
  /** A reply that is no JSON, though it says so. */
  | { readonly garbage: true }
) & {
  /** Is the work done first? Otherwise nothing is. */
  readonly after?: boolean;
};

const LIMITS = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

/** What GitHub is known to answer. */
export const FAULTS = {
  badCredentials: { status: 401, message: 'Bad credentials' },
  forbidden: { status: 403, message: 'Resource not accessible by integration' },
  /** A setting of the repository or the organisation. */
  actionsMayNotCreate: {
    status: 403,
    message: 'GitHub Actions is not permitted to create or approve pull requests.',
  },
  notFound: { status: 404, message: 'Not Found' },
  unprocessable: { status: 422, message: 'Validation Failed' },
  serverError: { status: 500, message: 'Server Error' },
  badGateway: { status: 502, message: 'Server Error' },
  hang: { hang: true },
  cut: { cut: true },
  cutAfterwards: { cut: true, after: true },
  badGatewayAfterwards: { status: 502, message: 'Server Error', after: true },
  garbage: { garbage: true },
  tooManyRequests: (seconds: number): Fault => ({
    status: 429,
    message: 'Too many requests',
    headers: { 'retry-after': String(seconds) },
  }),
  /** @param seconds Until the hour is over. */
  rateLimit: (seconds: number): Fault => ({
    status: 403,
    message: 'API rate limit exceeded for user ID 1.',
    headers: {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + seconds),
    },
  }),
  secondaryRateLimit: (seconds: number): Fault => ({
    status: 403,
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    headers: { 'retry-after': String(seconds) },
  }),
} as const satisfies Record<string, Fault | ((seconds: number) => Fault)>;

/** Where GitHub's error points to. */
export const documentation = (message: string): string =>
  /rate limit/i.test(message)
    ? `${LIMITS}#about-${/secondary/i.test(message) ? 'secondary' : 'primary'}-rate-limits`
    : 'https://docs.github.com/rest';

/** Which requests a fault is for. */
export interface Target {
  /** As GitHub names it, `pulls/create`. */
  readonly operation?: string;
  readonly method?: string;
  /** Of the path as GitHub has it, `/repos/team/app/pulls`. */
  readonly path?: RegExp;
}

/** The faults that were asked for, and which is next. */
export class Faults {
  readonly #planned: { target: Target; fault: Fault; wait: number; left: number }[] = [];

  /**
   * @param nth The fault meets the first such request from now on, or the second…
   * @param times And so many.
   */
  plan(target: Target, fault: Fault, nth: number, times: number): void {
    this.#planned.push({ target, fault, wait: nth - 1, left: times });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  next(operation: string | undefined, method: string, path: string): Fault | undefined {
    let found: Fault | undefined;
    for (const planned of this.#planned) {
      const { target } = planned;
      if (target.operation !== undefined && target.operation !== operation) continue;
      if (target.method !== undefined && target.method !== method) continue;
      if (target.path?.test(path) === false) continue;
      if (planned.wait > 0) planned.wait--;
      else if (planned.left > 0 && found === undefined) {
        planned.left--;
        found = planned.fault;
      }
    }
    return found;
  }
}
