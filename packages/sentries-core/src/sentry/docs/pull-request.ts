import { readFile, stat } from 'node:fs/promises';
import { SentryError } from '../../errors';
import { recordings } from '../../model/endpoint/from-settings';
import type { Range } from '../relate';
import type { DocRequest } from '../request';

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
 * The text of the pull request that a change belongs to: from the event that GitHub Actions leaves as a file, else from
 * GitHub, where publishing would find it, too.
 *
 * @returns undefined where there is none, or none that can be read: nothing depends on it.
 */
export async function pullRequestText(
  range: Range,
  request: Pick<DocRequest, 'workspace' | 'environment' | 'log'>,
): Promise<PullRequestText | undefined> {
  const told = await textOfEvent(request.environment);
  if (told) return told;
  try {
    return await textOnGitHub(range, request);
  } catch (error) {
    if (!(error instanceof SentryError)) throw error;
    request.log(
      `[nx-sentries] what the pull request says is not told to the model: ${error.message}\n`,
    );
    return undefined;
  }
}

/** @returns undefined where there is none, or none that can be read. */
export async function textOfEvent(
  environment: DocRequest['environment'],
): Promise<PullRequestText | undefined> {
  const path = environment['GITHUB_EVENT_PATH'];
  if (path === undefined || path === '') return undefined;
  try {
    if ((await stat(path)).size > MOST_BYTES) return undefined;
    return textOf(fieldOf(JSON.parse(await readFile(path, 'utf8')), 'pull_request'));
  } catch {
    return undefined;
  }
}

/** @throws SentryError where GitHub does not say. */
async function textOnGitHub(
  { repository, base, head }: Range,
  { workspace, environment }: Pick<DocRequest, 'workspace' | 'environment'>,
): Promise<PullRequestText | undefined> {
  // Prompts are the keys of recordings, and a replay needs no network.
  const { record, replay } = recordings(environment, workspace);
  if (record !== undefined || replay !== undefined) return undefined;
  const newest = head ?? (await repository.commit('HEAD'));
  // What is not committed yet is in no pull request; that of the commit before it is about something else.
  if (newest === base) return undefined;
  const { pullOfChange } = await import('../../publish/change-pull.js');
  return textOf(await pullOfChange(repository, workspace, newest, environment));
}

/** Templates hide what they ask for in comments. */
const COMMENT = /<!--[^]*?-->/g;

function textOf(pull: unknown): PullRequestText | undefined {
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
