import type { LockedPackage } from './lockfile';
import { localPath, normalise } from '../manifest/requirement';
import { keys, list, places, strings, table, text, type Table } from '../manifest/values';
import { digestOf } from './plain';

/** A package as another one asks for it. */
export interface Ask {
  readonly name: string;
  readonly extras: readonly string[];
  /** uv's: where several of the name are locked. */
  readonly version?: string;
  /** uv's, as the version. */
  readonly source?: unknown;
}

/** A package whose dependencies are not looked up yet. */
export interface Entry extends Pick<
  LockedPackage,
  'id' | 'name' | 'version' | 'digest' | 'folder'
> {
  readonly source: unknown;
  readonly requires: readonly Ask[];
  readonly extras: ReadonlyMap<string, readonly Ask[]>;
  readonly groups: readonly Ask[];
  /** It is locked for a group of the lockfile's own folder, not for what the project runs with. */
  readonly isOfGroup: boolean;
}

/**
 * The entries of a lockfile by id, each once.
 *
 * @throws Error where they are not a list of tables with names.
 */
export function readEntries(document: Table): Entry[] {
  const tables = document['package'] ?? [];
  if (!Array.isArray(tables)) throw new Error('`package` is not a list of tables.');
  const files = filesByName(document);
  const entries = tables.map((one) => {
    const name = text(table(one)['name']);
    if (name === undefined) throw new Error('A package has no name.');
    return readEntry(normalise(name), table(one), files.get(normalise(name)));
  });
  return withUniqueIds(entries).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function readEntry(name: string, entry: Table, files: unknown): Entry {
  const version = text(entry['version']) ?? '';
  const folder = folderOf(entry);
  const groups = strings(entry['groups']);
  return {
    id: version === '' ? name : `${name}@${version}`,
    name,
    version,
    digest: digestOf([entry, files]),
    source: entry['source'],
    ...(folder !== undefined && { folder }),
    ...dependenciesOf(entry),
    groups: Object.values(table(entry['dev-dependencies'])).flatMap(asksIn),
    isOfGroup:
      entry['category'] === 'dev' ||
      (groups.length > 0 && !groups.includes('main') && !groups.includes('default')),
  };
}

function dependenciesOf(entry: Table): Pick<Entry, 'requires' | 'extras'> {
  const asks = asksIn(entry['dependencies']);
  // pdm has a second entry for a package with extras, with all that these bring.
  if (Array.isArray(entry['extras'])) {
    const extras = strings(entry['extras']).map((extra) => [normalise(extra), asks] as const);
    return { requires: [], extras: new Map(extras) };
  }
  const extras = { ...table(entry['optional-dependencies']), ...table(entry['extras']) };
  return {
    requires: asks,
    extras: new Map(
      Object.entries(extras).map(([extra, value]) => [normalise(extra), asksIn(value)]),
    ),
  };
}

/** A suffix that is not a number, which would change where another entry comes or goes. */
function withUniqueIds(entries: readonly Entry[]): Entry[] {
  const distinct = [...new Map(entries.map((entry) => [entry.id + entry.digest, entry])).values()];
  const counts = new Map<string, number>();
  for (const { id } of distinct) counts.set(id, (counts.get(id) ?? 0) + 1);
  return distinct.map((entry) =>
    counts.get(entry.id) === 1
      ? entry
      : { ...entry, id: `${entry.id}+${entry.digest.slice(0, 12)}` },
  );
}

/** Reads dependencies: uv and pdm list them, poetry has a table by name. */
export function asksIn(dependencies: unknown): Ask[] {
  if (Array.isArray(dependencies)) return dependencies.flatMap(askIn);
  return Object.entries(table(dependencies)).flatMap(([name, value]) => {
    const variants = (Array.isArray(value) ? list(value) : [value]).filter(
      // Those are listed by the extras that want them.
      (variant) => table(variant)['optional'] !== true,
    );
    const extras = variants.flatMap((variant) => strings(table(variant)['extras']));
    return variants.length > 0 ? [ask(name, extras)] : [];
  });
}

function askIn(dependency: unknown): Ask[] {
  if (typeof dependency === 'string') {
    const [, name, extras] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(dependency) ?? [];
    return name === undefined ? [] : [ask(name, extras?.split(',') ?? [])];
  }
  const { name, extra, extras, version, source } = table(dependency);
  if (typeof name !== 'string') return [];
  return [{ ...ask(name, strings(extra ?? extras)), version: text(version), source }];
}

function ask(name: string, extras: readonly string[]): Ask {
  return { name: normalise(name), extras: extras.map((extra) => normalise(extra.trim())) };
}

/** uv names the kind of source by its key, poetry by a type; pdm has the path in the entry. */
function folderOf(entry: Table): string | undefined {
  const source = table(entry['source']);
  const path =
    source['type'] === 'directory'
      ? source['url']
      : (source['editable'] ?? source['virtual'] ?? source['directory'] ?? entry['path']);
  return typeof path === 'string' ? localPath(path) : undefined;
}

/** Before poetry 1.5 and pdm 2.8, the hashes stood apart: under the name, or under name and version. */
function filesByName(document: Table): ReadonlyMap<string, unknown[]> {
  const files = new Map<string, unknown[]>();
  for (const { path, value } of places(document, keys('metadata.files.*'))) {
    const name = normalise(/^[\w.-]*/.exec(path.at(-1)!)![0]);
    files.set(name, [...(files.get(name) ?? []), value]);
  }
  return files;
}
