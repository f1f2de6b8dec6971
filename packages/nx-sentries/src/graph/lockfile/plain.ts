import { createHash } from 'node:crypto';

/** SHA-256 of data, whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(plain(value)).digest('hex');
}

/** JSON that is the same for the same content. */
export function plain(value: unknown): string {
  return JSON.stringify([value], (_, inner: unknown) =>
    Array.isArray(inner) ? inner : sortedByKey(inner),
  );
}

function sortedByKey(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
