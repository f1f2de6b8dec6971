import { searchFor } from '../../docs/changed-words';
import { readCode, readReferences } from '../../docs/check';
import type { FileTree } from '../../docs/code/tree';
import type { DocContext } from '../../docs/rules/rule';
import { outgrown, outgrownSignatures, writtenInFull } from '../../docs/outgrown';
import { untold } from '../../docs/untold';
import { staleExceptions } from '../../docs/stale-exceptions';
import { staleReturns } from '../../docs/stale-returns';
import { toldBy } from '../../docs/rules/told';
import { staleReferences, type StaleReference } from '../../docs/stale';
import { lineHunks } from '../../change/line-hunks';
import { foldersOf, isInScope } from '../../change/scope';
import type { DiffEntry } from '../../git/raw-diff';
import type { Note } from '../../report/run-record';
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
  /** What is new and not told, where all that it stands beside is. */
  readonly notes: readonly Note[];
  readonly context: DocContext;
  readonly files: DocFiles;
  /** Says of a line whether the change itself wrote it. */
  readonly isMeant: (file: string, line: number) => boolean;
  /** Says of a file of documentation whether it is one that is asked about. */
  readonly isOurs: (file: string) => boolean;
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
  const head = await readCode(tree, options);
  const old = await readCode(before, options, head);
  const isWanted = searchFor(old, head);
  const { references } = await readReferences(tree, head, { ...options, isWanted });
  const isOurs = isDocumented(request, texts);
  const own = references.filter(({ file }) => isOurs(file));
  const change = await relate(range, request, testPaths(folder, defaultTestPaths()), watch);
  const found = watch.timeSync('resolve', () => {
    const alone = staleReferences(own, old, head, toldBy(change, old, head, '.'));
    const known = new Set(alone.map(({ reference }) => reference));
    const beside = staleBesideRenames(own, known, old, head, change);
    const outgrown = outgrownSignatures(own, known, old, head);
    const raised = staleExceptions(own, known, old, head);
    const returned = staleReturns(own, known, old, head, change);
    return [...alone, ...beside, ...outgrown, ...raised, ...returned];
  });
  const meant = await meantForHead(entries, before, tree);
  const files = new DocFiles(workspace);
  const loaded = new Map<string, boolean>();
  for (const { reference } of found)
    if (!loaded.has(reference.file)) loaded.set(reference.file, await files.load(reference.file));
  const text = (file: string): string => files.text(file);
  const stale = found.filter(({ reference }) => {
    if (loaded.get(reference.file) !== true || meant(reference.file, reference.line)) return false;
    const more = outgrown(reference, old, head);
    return !more || writtenInFull(reference, more, text(reference.file)) !== undefined;
  });
  const notes = untold(own, old, head);
  // Any page may link to a heading, in words that the change did not touch.
  const isOnHeading = stale.some(({ reference }) => reference.context.part === 'heading');
  const all = isOnHeading ? await readReferences(tree, head, options) : { references: [] };
  const links = all.references.filter(({ kind }) => kind === 'anchor');
  const context = { change, base: old, head, folder: '.', links, text };
  return { stale, notes, files, isMeant: meant, isOurs, context };
}

/** Docs name code and files, and link to each other. */
const mayLeaveBehind = ({ path, oldPath, status }: DiffEntry): boolean =>
  status === 'renamed' ||
  status === 'deleted' ||
  [path, oldPath].some((one) =>
    /\.(py|md|markdown|rst)$|(^|\/)(pyproject\.toml|setup\.cfg)$/.test(one),
  );

/** Says of a file of documentation whether it is one that is asked about. */
function isDocumented(
  { folder, docPaths, docstrings }: DocRequest,
  texts: FileTree,
): (file: string) => boolean {
  const isMeant = docPaths && within(folder, docPaths);
  return (file) =>
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
