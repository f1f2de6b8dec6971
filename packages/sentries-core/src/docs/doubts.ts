import type { Reference, Resolution } from './reference';

/** A reference with what it means. */
export interface Resolved {
  readonly reference: Reference;
  readonly resolution: Resolution;
}

/** The parameters that a text lists for one function, together. */
function lists(found: readonly Resolved[]): Resolved[][] {
  const byOwner = new Map<string, Resolved[]>();
  for (const one of found) {
    const { kind, evidence, file, of } = one.reference;
    if (kind !== 'parameter' || !evidence.includes('owner')) continue;
    const key = `${file} ${of ?? ''}`;
    const list = byOwner.get(key);
    if (list) list.push(one);
    else byOwner.set(key, [one]);
  }
  return [...byOwner.values()];
}

/** A list of which nothing fits is of another function: of one that is returned, say. */
const isAstray = (list: readonly Resolved[]): boolean =>
  list.length > 1 && list.every(({ resolution }) => resolution.kind !== 'found');

/** What docs describe by hand and the code has not: names that are there in the docs alone. */
function declared(found: readonly Resolved[]): ReadonlySet<string> {
  return new Set(
    found.flatMap(({ reference, resolution }) => {
      const { kind, name, context } = reference;
      const isByHand = kind === 'signature' && !/^(auto|:::|click)/.test(context.markup ?? '');
      if (!isByHand || resolution.kind !== 'broken') return [];
      return [name, ...(context.module === null ? [] : [`${context.module}.${name}`])];
    }),
  );
}

const isWithin = (name: string, names: ReadonlySet<string>): boolean => {
  const words = name.split('.');
  return words.some((_, at) => names.has(words.slice(0, at + 1).join('.')));
};

/** Says of a broken reference whether others beside it make it doubtful that it is meant to lead anywhere. */
export function doubtsIn(found: readonly Resolved[]): (one: Resolved) => boolean {
  const astray = new Set(lists(found).filter(isAstray).flat());
  const inDocs = declared(found);
  return (one) => astray.has(one) || isWithin(one.reference.name, inDocs);
}
