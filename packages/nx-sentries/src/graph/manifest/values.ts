/**
 * Looking into data of unknown shape: what is of another type than wanted counts as not there, for a
 * manifest is edited by hand and belongs to other tools.
 */
export type Table = Readonly<Record<string, unknown>>;

export function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Table)
    : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The strings of a list, or the one string in its place. */
export function strings(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (item) => typeof item === 'string',
  );
}

/** A value, and the keys that lead to it. */
export interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A pattern for places: keys joined by dots, `*` for any key. */
export function keys(pattern: string): readonly string[] {
  return pattern.split('.');
}

/** The places that a pattern names. */
export function places(document: Table, pattern: readonly string[]): Place[] {
  const found: Place[] = [];
  descend(document, pattern, [], found);
  return found;
}

/** @param path Where the value is; the same list for all, so that a miss, the usual case, makes none. */
function descend(value: unknown, pattern: readonly string[], path: string[], found: Place[]): void {
  const key = pattern[path.length];
  if (key === undefined) {
    found.push({ path: [...path], value });
    return;
  }
  const inner = table(value);
  const names = key === '*' ? Object.keys(inner) : Object.hasOwn(inner, key) ? [key] : NONE;
  for (const name of names) {
    path.push(name);
    descend(inner[name], pattern, path, found);
    path.pop();
  }
}

const NONE: readonly string[] = [];
