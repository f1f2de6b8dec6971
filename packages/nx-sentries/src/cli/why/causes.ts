import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sliceOf } from '../../graph/lock-slices';
import { readLockfile } from '../../graph/lockfile';
import { lockfileOf } from '../../graph/projects';
import { pytestFilesAbove } from '../../graph/targets';
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
  return [...ownAndUpstream, ...shared, ...(await packagesCause(change, workspace, root))];
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

/** The packages that the project uses whose entry in its lockfile changed. */
async function packagesCause(
  change: Change,
  { root: workspace }: OpenWorkspace,
  root: string,
): Promise<Cause[]> {
  const lockfile = lockfileOf(root, new Set(change.files));
  // A lockfile of its own is one of its files.
  if (lockfile === undefined || dirname(lockfile) === root) return [];
  const entries = (text: string | null): Map<string, { version: string; digest: string }> => {
    if (text === null) return new Map();
    const packages = sliceOf(readLockfile(basename(lockfile), text), lockfile, workspace, root);
    return new Map(packages.map((one) => [one.name, one]));
  };
  const { repository, base, head } = change;
  const atBase = await repository.read(base, lockfile).catch(() => null);
  const before = entries(atBase?.toString() ?? null);
  const atHead =
    head === null
      ? readFileSync(repository.absolute(lockfile))
      : await repository.read(head, lockfile);
  const after = entries(atHead.toString());
  const packages = [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name)?.digest !== after.get(name)?.digest)
    .sort()
    .map((name) => ({
      name,
      before: before.get(name)?.version ?? null,
      after: after.get(name)?.version ?? null,
    }));
  return packages.length > 0 ? [{ kind: 'packages', file: lockfile, packages }] : [];
}
