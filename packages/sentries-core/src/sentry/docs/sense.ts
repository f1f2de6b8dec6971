import { readCode, readReferences } from '../../docs/check';
import type { FileTree } from '../../docs/code/tree';
import type { Reference } from '../../docs/reference';
import type { DocContext } from '../../docs/rules/rule';
import { staleReferences, type StaleReference } from '../../docs/stale';
import { lineHunks } from '../../change/line-hunks';
import { foldersOf, isInScope } from '../../change/scope';
import type { DiffEntry } from '../../git/raw-diff';
import { defaultTestPaths, testPaths, within } from '../../guard/allowlist';
import { relate, type Range } from '../relate';
import type { DocRequest } from '../request';
import type { Stopwatch } from '../stopwatch';
import { DocFiles } from './doc-files';
import { staleBesideRenames } from './renamed-takers';
import { treesOf } from './trees';

/** What of a project's documentation a change left behind. */
export interface Outdated {
  readonly stale: readonly StaleReference[];
  readonly context: DocContext;
  readonly files: DocFiles;
}

/**
 * The references that a change made stale; undefined where it touched nothing that docs name.
 *
 * @param texts Those outside of the project that tell of it.
 */
export async function senseDocs(
  request: DocRequest,
  range: Range,
  texts: FileTree,
  watch: Stopwatch,
): Promise<Outdated | undefined> {
  const { workspace, folder, dependencies, sourceRoots, dependencyRoots = {} } = request;
  const { repository, base } = range;
  const places = [...foldersOf(request), ...texts.paths];
  const entries = (await repository.changes(base, range.head, places)).filter(
    ({ path }) => isInScope(request, path) || texts.paths.has(path),
  );
  const isCode = ({ path }: DiffEntry): boolean => isInScope(request, path);
  if (!entries.some((one) => isCode(one) && mayLeaveBehind(one))) return undefined;
  const { head: tree, base: before } = await treesOf(workspace, request, texts, entries, range);
  const options = {
    folder,
    roots: sourceRoots,
    dependencies: dependencies.map((one) => ({ folder: one, roots: dependencyRoots[one] ?? [] })),
    texts: texts.paths,
  };
  const [head, old] = [await readCode(tree, options), await readCode(before, options)];
  const { references } = await readReferences(tree, head, options);
  const own = references.filter(isDocumented(request, texts));
  const change = await relate(range, request, testPaths(folder, defaultTestPaths()), watch);
  const found = watch.timeSync('resolve', () => {
    const alone = staleReferences(own, old, head);
    const known = new Set(alone.map(({ reference }) => reference));
    return [...alone, ...staleBesideRenames(own, known, old, head, change)];
  });
  const meant = await meantForHead(entries, before, tree);
  const files = new DocFiles(workspace);
  const loaded = new Map<string, boolean>();
  for (const { reference } of found)
    if (!loaded.has(reference.file)) loaded.set(reference.file, await files.load(reference.file));
  const stale = found.filter(
    ({ reference }) =>
      loaded.get(reference.file) === true && !meant(reference.file, reference.line),
  );
  if (stale.length === 0) return undefined;
  const text = (file: string): string => files.text(file);
  return { stale, files, context: { change, base: old, head, folder: '.', text } };
}

/** Docs name code, and files. */
const mayLeaveBehind = ({ path, oldPath, status }: DiffEntry): boolean =>
  status === 'renamed' ||
  status === 'deleted' ||
  [path, oldPath].some((one) => /\.py$|(^|\/)(pyproject\.toml|setup\.cfg)$/.test(one));

function isDocumented(
  { folder, docPaths, docstrings }: DocRequest,
  texts: FileTree,
): (one: Reference) => boolean {
  const isMeant = docPaths && within(folder, docPaths);
  return ({ file }) =>
    file.endsWith('.py') ? docstrings : texts.paths.has(file) || (isMeant?.(file) ?? true);
}

/**
 * Says of lines whether the change itself wrote them: they are meant for the new code, or tell of the old one. A line
 * that the change took from elsewhere is not written anew.
 */
async function meantForHead(
  entries: readonly DiffEntry[],
  before: FileTree,
  after: FileTree,
): Promise<(file: string, line: number) => boolean> {
  const removed = new Set<string>();
  const written = new Map<string, Map<number, string>>();
  for (const { path, oldPath, status } of entries) {
    const [old, now] = [
      status === 'added' ? '' : await before.read(oldPath),
      status === 'deleted' ? '' : await after.read(path),
    ];
    const lines = new Map<number, string>();
    for (const hunk of lineHunks(old ?? '', now ?? '')) {
      for (const line of hunk.removed) removed.add(line.trim());
      for (const [at, line] of hunk.added.entries()) lines.set(hunk.new.start + at, line.trim());
    }
    written.set(path, lines);
  }
  return (file, line) => {
    const text = written.get(file)?.get(line);
    return text !== undefined && !removed.has(text);
  };
}
