import { join, posix } from 'node:path';
import { readCode, readReferences } from '../../docs/check';
import { commitTree, overlaid, workingTree, type FileTree } from '../../docs/code/tree';
import type { Reference } from '../../docs/reference';
import type { DocContext } from '../../docs/rules/rule';
import { toldBy } from '../../docs/rules/told';
import { staleReferences, type StaleReference } from '../../docs/stale';
import { lineHunks } from '../../change/line-hunks';
import { isInScope } from '../../change/scope';
import type { DiffEntry } from '../../git/raw-diff';
import { defaultTestPaths, testPaths, within } from '../../guard/allowlist';
import { relate, type Range } from '../relate';
import type { DocRequest } from '../request';
import type { Stopwatch } from '../stopwatch';
import { DocFiles } from './doc-files';
import { staleBesideRenames } from './renamed-takers';

/** What of a project's documentation a change left behind. */
export interface Outdated {
  readonly stale: readonly StaleReference[];
  readonly context: DocContext;
  readonly files: DocFiles;
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
  const [head, old] = [await readCode(tree, sourceRoots), await readCode(before, sourceRoots)];
  const { references } = await readReferences(tree, head);
  const own = references.filter(isDocumented(request));
  const change = await relate(range, request, testPaths(folder, defaultTestPaths()), watch);
  const found = watch.timeSync('resolve', () => {
    const alone = staleReferences(own, old, head, toldBy(change, old, head, folder));
    const known = new Set(alone.map(({ reference }) => reference));
    return [...alone, ...staleBesideRenames(own, known, old, head, change)];
  });
  const meant = await meantForHead(entries, before, tree, inside);
  const files = new DocFiles(workspace, folder);
  const loaded = new Map<string, boolean>();
  for (const { reference } of found)
    if (!loaded.has(reference.file)) loaded.set(reference.file, await files.load(reference.file));
  const stale = found.filter(
    ({ reference }) =>
      loaded.get(reference.file) === true && !meant(reference.file, reference.line),
  );
  if (stale.length === 0) return undefined;
  const text = (file: string): string => files.text(posix.join(folder, file));
  return { stale, files, context: { change, base: old, head, folder, text } };
}

/** True for a path of the project itself. */
const isOwn = ({ folder, dependencies, others }: DocRequest, path: string): boolean =>
  isInScope({ folder, dependencies: [], others: [...others, ...dependencies] }, path);

/** Docs name code, and files. */
const mayLeaveBehind = ({ path, oldPath, status }: DiffEntry): boolean =>
  status === 'renamed' ||
  status === 'deleted' ||
  [path, oldPath].some((one) => /\.py$|(^|\/)(pyproject\.toml|setup\.cfg)$/.test(one));

function isDocumented({ folder, docPaths, docstrings }: DocRequest): (one: Reference) => boolean {
  const isMeant = docPaths && within(folder, docPaths);
  return ({ file }) =>
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
