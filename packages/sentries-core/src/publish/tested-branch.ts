import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../errors';

type Environment = Readonly<Record<string, string | undefined>>;

/** The branch that was tested, and whether anything can be published for it. */
export interface TestedBranch {
  readonly name: string;
  /** Why nothing can be, which is no failure; else null. */
  readonly notice: string | null;
}

const event = z.object({
  pull_request: z
    .object({
      head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
      base: z.object({ repo: z.object({ full_name: z.string() }) }),
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
  const own = (name: string): TestedBranch => ({ name, notice: null });
  if (asked !== undefined) return own(asked);
  const pull = (await eventOf(environment))?.pull_request;
  if (pull) {
    const { head, base } = pull;
    const repository = head.repo?.full_name ?? 'a repository that is gone';
    const isFork = repository.toLowerCase() !== base.repo.full_name.toLowerCase();
    return { name: head.ref, notice: isFork ? fromFork(repository) : null };
  }
  const pushed = environment['GITHUB_REF'];
  if (pushed?.startsWith('refs/heads/')) {
    const name = pushed.slice('refs/heads/'.length);
    return { name, notice: name.startsWith('gh-readonly-queue/') ? FROM_QUEUE : null };
  }
  const here = await checkedOut();
  if (here !== undefined) return own(here);
  throw new UsageError(
    'no branch is checked out (HEAD is detached), so there is none to publish for',
    'Name the branch that was tested (--branch), or check it out.',
  );
}

const fromFork = (repository: string): string =>
  `this is a pull request from ${repository}: its token may only read, so nothing is published. ` +
  'The patches are in the artifacts of the run.';

/** https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#merge_group */
const FROM_QUEUE =
  'this is the branch of a merge queue, on which nobody works, so nothing is published. ' +
  'The patches are in the artifacts of the run.';

async function eventOf(environment: Environment): Promise<z.infer<typeof event> | undefined> {
  const path = environment['GITHUB_EVENT_PATH'];
  if (!path) return undefined;
  try {
    return event.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
