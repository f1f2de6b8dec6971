import { Repository } from '../git/repository';
import { IDENTITIES, type SentryName } from './identity';
import { openPublishing } from './open';
import type { Run } from './runs';
import { publish, type Published } from './publish';
import { testedBranch } from './tested-branch';

type Environment = Readonly<Record<string, string | undefined>>;

export interface PublishOptions {
  /** The branch that was tested; found out where it is left out. */
  readonly branch?: string;
  /** Say what would be done, and do nothing. */
  readonly isDry?: boolean;
}

export interface PublishedRuns {
  readonly published: readonly Published[];
  /** Why nothing is published, where that is no failure. */
  readonly notice: string | null;
}

/**
 * Publishes runs: one pull request for each sentry among them. The same runs may be published again.
 *
 * @param environment Where token, repository and branch may stand.
 * @returns a notice alone for a branch for which nothing can be published: a fork's, say.
 * @throws SentryError
 */
export async function publishRuns(
  workspace: string,
  runs: readonly Run[],
  environment: Environment,
  { branch: asked, isDry = false }: PublishOptions = {},
): Promise<PublishedRuns> {
  if (runs.length === 0) return { published: [], notice: null };
  const here = await Repository.open(workspace);
  const { name: branch, notice } = await testedBranch(asked, environment, () => here.branch());
  if (notice !== null) return { published: [], notice };
  const publishing = await openPublishing(workspace, environment);
  const published: Published[] = [];
  for (const sentry of Object.keys(IDENTITIES) as SentryName[]) {
    const own = runs.filter(({ record }) => record.sentry === sentry);
    if (own.length > 0)
      published.push(await publish({ ...publishing, sentry, runs: own, branch, isDry }));
  }
  return { published, notice: null };
}
