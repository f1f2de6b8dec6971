import { groupsOf, withGroups, type LineGroup } from './groups';
import { blobId, type PatchSection } from './unified-diff';

/**
 * The lines that some patches of one file change together; what they share counts once.
 *
 * @param sections Each made from the same content.
 * @returns undefined where two of them change the same lines in different ways, or put lines at one place.
 */
export function sharedGroups(sections: readonly PatchSection[]): LineGroup[] | undefined {
  const all: LineGroup[] = [];
  for (const group of sections.flatMap(groupsOf)) {
    if (all.some((other) => isSame(other, group))) continue;
    if (all.some((other) => meets(other, group))) return undefined;
    all.push(group);
  }
  return all;
}

/** A content with all of some patches of it; undefined where one of them does not lead to what it says. */
export function composed(
  before: Buffer,
  sections: readonly PatchSection[],
  groups: readonly LineGroup[],
): Buffer | undefined {
  const isWhole = sections.every((section) => {
    const after = withGroups(before, groupsOf(section));
    return after && blobId(after) === section.after;
  });
  return isWhole ? withGroups(before, groups) : undefined;
}

/** A content as it was before some groups of lines were put in; undefined where it does not have them. */
export function withoutGroups(after: Buffer, groups: readonly LineGroup[]): Buffer | undefined {
  let shift = 0;
  const back = groups
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, removed, added, hunk }): LineGroup => {
      const at = line + shift;
      shift += added.length - removed.length;
      return { line: at, removed: added, added: removed, hunk };
    });
  return withGroups(after, back);
}

const isSame = (one: LineGroup, other: LineGroup): boolean =>
  one.line === other.line &&
  one.removed.join('') === other.removed.join('') &&
  one.added.join('') === other.added.join('');

const meets = (one: LineGroup, other: LineGroup): boolean =>
  one.line === other.line ||
  (one.line < other.line + other.removed.length && other.line < one.line + one.removed.length);
