import { foldersOf, othersInside } from '../change/scope';
import type { RunRecord } from '../report/run-record';
import type { Range } from './relate';
import type { SentryRequest } from './request';

/**
 * Names the very content that a run works on, by which a patch is held to it later.
 *
 * @returns asks again, at the end: null where files changed meanwhile, because nobody knows then which of the
 *   two contents it was.
 */
export async function testedContent(
  { repository, base }: Range,
  request: SentryRequest,
): Promise<() => Promise<RunRecord['change']>> {
  const folders = foldersOf(request);
  // The artifacts themselves, where they are not ignored.
  const except = [...othersInside(request), '.sentries'];
  const digest = (): Promise<string> => repository.changeDigest(base, null, folders, except);
  const first = await digest();
  return async () => (first === (await digest()) ? { folders, except, digest: first } : null);
}
