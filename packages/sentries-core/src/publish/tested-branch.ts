import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../errors';

type Environment = Readonly<Record<string, string | undefined>>;

/** The branch that was tested, and whether a token given here may write to its repository. */
export interface TestedBranch {
  readonly name: string;
  /** The repository of the fork that a pull request comes from; null for our own branches. */
  readonly fork: string | null;
}

const event = z.object({
  pull_request: z
    .object({
      head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
    })
    .optional(),
});

/**
 * The branch under test: the one asked for, else what GitHub Actions says of the run, else what is checked out.
 * Variables and event: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 *
 * @param checkedOut The name of the branch of HEAD; undefined where HEAD is detached.
 * @throws UsageError where there is none.
 */
export async function testedBranch(
  asked: string | undefined,
  environment: Environment,
  checkedOut: () => Promise<string | undefined>,
): Promise<TestedBranch> {
  const own = (name: string): TestedBranch => ({ name, fork: null });
  if (asked !== undefined) return own(asked);
  const pull = (await eventOf(environment))?.pull_request?.head;
  if (pull) {
    const repository = pull.repo?.full_name ?? 'a repository that is gone';
    const isFork = repository.toLowerCase() !== environment['GITHUB_REPOSITORY']?.toLowerCase();
    return { name: pull.ref, fork: isFork ? repository : null };
  }
  const pushed = environment['GITHUB_REF'];
  if (pushed?.startsWith('refs/heads/')) return own(pushed.slice('refs/heads/'.length));
  const here = await checkedOut();
  if (here !== undefined) return own(here);
  throw new UsageError(
    'no branch is checked out (HEAD is detached), so there is none to publish for',
    'Name the branch that was tested (--branch), or check it out.',
  );
}

async function eventOf(environment: Environment): Promise<z.infer<typeof event> | undefined> {
  const path = environment['GITHUB_EVENT_PATH'];
  if (!path) return undefined;
  try {
    return event.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
