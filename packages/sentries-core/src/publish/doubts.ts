import { mayBeEdited } from '../guard/allowlist';
import { groupsOf } from '../patch/groups';
import type { PatchSection } from '../patch/unified-diff';
import type { RunRecord } from '../report/run-record';
import { cutByTier } from './attribution';

/**
 * Why the patch in some artifacts can't be the one that their record speaks of, or may not be written
 * whatever made it; undefined where there is no doubt. Pure: what the patch fits on is asked elsewhere.
 */
export function doubtful(record: RunRecord, sections: readonly PatchSection[]): string | undefined {
  const { patch, change, failures } = record;
  if (!patch) return undefined;
  const paths = sections.map(({ path }) => path);
  if (new Set(paths).size < paths.length) return 'the patch has a file twice';
  if (paths.length === 0) return 'the patch is empty';
  if (paths.toSorted().join('\0') !== patch.files.toSorted().join('\0'))
    return 'the patch has other files than the record';
  const groups = sections.flatMap(groupsOf);
  const count = (side: 'added' | 'removed'): number =>
    groups.reduce((sum, group) => sum + group[side].length, 0);
  if (count('added') !== patch.added || count('removed') !== patch.removed)
    return 'the patch has other lines than the record';
  if (!record.verification || !failures.some(({ outcome }) => outcome === 'repaired'))
    return 'nothing was repaired and verified, and there is a patch';
  for (const section of sections) {
    const { path, hunks } = section;
    if (path.includes('\\') || path.split('/').some((part) => part === '..' || part === '.'))
      return `${path} is no path from the workspace`;
    if (hunks.oldFileName !== `a/${path}`) return `${path} would get another name`;
    if (!mayBeEdited(path)) return `${path} is no file that a sentry edits`;
    const [folder, ...others] = change?.folders ?? [];
    // A text of the workspace that the project looks after is named by itself.
    const isText = record.sentry === 'sentry-doc' && !path.endsWith('.py') && others.includes(path);
    if (folder !== undefined && folder !== '.' && !path.startsWith(`${folder}/`) && !isText)
      return `${path} is not in the project's folder`;
    if (!cutByTier(section, failures)) return `the record has no edit for what changes in ${path}`;
  }
  return undefined;
}
