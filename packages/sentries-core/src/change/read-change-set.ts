import { readFile } from 'node:fs/promises';
import type { DiffEntry } from '../git/raw-diff';
import type { Repository } from '../git/repository';
import { PythonSource } from '../python/syntax';
import { decodeSource, isPython, type SourceText } from '../python/text';
import { ChangeSet, type Measured } from './change-set';
import type { ChangedFile } from './changed-file';
import { isText } from './documentation';
import { signatureChanges } from './parameters';
import { foldersOf, isInScope, type Scope } from './scope';
import { moduleSymbols } from './symbols';

/**
 * Reads the change set from git.
 *
 * @param head A commit, or null for the working tree.
 * @param isSource Says of a path whether it is code under test; tests are what is repaired, not the cause.
 */
export async function readChangeSet(
  repository: Repository,
  base: string,
  head: string | null,
  scope: Scope,
  isSource: (path: string) => boolean,
  measured?: Measured,
): Promise<ChangeSet> {
  const changed: ChangedFile[] = [];
  const texts: ChangedFile[] = [];
  const entries = await repository.changes(base, head, foldersOf(scope));
  for (const entry of entries.filter(({ path }) => isInScope(scope, path))) {
    const isRead = isPython(entry.path) || isText(entry.path) || isSnapshot(entry.path);
    const [old, now] = [
      isRead ? await readOld(repository, base, entry) : null,
      isRead ? await readNew(repository, head, entry) : null,
    ];
    const file = {
      ...entry,
      old: old && new PythonSource(old.text),
      new: now && new PythonSource(now.text),
      encoding: now?.encoding ?? 'utf8',
    };
    // Of tests texts count as files: they may be doctests or snapshots. Others are no code, but say what is meant.
    const isWords = isSource(entry.path) && !isPython(entry.path);
    if (isWords) texts.push(file);
    changed.push(isWords ? { ...file, old: null, new: null } : file);
  }
  const files = changed.filter(({ path }) => isSource(path));
  return new ChangeSet(
    files,
    changed.filter(({ path }) => !isSource(path)),
    texts,
    await readBystanders(repository, scope, files, isSource),
    measured,
  );
}

/** So many files are read of those that mention what the change took away. */
const MAX_BYSTANDERS = 500;

/** Files as they are at head that the change did not touch, and that may still use what it took away. */
async function readBystanders(
  repository: Repository,
  scope: Scope,
  files: readonly ChangedFile[],
  isSource: (path: string) => boolean,
): Promise<ChangedFile[]> {
  const words = wordsInQuestion(files);
  if (words.length === 0) return [];
  const changed = new Set(files.map(({ path }) => path));
  const mentioning = await repository.mentions(words, foldersOf(scope), '*.py');
  const paths = mentioning
    .filter((path) => isInScope(scope, path) && isSource(path) && !changed.has(path))
    .slice(0, MAX_BYSTANDERS);
  const bystanders = paths.map(async (path): Promise<ChangedFile | undefined> => {
    const bytes = await readFile(repository.absolute(path)).catch(() => null);
    if (!bytes) return undefined;
    const { text, encoding } = decodeSource(bytes);
    const source = new PythonSource(text);
    return { status: 'modified', path, oldPath: path, old: source, new: source, encoding };
  });
  return (await Promise.all(bystanders)).filter((file) => file !== undefined);
}

/** Names that are not defined any more where they were, and those of functions with other parameters. */
function wordsInQuestion(files: readonly ChangedFile[]): string[] {
  const words = new Set<string>();
  for (const { old, new: now } of files) {
    const left = now ? moduleSymbols(now) : new Map<string, unknown>();
    for (const [path, { name }] of old ? moduleSymbols(old) : [])
      if (!left.has(path)) words.add(name);
  }
  for (const { new: definition } of signatureChanges(files, [])) {
    const path = definition.path.split('.').filter((word) => word !== '__init__');
    words.add(path.at(-1)!);
  }
  return [...words].filter((word) => /^\w+$/.test(word));
}

const isSnapshot = (path: string): boolean => path.endsWith('.ambr');

async function readOld(
  repository: Repository,
  base: string,
  entry: DiffEntry,
): Promise<SourceText | null> {
  if (entry.status === 'added') return null;
  return decodeSource(await repository.read(base, entry.oldPath));
}

async function readNew(
  repository: Repository,
  head: string | null,
  entry: DiffEntry,
): Promise<SourceText | null> {
  if (entry.status === 'deleted') return null;
  if (head !== null) return decodeSource(await repository.read(head, entry.path));
  // A link may lead nowhere; then there is no text.
  const bytes = await readFile(repository.absolute(entry.path)).catch(() => null);
  return bytes && decodeSource(bytes);
}
