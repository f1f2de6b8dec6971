import { ForgeError } from './forge-error';

/** What octokit throws: a status (500 where there was no reply), and what the server said. */
interface RequestError extends Error {
  readonly status: number;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
}

/**
 * An error of the client in our terms. Only the server's message is taken over: a request has the token in it.
 *
 * Statuses and messages: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function forgeErrorOf(error: unknown, repository: string): ForgeError {
  if (!isRequestError(error)) return unreadable(repository, error);
  const { status, response } = error;
  const said = messageOf(response?.data);
  const answer = `GitHub answered ${status}${said && ` (${said})`} for ${repository}`;
  if (!response) {
    return new ForgeError(
      'unreachable',
      `the API of GitHub can't be reached for ${repository}`,
      'Check the network and GITHUB_API_URL, and publish again: nothing is done twice.',
    );
  }
  if (status === 429 || (status === 403 && /rate limit/i.test(said))) {
    const after = response.headers?.['retry-after'];
    return new ForgeError(
      'limit',
      `${answer}: too many requests`,
      `Publish again ${after === undefined ? 'later' : `in ${after} seconds`}: nothing is done twice.`,
    );
  }
  if (status === 401) {
    return new ForgeError(
      'token',
      `${answer}: the token is not taken`,
      'Set GITHUB_TOKEN to a token that has not expired.',
    );
  }
  if (status === 403) {
    return new ForgeError(
      'rights',
      `${answer}: the token may not do this`,
      'Give it `contents: write` and `pull-requests: write`. For a pull request from a fork GitHub gives read-only ' +
        'tokens: take the patch from the artifacts there.',
    );
  }
  if (status === 404) {
    return new ForgeError(
      'missing',
      answer,
      'Check GITHUB_REPOSITORY, GITHUB_API_URL, and that the token may see the repository.',
    );
  }
  if (status === 422 || status === 409) {
    return new ForgeError(
      'conflict',
      `${answer}: it is not as it was`,
      'Publish again: it looks anew.',
    );
  }
  return new ForgeError(
    'unreachable',
    answer,
    'Publish again when GitHub is well: nothing is done twice.',
  );
}

/** A reply that is none of GitHub's. */
export function unreadable(repository: string, cause: unknown): ForgeError {
  return new ForgeError(
    'unreachable',
    `the API of GitHub gave a reply for ${repository} that can't be read`,
    'Check GITHUB_API_URL: for GitHub Enterprise it ends with /api/v3.',
    cause,
  );
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && typeof (error as Partial<RequestError>).status === 'number';
}

/** What the server says, with the details of a refused field, on one line. */
function messageOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors)
    ? errors.map((one: unknown) =>
        typeof one === 'object' && one !== null && 'message' in one ? String(one.message) : '',
      )
    : [];
  return [message, ...details]
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .join('; ')
    .replace(/\s+/g, ' ')
    .slice(0, 300);
}
