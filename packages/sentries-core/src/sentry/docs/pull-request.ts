import { readFile, stat } from 'node:fs/promises';

/** What the author of a change says of it. Anybody may have written it: it is told to a model as data, and decides nothing. */
export interface PullRequestText {
  readonly title: string;
  readonly body: string;
}

/** Events hold whole repositories' descriptions, but not more. */
const MOST_BYTES = 4_000_000;
const MOST_TITLE = 200;
const MOST_BODY = 1500;

/**
 * The text of the pull request that a job runs for, from the event that GitHub Actions leaves as a file.
 *
 * @returns undefined where there is none, or none that can be read: nothing depends on it.
 */
export async function pullRequestText(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PullRequestText | undefined> {
  const path = environment['GITHUB_EVENT_PATH'];
  if (path === undefined || path === '') return undefined;
  try {
    if ((await stat(path)).size > MOST_BYTES) return undefined;
    return textOf(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Templates hide what they ask for in comments. */
const COMMENT = /<!--[^]*?-->/g;

function textOf(event: unknown): PullRequestText | undefined {
  const pull = fieldOf(event, 'pull_request');
  const [title, body] = [fieldOf(pull, 'title'), fieldOf(pull, 'body')];
  if (typeof title !== 'string') return undefined;
  const words = typeof body === 'string' ? body : '';
  return {
    title: title.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_TITLE),
    body: words.replaceAll('\r\n', '\n').replaceAll(COMMENT, '').trim().slice(0, MOST_BODY),
  };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
