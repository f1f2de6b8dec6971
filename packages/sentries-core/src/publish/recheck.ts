import { PatchError } from '../errors';
import { mayBeEdited } from '../guard/allowlist';
import { guard } from '../guard/guard';
import { groupsOf, withGroups } from '../patch/groups';
import { blobId, type FileEdit, type PatchSection } from '../patch/unified-diff';
import { loadSyntax } from '../python/syntax';
import { decodeSource } from '../python/text';

/**
 * Asks the guard once more, on the files themselves: a patch whose artifacts were made up must not weaken a
 * test, either. What it said of an honest one, it says again.
 *
 * @param before The bytes of the files.
 * @returns the edits that the patch makes.
 * @throws PatchError where the patch does not lead to what was verified, or may not be written.
 */
export async function recheck(
  sections: readonly PatchSection[],
  before: ReadonlyMap<string, Buffer>,
): Promise<FileEdit[]> {
  if (sections.length === 0) return [];
  await loadSyntax();
  const edits = sections.map((section) => editOf(section, before.get(section.path)!));
  const files = edits.map(({ path, before: old, after }) => ({
    path,
    before: decodeSource(old),
    after: decodeSource(after).text,
  }));
  // How much may change is an option of the task, and its own to keep.
  const policy = {
    tests: { isTest: mayBeEdited, isEditable: mayBeEdited },
    maxFiles: Infinity,
    maxLines: Infinity,
  };
  const verdict = guard(files, policy);
  if ('refused' in verdict) {
    throw new PatchError(
      `a patch may not be written: ${verdict.refused}`,
      'No task would have made it: find out where its artifacts come from.',
    );
  }
  return edits;
}

function editOf(section: PatchSection, before: Buffer): FileEdit {
  const after = withGroups(before, groupsOf(section));
  if (after && blobId(after) === section.after) return { path: section.path, before, after };
  throw new PatchError(
    `the patch for ${section.path} does not lead to what was verified`,
    'Run the task again.',
  );
}
