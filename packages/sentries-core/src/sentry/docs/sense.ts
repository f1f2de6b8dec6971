import { join, posix } from 'node:path';
import { searchFor } from '../../docs/changed-words';
import { readCode, readReferences } from '../../docs/check';
import { commitTree, overlaid, workingTree, type FileTree } from '../../docs/code/tree';
import type { DocContext } from '../../docs/rules/rule';
import { outgrown, outgrownSignatures, writtenInFull } from '../../docs/outgrown';
import { untold } from '../../docs/untold';
import { staleExceptions } from '../../docs/stale-exceptions';
import { toldBy } from '../../docs/rules/told';
import { staleReferences, type StaleReference } from '../../docs/stale';
import { lineHunks } from '../../change/line-hunks';
import { isInScope } from '../../change/scope';
import type { DiffEntry } from '../../git/raw-diff';
import type { Note } from '../../report/run-record';
import { defaultTestPaths, testPaths, within } from '../../guard/allowlist';
import { relate, type Range } from '../relate';
import type { DocRequest } from '../request';
import type { Stopwatch } from '../stopwatch';
import { DocFiles } from './doc-files';
import { staleBesideRenames } from './renamed-takers';

/** What of a project's documentation a change left behind. */
export interface Outdated {
  readonly stale: readonly StaleReference[];
  /** What is new and not told, where all that it stands beside is. */
  readonly notes: readonly Note[];
  readonly context: DocContext;
  readonly files: DocFiles;
  /** Says of a line whether the change itself wrote it; the file goes from the project's folder. */
  readonly isMeant: (file: string, line: number) => boolean;
}

/** The references that a change made stale; undefined where it touched nothing that docs name. */
export async function senseDocs(
  request: DocRequest,
  range: Range,
  watch: Stopwatch,
): Promise<Outdated | undefined> {
  const { workspace, folder, sourceRoots } = request;
  const { repository, base } = range;
  const entries = (await repository.changes(base, range.head, [folder])).filter(({ path }) =>
    isOwn(request, path),
  );
  if (!entries.some(mayLeaveBehind)) return undefined;
  const inside = (path: string): string => posix.relative(folder, path);
  const tree = await workingTree(
    join(workspace, ...folder.split('/')),
    (path) => !isOwn(request, posix.join(folder, path)),
  );
  const changed = new Set(entries.flatMap(({ path, oldPath }) => [inside(path), inside(oldPath)]));
  const before = overlaid(tree, await commitTree(repository, base, folder), changed);
  const head = await readCode(tree, sourceRoots);
  const old = await readCode(before, sourceRoots, head);
  const { references } = await readReferences(tree, head, { isWanted: searchFor(old, head) });
  const isOurs = isDocumented(request);
  const own = references.filter(({ file }) => isOurs(file));
  const change = await relate(range, request, testPaths(folder, defaultTestPaths()), watch);
  const found = watch.timeSync('resolve', () => {
    const alone = staleReferences(own, old, head, toldBy(change, old, head, folder));
    const known = new Set(alone.map(({ reference }) => reference));
    const beside = staleBesideRenames(own, known, old, head, change);
    const outgrown = outgrownSignatures(own, known, old, head);
    return [...alone, ...beside, ...outgrown, ...staleExceptions(own, known, old, head)];
  });
  const meant = await meantForHead(entries, before, tree, inside);
  const files = new DocFiles(workspace, folder);
  const loaded = new Map<string, boolean>();
  for (const { reference } of found)
    if (!loaded.has(reference.file)) loaded.set(reference.file, await files.load(reference.file));
  const text = (file: string): string => files.text(posix.join(folder, file));
  const stale = found.filter(({ reference }) => {
    if (loaded.get(reference.file) !== true || meant(reference.file, reference.line)) return false;
    const more = outgrown(reference, old, head);
    return !more || writtenInFull(reference, more, text(reference.file)) !== undefined;
  });
  const notes = untold(own, old, head).map((one) => ({
    ...one,
    file: posix.join(folder, one.file),
  }));
  const links = references.filter(({ kind }) => kind === 'anchor');
  const context = { change, base: old, head, folder, links, text };
  return { stale, notes, files, isMeant: meant, context };
}

/** True for a path of the project itself. */
const isOwn = ({ folder, dependencies, others }: DocRequest, path: string): boolean =>
  isInScope({ folder, dependencies: [], others: [...others, ...dependencies] }, path);

/** Docs name code and files, and link to each other. */
const mayLeaveBehind = ({ path, oldPath, status }: DiffEntry): boolean =>
  status === 'renamed' ||
  status === 'deleted' ||
  [path, oldPath].some((one) =>
    /\.(py|md|markdown|rst)$|(^|\/)(pyproject\.toml|setup\.cfg)$/.test(one),
  );

/** Says of a file of documentation, from the project's folder, whether it is one that is asked about. */
export function isDocumented({
  folder,
  docPaths,
  docstrings,
}: DocRequest): (file: string) => boolean {
  const isMeant = docPaths && within(folder, docPaths);
  return (file) =>
    file.endsWith('.py') ? docstrings : (isMeant?.(posix.join(folder, file)) ?? true);
}

/**
 * Says of lines whether the change itself wrote them: they are meant for the new code, or tell of the old one. A line
 * that the change took from elsewhere is not written anew.
 */
async function meantForHead(
  entries: readonly DiffEntry[],
  before: FileTree,
  after: FileTree,
  inside: (path: string) => string,
): Promise<(file: string, line: number) => boolean> {
  const removed = new Set<string>();
  const written = new Map<string, Map<number, string>>();
  for (const { path, oldPath, status } of entries) {
    const [old, now] = [
      status === 'added' ? '' : await before.read(inside(oldPath)),
      status === 'deleted' ? '' : await after.read(inside(path)),
    ];
    const lines = new Map<number, string>();
    for (const hunk of lineHunks(old ?? '', now ?? '')) {
      for (const line of hunk.removed) removed.add(line.trim());
      for (const [at, line] of hunk.added.entries()) lines.set(hunk.new.start + at, line.trim());
    }
    written.set(inside(path), lines);
  }
  return (file, line) => {
    const text = written.get(file)?.get(line);
    return text !== undefined && !removed.has(text);
  };
}
