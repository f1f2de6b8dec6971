import type { PythonSource } from '../../python/syntax';
import { referencesIn } from '../read/document';
import type { Reference } from '../reference';
import { referencesOf, tableOf, type ReferenceTable } from './reference-table';
import { FactStore } from './store';

/** {@link referencesIn}, from an earlier run where the same text was read then. */
export function keptReferences(
  store: FactStore | undefined,
  file: string,
  content: string | PythonSource,
  module: string | null = null,
): Reference[] {
  if (!store) return referencesIn(file, content, module);
  const text = typeof content === 'string' ? content : content.text;
  const key = FactStore.key('references', file, module ?? '', text);
  const known = store.get(key) as ReferenceTable | undefined;
  if (known) return referencesOf(known, file);
  const references = referencesIn(file, content, module);
  const table = tableOf(references);
  if (table) store.put(key, table);
  return references;
}
