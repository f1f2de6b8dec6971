import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lockUser, sliceOf } from '../../graph/lockfile/slices';
import { LOCKFILES, readLockfile } from '../../graph/lockfile/lockfile';
import { lockfileOf } from '../../graph/projects/projects';
import { pytestFilesAbove } from '../../graph/projects/targets';
import type { Change } from './change';
import type { Cause, Hop } from './why';
import type { OpenWorkspace } from './workspace';

/**
 * What of a change affects a project.
 *
 * @param ways From the project to all that it depends on; {@link waysFrom}.
 */
export async function causesOf(
  change: Change,
  workspace: OpenWorkspace,
  ways: ReadonlyMap<string, readonly string[]>,
  hops: (way: readonly string[]) => readonly Hop[],
): Promise<Cause[]> {
  const { nodes } = workspace.graph;
  const [project] = ways.keys();
  const { root } = nodes[project!]!.data;
  const byProject = groupByProject(change.files, workspace);
  const ownAndUpstream = [...ways].flatMap(([name, way]): Cause[] => {
    const files = byProject.get(name);
    return files ? [{ kind: 'files', project: name, files, path: hops(way) }] : [];
  });
  const shared = pytestFilesAbove(root)
    .filter((file) => change.files.includes(file))
    .map((file): Cause => ({ kind: 'shared file', file }));
  return [...ownAndUpstream, ...shared, ...(await packagesCauses(change, workspace, ways.keys()))];
}

/** The changed files of each project: of the innermost one around them. */
function groupByProject(files: readonly string[], { graph }: OpenWorkspace): Map<string, string[]> {
  const owners = new Map(Object.entries(graph.nodes).map(([name, { data }]) => [data.root, name]));
  const found = new Map<string, string[]>();
  for (const file of files) {
    let folder = dirname(file);
    while (folder !== '.' && !owners.has(folder)) folder = dirname(folder);
    const owner = owners.get(folder);
    if (owner !== undefined) found.set(owner, [...(found.get(owner) ?? []), file]);
  }
  return found;
}

/** For each shared lockfile of the project and of what it depends on: the packages used whose entry changed. */
async function packagesCauses(
  change: Change,
  { root: workspace, graph }: OpenWorkspace,
  projects: Iterable<string>,
): Promise<Cause[]> {
  const users = new Map<string, string[]>();
  for (const project of projects) {
    const { root } = graph.nodes[project]!.data;
    const file = lockfileOf(root, locksAround(root, workspace, change));
    // A lockfile of its own is one of its files.
    if (file === undefined || dirname(file) === root || !change.files.includes(file)) continue;
    users.set(file, [...(users.get(file) ?? []), root]);
  }
  const causes = [...users].map(async ([file, roots]): Promise<Cause> => {
    const [before, after] = await bothSides(change, file);
    const entries = (text: string | null): Entries => entriesOf(text, file, workspace, roots);
    return { kind: 'packages', file, packages: differences(entries(before), entries(after)) };
  });
  const found = await Promise.all(causes);
  return found.filter((cause) => cause.kind !== 'packages' || cause.packages.length > 0);
}

/** The lockfiles in a folder and above, those too that the change has removed. */
function locksAround(root: string, workspace: string, { files }: Change): Set<string> {
  const found = new Set<string>();
  for (let folder = root; ; folder = dirname(folder)) {
    for (const kind of LOCKFILES) {
      const file = folder === '.' ? kind : `${folder}/${kind}`;
      if (existsSync(join(workspace, file)) || files.includes(file)) found.add(file);
    }
    if (folder === '.') return found;
  }
}

/** A file's text at the base and at the head; null where it is not there. */
async function bothSides(
  { repository, base, head }: Change,
  file: string,
): Promise<[string | null, string | null]> {
  const at = async (commit: string): Promise<string | null> =>
    repository.read(commit, file).then(String, () => null);
  if (head !== null) return [await at(base), await at(head)];
  const path = repository.absolute(file);
  return [await at(base), existsSync(path) ? readFileSync(path, 'utf8') : null];
}

/** Versions by digest, and what is no package by itself. */
type Entries = ReadonlyMap<string, { readonly name: string; readonly version: string }>;

/** What some projects use of a lockfile. One that can't be read is one entry. */
function entriesOf(
  text: string | null,
  file: string,
  workspace: string,
  roots: readonly string[],
): Entries {
  if (text === null) return new Map();
  try {
    const lock = readLockfile(basename(file), text);
    const packages = roots.flatMap((root) => sliceOf(lock, file, lockUser(workspace, root)));
    const common = { name: '(what holds for all packages)', version: lock.digest.slice(0, 8) };
    return new Map([[lock.digest, common], ...packages.map((one) => [one.digest, one] as const)]);
  } catch (error) {
    const message = (error as Error).message.split('\n')[0]!;
    return new Map([[text, { name: '(the whole lockfile)', version: message }]]);
  }
}

function differences(before: Entries, after: Entries) {
  const changed = (some: Entries, others: Entries) =>
    [...some].filter(([digest]) => !others.has(digest)).map(([, entry]) => entry);
  const [gone, come] = [changed(before, after), changed(after, before)];
  const names = [...new Set([...gone, ...come].map(({ name }) => name))].sort();
  const versions = (entries: readonly { name: string; version: string }[], name: string) =>
    entries
      .filter((entry) => entry.name === name)
      .map(({ version }) => version)
      .join(', ') || null;
  return names.map((name) => ({ name, before: versions(gone, name), after: versions(come, name) }));
}
