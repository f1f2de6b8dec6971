/** What GitHub says where it doesn't do what it was asked. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: readonly FieldError[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export interface FieldError {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
}

export const invalid = (...errors: FieldError[]): ApiError =>
  new ApiError(422, 'Validation Failed', errors);

export const notFound = (message = 'Not Found'): ApiError => new ApiError(404, message);

/** The length that GitHub allows for a body of a pull request or a comment, in characters. */
const MAX_BODY = 65_536;
const MAX_TITLE = 256;

/** @throws ApiError 422 in GitHub's words where it is too long. */
export function checkTexts(texts: { title?: unknown; body?: unknown }): void {
  for (const [field, most] of [
    ['title', MAX_TITLE],
    ['body', MAX_BODY],
  ] as const) {
    const text = texts[field];
    if (typeof text === 'string' && length(text) > most)
      throw invalid({
        resource: 'Issue',
        code: 'custom',
        field,
        message: `${field} is too long (maximum is ${most} characters)`,
      });
  }
}

/** @throws ApiError 422 in GitHub's words, which are others than for the body of a pull request. */
export function checkComment(body: string): void {
  if (length(body) > MAX_BODY)
    throw invalid({
      resource: 'IssueComment',
      code: 'unprocessable',
      field: 'data',
      message: `Body is too long (maximum is ${MAX_BODY} characters)`,
    });
}

/** By code points. */
const length = (text: string): number => [...text].length;
