import type { Octokit } from '@octokit/rest';

/** A repository on GitHub, and what opens it. */
export interface GitHubAccess {
  /** `owner/name`. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly token: string;
  /** Milliseconds to wait for a reply; 30,000. */
  readonly replyTimeout?: number;
  /** Milliseconds that stand for a second of waiting before a further try; 1000. */
  readonly second?: number;
  /** Writes go slowly, as GitHub asks for, and wait where it says so; true. */
  readonly isPaced?: boolean;
}

/** Seconds that we wait at most when GitHub asks for it. */
const PATIENCE = 90;

/** The client of GitHub's API, with its throttling and retries. Loaded late: most runs publish nothing. */
export async function openOctokit({
  apiUrl,
  token,
  replyTimeout = 30_000,
  second = 1000,
  isPaced = true,
}: GitHubAccess): Promise<Octokit> {
  const [{ Octokit }, { throttling }, { retry }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-throttling'),
    import('@octokit/plugin-retry'),
  ]);
  const wait = (after: number, _: object, __: unknown, tries: number): boolean =>
    after <= PATIENCE && tries < 2;
  return new (Octokit.plugin(throttling, retry))({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'nx-sentries',
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(replyTimeout) }),
    },
    throttle: {
      enabled: isPaced,
      onRateLimit: wait,
      onSecondaryRateLimit: wait,
      retryAfterBaseValue: second,
      // The limits of one repository are no matter of another.
      id: `${apiUrl} ${token}`,
    },
    retry: { retryAfterBaseValue: second },
  });
}

const quiet = (): void => undefined;
