import { asksIn, readEntries, type Ask, type Entry } from './entries';
import { digestOf, plain } from './plain';
import { toml } from '../manifest/toml';
import { keys, places, table, type Table } from '../manifest/values';

/** The lockfiles that can be read, the one that counts first. */
export const LOCKFILES: readonly string[] = ['uv.lock', 'poetry.lock', 'pdm.lock'];

/** An entry of a lockfile. */
export interface LockedPackage {
  /** `requests@2.31.0`; with a suffix where the file has several of that name and version. */
  readonly id: string;
  /** Normalised as in PEP 503. */
  readonly name: string;
  /** Empty where a project computes it. */
  readonly version: string;
  /** SHA-256 of all that the entry says, wherever it stands in the file. */
  readonly digest: string;
  /**
   * Ids of the packages that it brings along without any extra of its own: its dependencies, and what the
   * extras bring that it asks of them.
   */
  readonly requires: readonly string[];
  /** The same for each of its extras. */
  readonly extras: Readonly<Record<string, readonly string[]>>;
  /** The same for all groups of a project: what it is developed and tested with. */
  readonly groups: readonly string[];
  /** From the lockfile's folder, for a package that is a folder of this disk. */
  readonly folder?: string;
}

/** What a lockfile says. */
export interface Lockfile {
  /** By id, whatever their order in the file. */
  readonly packages: readonly LockedPackage[];
  /**
   * SHA-256 of what holds for all packages: the version of the format, the Pythons it was solved for. What
   * changes with every project that comes, and with every requirement, is left out.
   */
  readonly digest: string;
  /** Ids of what the groups of the lockfile's own folder bring: tools for all projects around it. */
  readonly shared: readonly string[];
  /** Each project has an entry, as in uv's, which says best what it uses. */
  readonly hasProjects: boolean;
}

/** A project that is tested with what a lockfile says. */
export interface LockedProject {
  /** From the lockfile's folder; `.` for the same. */
  readonly folder: string;
  readonly name?: string;
  /** The normalised names in its manifests. */
  readonly requires: readonly string[];
}

/**
 * Reads a lockfile of uv, poetry or pdm. All have a list of tables `package`, and differ in how an entry asks
 * for others. None of the formats is specified: this is what uv 0.13, poetry 1 and 2, and pdm 2 write.
 *
 * @param file Its path or name, for messages.
 * @throws Error where the text is not TOML, or `package` not a list of tables with names.
 */
export function readLockfile(file: string, source: string): Lockfile {
  let document: Table;
  let entries: readonly Entry[];
  try {
    document = toml().parse(source.replace(/^\uFEFF/, ''));
    entries = readEntries(document);
  } catch (error) {
    throw new Error(`${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
  const idsOf = lookup(entries);
  const ofRoot = [
    ...places(document, keys('manifest.dependency-groups.*')).flatMap(({ value }) => asksIn(value)),
    ...entries.filter(({ folder }) => folder === '.').flatMap(({ groups }) => groups),
  ];
  const ofGroups = entries.filter(({ isOfGroup }) => isOfGroup).map(({ id }) => id);
  return {
    packages: entries.map(({ id, name, version, digest, folder, requires, extras, groups }) => ({
      ...{ id, name, version, digest },
      requires: idsOf(requires),
      extras: Object.fromEntries([...extras].map(([extra, asks]) => [extra, idsOf(asks)])),
      groups: idsOf(groups),
      ...(folder !== undefined && { folder }),
    })),
    digest: digestOf(common(document)),
    shared: [...idsOf(ofRoot), ...ofGroups],
    hasProjects: document['metadata'] === undefined,
  };
}

/**
 * The packages that a project is tested with, by id: itself, what it asks for, extras and groups included,
 * what these bring along, and what is shared. Where the lockfile does not know the project, all of them: a
 * package too many costs a run of tests, a missing one leaves a stale result.
 */
export function lockSlice(lock: Lockfile, project: LockedProject): readonly LockedPackage[] {
  const { packages, hasProjects } = lock;
  const own =
    packages.find(({ folder }) => folder === project.folder) ??
    packages.find(({ name }) => name === project.name);
  // Only uv has an entry for the folder of the lockfile itself.
  const isKnown = own !== undefined || (!hasProjects && project.folder === '.');
  const wanted = new Set(hasProjects ? [] : project.requires);
  const starts = packages.filter((one) => one === own || wanted.has(one.name));
  if (!isKnown || starts.length === 0) return packages;
  // Which of the extras the project asks for is not among the names.
  const open = starts.flatMap(({ id, extras }) => [id, ...Object.values(extras).flat()]);
  open.push(...(own?.groups ?? []), ...lock.shared);
  const byId = new Map(packages.map((one) => [one.id, one]));
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...byId.get(id)!.requires);
  }
  return packages.filter(({ id }) => reached.has(id));
}

/** Looks up which packages are asked for; those that are not locked are not installed. */
function lookup(entries: readonly Entry[]): (asks: readonly Ask[]) => readonly string[] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);

  const meant = ({ name, version, source }: Ask): readonly Entry[] => {
    const named = byName.get(name) ?? [];
    const exact = named.filter(
      (entry) =>
        (version === undefined || version === entry.version) &&
        (source === undefined || plain(source) === plain(entry.source)),
    );
    return exact.length > 0 ? exact : named;
  };

  return (asks) => {
    const ids = new Set<string>();
    const followed = new Set<readonly Ask[]>();
    const open = [...asks];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const { id, extras } of meant(next)) {
        ids.add(id);
        for (const extra of next.extras) {
          const more = extras.get(extra) ?? [];
          if (!followed.has(more)) open.push(...more);
          followed.add(more);
        }
      }
    }
    return [...ids].sort();
  };
}

function common({ package: _, manifest, metadata, ...rest }: Table): unknown {
  const { members: _members, ...settings } = table(manifest);
  const { files: _files, 'content-hash': _poetry, content_hash: _pdm, ...format } = table(metadata);
  return { ...rest, settings, format };
}
