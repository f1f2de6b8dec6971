import { PythonSource } from '../python/syntax';
import { ChangeSet } from './change-set';
import type { ChangedFile } from './changed-file';

/** A Python file that was changed from one text to another; null where it is not there. */
export function changedFile(
  old: string | null,
  now: string | null,
  path = 'libs/money/src/acme/money.py',
): ChangedFile {
  const source = (text: string | null) => (text === null ? null : new PythonSource(text));
  const status = old === null ? 'added' : now === null ? 'deleted' : 'modified';
  return { status, path, oldPath: path, old: source(old), new: source(now), encoding: 'utf8' };
}

/** A change of one file. */
export const changeOf = (...args: Parameters<typeof changedFile>): ChangeSet =>
  new ChangeSet([changedFile(...args)]);
