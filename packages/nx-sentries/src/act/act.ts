import {
  applyPatches,
  artifactFolder,
  isInActions,
  publishRuns,
  tellActions,
  type Published,
  type Run,
} from 'sentries-core';

/** What was done with the runs of a command; paths go from the workspace root. */
export interface Acted {
  /** The files written. */
  readonly written: readonly string[];
  /** The patches that wait for somebody to take them. */
  readonly waiting: readonly string[];
  readonly published: readonly Published[];
  /** Why nothing was published, where that is no failure. */
  readonly notice: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Does with the patches of some runs what their modes ask for: applies them to the work tree, all of them or none,
 * and publishes them. GitHub Actions is told of the runs whether that succeeds or not.
 *
 * @throws PatchError where a file has changed since.
 * @throws SentryError where publishing fails.
 */
export async function actOn(
  workspace: string,
  runs: readonly Run[],
  environment: Environment,
): Promise<Acted> {
  let acted: Acted | undefined;
  try {
    acted = await act(workspace, runs, environment);
    return acted;
  } finally {
    if (runs.length > 0 && isInActions(environment))
      process.stdout.write(await tellActions(runs, acted?.published ?? [], environment));
  }
}

async function act(
  workspace: string,
  runs: readonly Run[],
  environment: Environment,
): Promise<Acted> {
  const patched = runs.filter(({ patch }) => patch);
  const applied = patched.filter(({ record }) => record.mode === 'apply');
  const waiting = patched
    .filter(({ record }) => record.mode === 'propose')
    .map(({ record }) => `${artifactFolder(record.project, record.sentry)}/changes.patch`);
  const written =
    applied.length > 0
      ? await applyPatches(
          workspace,
          applied.map(({ patch }) => patch!),
        )
      : [];
  const toPublish = runs.filter(({ record }) => record.mode === 'pr');
  const { published, notice } =
    toPublish.length > 0
      ? await publishRuns(workspace, toPublish, environment)
      : { published: [], notice: null };
  return { written, waiting, published, notice };
}
