import { artifactFolder, markdownReport, readRuns, summary, type RunRecord } from 'sentries-core';
import { currentWorkspace } from '../current-settings';

/**
 * The records of the last runs of some projects, or of all.
 *
 * @throws UsageError outside of a workspace, and for a project that has no artifacts.
 * @throws PatchError for artifacts that are damaged.
 */
export async function readReports(projects: readonly string[]): Promise<RunRecord[]> {
  const runs = await readRuns(currentWorkspace(), projects.length > 0 ? projects : undefined);
  return runs.map(({ record }) => record);
}

/** The same for people: whole reports, or a line for each run and where its page is. */
export function reportText(records: readonly RunRecord[], whole: boolean): string {
  if (records.length === 0)
    return 'nothing to report: there are no artifacts. `npx nx affected -t sentry-test sentry-doc` makes them.';
  return records
    .map((record) => (whole ? markdownReport(record).trimEnd() : line(record)))
    .join(whole ? '\n\n' : '\n');
}

const line = (record: RunRecord): string =>
  `${record.sentry} ${record.project}: ${record.result} (${summary(record)})\n` +
  `  ${artifactFolder(record.project, record.sentry)}/report.html`;
