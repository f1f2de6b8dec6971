import type { ChangeSet } from '../../change/change-set';
import type { ProjectCode } from '../../docs/code/project-code';
import type { Reference, Resolution } from '../../docs/reference';
import { nameAtBase, nameAtHead } from '../../docs/renamed';
import { resolve } from '../../docs/resolve/resolve';
import type { StaleReference } from '../../docs/stale';

/**
 * Parameters and defaults that went stale together with the name of what has them: on a page that name is still the
 * old one, and in a docstring it is the new one already, so neither side knows both.
 */
export function staleBesideRenames(
  references: readonly Reference[],
  known: ReadonlySet<Reference>,
  base: ProjectCode,
  head: ProjectCode,
  change: ChangeSet,
): StaleReference[] {
  return references.flatMap((reference): StaleReference[] => {
    const { kind, of, context } = reference;
    if ((kind !== 'parameter' && kind !== 'default') || of === null) return [];
    if (context.isHistory || known.has(reference)) return [];
    const told = resolve(reference, base);
    const taker = told.kind === 'found' ? told.symbol.name.replace(/\(\w+\)$/, '') : undefined;
    const old = taker === undefined ? nameAtBase(of, change) : of;
    const now = taker === undefined ? of : nameAtHead(taker, change);
    if (old === undefined || now === undefined) return [];
    const was: Resolution = told.kind === 'found' ? told : resolve({ ...reference, of: old }, base);
    const is = resolve({ ...reference, of: now }, head);
    return was.kind === 'found' && is.kind === 'broken'
      ? [{ reference, was: was.symbol, now: is }]
      : [];
  });
}
