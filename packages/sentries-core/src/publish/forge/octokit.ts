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
  /** A longer reply counts as one that can't be read; any length does where it is left out. */
  readonly mostBytes?: number;
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
  mostBytes = Infinity,
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
      fetch: async (url: string, init: RequestInit) =>
        upTo(mostBytes, await fetch(url, { ...init, signal: AbortSignal.timeout(replyTimeout) })),
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

/** A reply whose body ends with an error where it is longer. */
function upTo(most: number, response: Response): Response {
  if (most === Infinity || !response.body) return response;
  let seen = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      seen += part.byteLength;
      if (seen > most) controller.error(new Error(`more than ${most} bytes`));
      else controller.enqueue(part);
    },
  });
  return new Response(response.body.pipeThrough(counter), response);
}

const quiet = (): void => undefined;
