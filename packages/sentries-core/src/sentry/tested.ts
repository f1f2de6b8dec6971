import { foldersOf, othersInside, type Scope } from '../change/scope';
import type { RunRecord } from '../report/run-record';
import type { Range } from './relate';

/**
 * Names the very content that a run works on, by which a patch is held to it later.
 *
 * @param texts Files outside of the scope that it works on, too; from the workspace root.
 * @returns asks again, at the end: null where files changed meanwhile, because nobody knows then which of the
 *   two contents it was.
 */
export async function testedContent(
  { repository, base }: Range,
  scope: Scope,
  texts: readonly string[] = [],
): Promise<() => Promise<RunRecord['change']>> {
  const folders = [...foldersOf(scope), ...texts];
  // The artifacts themselves, where they are not ignored.
  const except = [...othersInside(scope), '.sentries'];
  const digest = (): Promise<string> => repository.changeDigest(base, null, folders, except);
  const first = await digest();
  return async () => (first === (await digest()) ? { folders, except, digest: first } : null);
}
