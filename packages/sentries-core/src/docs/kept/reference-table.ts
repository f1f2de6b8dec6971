import type { Reference, ReferenceContext } from '../reference';

type Row = readonly unknown[];

/** References of one file, as JSON in a tenth of the room: what many have in common is there once. */
export interface ReferenceTable {
  /** The names of the parts that each reference has, and of those that each context has. */
  readonly keys: readonly string[];
  readonly contextKeys: readonly string[];
  readonly headings: readonly (readonly string[])[];
  readonly contexts: readonly Row[];
  /** Parts in the order of the keys, then the number of the context. */
  readonly rows: readonly Row[];
}

/** The reverse of {@link referencesOf}; undefined where the references are not all of one form. */
export function tableOf(references: readonly Reference[]): ReferenceTable | undefined {
  const [first] = references;
  const keys = first ? partsOf(first) : [];
  const contextKeys = first ? Object.keys(first.context) : [];
  const headings = new Interned<readonly string[]>();
  const contexts = new Interned<Row>();
  const rows: Row[] = [];
  for (const one of references) {
    if (!isSame(partsOf(one), keys) || !isSame(Object.keys(one.context), contextKeys))
      return undefined;
    const context = contextKeys.map((key) =>
      key === 'headings' ? headings.at(one.context.headings) : valueOf(one.context, key),
    );
    rows.push([...keys.map((key) => valueOf(one, key)), contexts.at(context)]);
  }
  return { keys, contextKeys, headings: headings.values, contexts: contexts.values, rows };
}

/** References with their file. */
export function referencesOf(
  { keys, contextKeys, headings, contexts, rows }: ReferenceTable,
  file: string,
): Reference[] {
  const around = contexts.map((row) => {
    const context: Record<string, unknown> = {};
    for (const [at, key] of contextKeys.entries())
      context[key] = key === 'headings' ? headings[row[at] as number] : row[at];
    return context as unknown as ReferenceContext;
  });
  return rows.map((row) => {
    const reference: Record<string, unknown> = { file };
    for (const [at, key] of keys.entries()) reference[key] = row[at];
    reference['context'] = around[row.at(-1) as number];
    return reference as unknown as Reference;
  });
}

const partsOf = (reference: Reference): string[] =>
  Object.keys(reference).filter((key) => key !== 'file' && key !== 'context');

const valueOf = (of: object, key: string): unknown =>
  (of as Readonly<Record<string, unknown>>)[key];

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((key, at) => key === other[at]);

/** Values by their numbers; equal ones have the same. */
class Interned<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();

  at(value: T): number {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.values.length);
    return this.values.push(value) - 1;
  }
}
