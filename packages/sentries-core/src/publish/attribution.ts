import { groupsOf, type LineGroup } from '../patch/groups';
import type { PatchSection } from '../patch/unified-diff';
import type { EditRecord, FailureRecord } from '../report/run-record';
import { weakest, type Tier } from '../report/tiers';

/** Lines that change together, how that is justified, and for which failures they change. */
export interface TieredGroup extends LineGroup {
  readonly tier: Tier;
  readonly failures: readonly FailureRecord[];
}

/**
 * Cuts one file of a patch by how its edits are justified: a group of lines is as weak as the weakest failure
 * that has an edit there.
 *
 * @returns undefined where some lines change for no failure that was repaired.
 */
export function cutByTier(
  section: PatchSection,
  failures: readonly FailureRecord[],
): TieredGroup[] | undefined {
  const repaired = failures.filter(({ outcome }) => outcome === 'repaired');
  const groups = groupsOf(section);
  const cut = groups.map((group) => {
    const touches = (other: LineGroup) => (failure: FailureRecord) =>
      failure.edits.some((edit) => edit.file === section.path && isIn(other, edit));
    let own = repaired.filter(touches(group));
    // Where lines repeat, a diff may show the change some lines beside the edit.
    const near = groups.filter(({ hunk }) => hunk === group.hunk);
    if (own.length === 0)
      own = repaired.filter((failure) => near.some((one) => touches(one)(failure)));
    const tier = weakest(own.flatMap((failure) => failure.tier ?? []));
    return tier && { ...group, tier, failures: own };
  });
  return cut.every((one) => one !== undefined) ? cut : undefined;
}

/** True where an edit begins or ends in the lines that go, or beside those that come. */
function isIn({ line, removed }: LineGroup, edit: EditRecord): boolean {
  const last = edit.line + edit.before.split('\n').length - 1;
  const [from, to] = removed.length > 0 ? [line, line + removed.length - 1] : [line - 1, line];
  return edit.line <= to && last >= from;
}
