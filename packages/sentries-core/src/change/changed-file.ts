import type { DiffEntry } from '../git/raw-diff';
import type { PythonSource } from '../python/syntax';
import type { SourceText } from '../python/text';

/** A file that differs between base and head. Texts are null where the file is not there, or not Python. */
export interface ChangedFile extends DiffEntry {
  readonly old: PythonSource | null;
  readonly new: PythonSource | null;
  /** Of the file at head. */
  readonly encoding: SourceText['encoding'];
}
