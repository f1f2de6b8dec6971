import { lstat, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { PatchError, UsageError } from '../errors';
import { readPatch, type PatchSection } from '../patch/unified-diff';
import { artifactFolder, readArtifacts } from '../report/artifacts';
import type { RunRecord } from '../report/run-record';
import { doubtful } from './doubts';
import { notGiven } from './given-texts';
import { SENTRIES } from './identity';

/** What the artifacts of one task say, checked. */
export interface Run {
  readonly record: RunRecord;
  /** The patch as it is in the artifacts; null where there is none. */
  readonly patch: Buffer | null;
  readonly sections: readonly PatchSection[];
}

/** More than any artifacts of ours have; what comes from elsewhere is not read into memory whatever its size. */
const MOST_BYTES = { 'run.json': 64 << 20, 'changes.patch': 16 << 20 } as const;
const MOST_FOLDERS = 20_000;

/**
 * Reads the artifacts of all tasks, or of those of some projects, by the projects' names.
 *
 * They may come from a job that ran code of somebody else: so nothing in them is taken on trust that can be
 * checked without running anything.
 *
 * @throws PatchError where they are damaged, or where a patch is not what its record says.
 * @throws UsageError for a project that has none.
 */
export async function readRuns(workspace: string, projects?: readonly string[]): Promise<Run[]> {
  const found = await findRuns(join(workspace, '.sentries'));
  for (const name of projects ?? []) {
    if (found.some(({ project }) => project === name)) continue;
    const known = [...new Set(found.map(({ project }) => project))];
    throw new UsageError(
      `there are no artifacts of a project "${name}"`,
      known.length > 0
        ? `There are some of ${known.join(', ')}. Run the task of ${name} first.`
        : `Run a task of it first: npx nx sentry-test ${name}, or npx nx sentry-doc ${name}.`,
    );
  }
  const runs: Run[] = [];
  for (const { project, sentry } of found) {
    if (projects && !projects.includes(project)) continue;
    const run = await readRun(workspace, project, sentry);
    if (run) runs.push(run);
  }
  return runs;
}

/** Whose artifacts some are, by the folder that they are in. */
interface Found {
  readonly project: string;
  readonly sentry: RunRecord['sentry'];
}

/** Finds all folders of artifacts, without following any link. In the order of the projects' names. */
async function findRuns(top: string): Promise<Found[]> {
  const found: Found[] = [];
  const folders: string[][] = [[]];
  for (const parts of folders) {
    if (folders.length > MOST_FOLDERS)
      throw new PatchError('.sentries has too many folders', 'Remove it, and run the tasks again.');
    if (parts.length === 0 && !(await isFolder(top))) break;
    for (const entry of await readdir(join(top, ...parts), { withFileTypes: true })) {
      const sentry = SENTRIES.find((name) => name === entry.name);
      if (!entry.isDirectory() || (parts.length === 0 && entry.name === '.cache')) continue;
      const folder = join(top, ...parts, entry.name);
      if (parts.length > 0 && sentry && (await lstat(join(folder, 'run.json')).catch(() => null)))
        found.push({ project: parts.join('/'), sentry });
      else folders.push([...parts, entry.name]);
    }
  }
  return found.sort((a, b) => (a.project < b.project ? -1 : 1));
}

const isFolder = (path: string): Promise<boolean> =>
  lstat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );

/**
 * Reads the artifacts of one task; undefined where there are none.
 *
 * @throws PatchError where they are damaged, or where the patch is not what the record says.
 */
export async function readRun(
  workspace: string,
  project: string,
  sentry: RunRecord['sentry'],
): Promise<Run | undefined> {
  const refused = (reason: string): PatchError =>
    new PatchError(`the artifacts of ${project} are refused: ${reason}`, 'Run the task again.');
  const path = artifactFolder(project, sentry);
  const folder = join(workspace, path);
  for (let at = path; at !== '.'; at = posix.dirname(at)) {
    const status = await lstat(join(workspace, at)).catch(() => undefined);
    if (status && !status.isDirectory()) throw refused(`${at} is not a folder`);
  }
  for (const [name, most] of Object.entries(MOST_BYTES)) {
    const status = await lstat(join(folder, name)).catch(() => undefined);
    if (status && !status.isFile()) throw refused(`${name} is not a regular file`);
    if (status && status.size > most) throw refused(`${name} is too large`);
  }
  const artifacts = await readArtifacts(folder);
  if (!artifacts) return undefined;
  const { record, patch } = artifacts;
  if (record.project !== project) throw refused(`they belong to ${record.project}`);
  if (record.sentry !== sentry) throw refused(`they are of ${record.sentry}`);
  const run = runOf(record, patch);
  const stray = await notGiven(workspace, record, run.sections);
  if (stray !== undefined) throw refused(`sentries.config.json gives ${project} no ${stray}`);
  return run;
}

/**
 * A record and its patch, checked against each other.
 *
 * @throws PatchError where they do not belong together, or where a patch may not be written at all.
 */
export function runOf(record: RunRecord, patch: Buffer | null): Run {
  const sections = patch ? readPatch(patch) : [];
  const doubt = sections ? doubtful(record, sections) : 'the patch is damaged';
  if (sections && doubt === undefined) return { record, patch, sections };
  throw new PatchError(
    `the artifacts of ${record.project} are refused: ${doubt}`,
    'Run the task again.',
  );
}
