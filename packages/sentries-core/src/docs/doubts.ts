import type { ProjectCode } from './code/project-code';
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

/** The names that docs describe by hand: who names one is led to that description, whatever the code calls it. */
function described(found: readonly Resolved[]): Set<string> {
  return new Set(
    found.flatMap(({ reference }) => {
      const { kind, name, context } = reference;
      const isByHand = kind === 'signature' && !/^(auto|:::|click)/.test(context.markup ?? '');
      if (!isByHand) return [];
      return [name, ...(context.module === null ? [] : [`${context.module}.${name}`])];
    }),
  );
}

/** Says of a broken reference whether others beside it make it doubtful that it is meant to lead anywhere. */
export function doubtsIn(
  found: readonly Resolved[],
  code: ProjectCode,
): (one: Resolved) => boolean {
  const astray = new Set(lists(found).filter(isAstray).flat());
  const inDocs = described(found);
  /** Of what is there in the docs alone, the members are too. */
  const isInDocs = (words: readonly string[]): boolean =>
    inDocs.has(words.join('.')) ||
    words.some((_, at) => {
      const holder = words.slice(0, at);
      return inDocs.has(holder.join('.')) && code.lookup(holder).kind !== 'found';
    });
  return (one) => astray.has(one) || isInDocs(one.reference.name.split('.'));
}
