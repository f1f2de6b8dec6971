import { PythonSource } from '../python/syntax';
import { encodeSource, isPython, type SourceText } from '../python/text';
import { unifiedDiff, type FileEdit } from '../patch/unified-diff';
import type { TestPaths } from './allowlist';
import { weakenedDoctests } from './doctests';
import { weakenedSnapshots } from './snapshots';
import { weakening } from './strength';

/** A test file before and after the edits of a patch. */
export interface EditedFile {
  /** From the workspace root. */
  readonly path: string;
  readonly before: SourceText;
  readonly after: string;
}

export interface Policy {
  readonly tests: TestPaths;
  readonly maxFiles: number;
  readonly maxLines: number;
}

export interface Patch {
  readonly files: readonly string[];
  readonly added: number;
  readonly removed: number;
  readonly text: Buffer;
  readonly edits: readonly FileEdit[];
}

/**
 * Decides whether edits may be written at all, whoever proposed them. What is left to check is the
 * interpreter's own syntax check, and that the tests hold.
 *
 * @returns the patch, or the reason why it may not be.
 */
export function guard(files: readonly EditedFile[], policy: Policy): Patch | { refused: string } {
  const edits: FileEdit[] = [];
  for (const { path, before, after } of files) {
    if (after === before.text) continue;
    if (!policy.tests.isEditable(path))
      return { refused: `${path} is not one of the project's test files` };
    if (before.encoding === 'bytes' && bringsMoreThanAscii(before.text, after)) {
      return { refused: `${path} is not UTF-8, and the edit needs a character beyond ASCII` };
    }
    const refused =
      (isPython(path) ? refusedCode(before, after) : undefined) ??
      (path.endsWith('.ambr') ? weakenedSnapshots : weakenedDoctests)(before.text, after);
    if (refused !== undefined) return { refused: `${path}: ${refused}` };
    edits.push({
      path,
      before: encodeSource(before.text, before.encoding),
      after: encodeSource(after, before.encoding),
    });
  }
  const { text, size } = unifiedDiff(edits);
  if (size.files > policy.maxFiles) {
    return {
      refused: `the patch would change ${size.files} files; maxFiles is ${policy.maxFiles}`,
    };
  }
  if (size.added + size.removed > policy.maxLines) {
    return {
      refused: `the patch would change ${size.added + size.removed} lines; maxLines is ${policy.maxLines}`,
    };
  }
  return {
    files: edits.map(({ path }) => path).sort(),
    added: size.added,
    removed: size.removed,
    text,
    edits,
  };
}

/** A file is asked about again and again as it was, with one edit after the other. */
const originals = new WeakMap<SourceText, PythonSource>();

function refusedCode(before: SourceText, after: string): string | undefined {
  const old = originals.get(before) ?? new PythonSource(before.text);
  originals.set(before, old);
  const now = new PythonSource(after);
  if (now.root.hasError && !old.root.hasError) return 'with the edit it is not valid Python';
  return weakening(old, now);
}

/** In a file whose encoding is not known, only ASCII may be written. */
function bringsMoreThanAscii(before: string, after: string): boolean {
  const others = (text: string): string[] => text.match(/[^\0-\x7f]/g) ?? [];
  const left = others(before);
  return others(after).some((char) => {
    const at = left.indexOf(char);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
