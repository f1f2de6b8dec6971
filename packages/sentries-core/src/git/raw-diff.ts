/** One entry of a diff by names. Paths go from the root that was asked about. */
export interface DiffEntry {
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly path: string;
  /** The path at the old side; differs from `path` for a renamed file only. */
  readonly oldPath: string;
}

/** One entry of `git diff --raw`: with what git knows of the bytes at both sides. */
export interface RawEntry {
  readonly entry: DiffEntry;
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldHash: string;
  /** Zeros where git did not read the bytes of the work tree. */
  readonly newHash: string;
  /** Git saw other times than the index has, and did not read the bytes. */
  readonly unread: boolean;
}

/**
 * Reads `git diff --raw --no-abbrev -z`: `:100644 100644 <hash> <hash> M`, a path, and for a rename or a
 * copy the new path.
 */
export function parseRawDiff(text: string): RawEntry[] {
  const fields = text.split('\0');
  const entries: RawEntry[] = [];
  for (let at = 0; at + 1 < fields.length;) {
    const [mode, newMode, oldHash, newHash, status] = fields[at]!.split(' ');
    const oldMode = mode!.slice(1);
    const letter = status![0]!;
    const oldPath = fields[at + 1]!;
    const two = letter === 'R' || letter === 'C';
    const path = two ? fields[at + 2]! : oldPath;
    at += two ? 3 : 2;
    const kind = STATUS[letter] ?? 'modified';
    const entry = { status: kind, path, oldPath: kind === 'added' ? path : oldPath };
    const unread = letter === 'M' && oldMode === newMode && isUnknown(newHash!);
    entries.push({
      entry,
      oldMode,
      newMode: newMode!,
      oldHash: oldHash!,
      newHash: newHash!,
      unread,
    });
  }
  return entries;
}

/** The hash that git writes where it knows none. */
export const isUnknown = (hash: string): boolean => /^0+$/.test(hash);

const STATUS: Record<string, DiffEntry['status']> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  R: 'renamed',
};
