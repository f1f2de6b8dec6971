import type { ProjectCode } from './code/project-code';
import type { CodeSymbol, Reference, Resolution } from './reference';
import { resolve } from './resolve/resolve';

/** A reference that a change made stale. */
export interface StaleReference {
  readonly reference: Reference;
  /** What it meant at the base. */
  readonly was: CodeSymbol;
  readonly now: Exclude<Resolution, { kind: 'found' }>;
}

/** What is known of the change beyond its two sides. */
export interface Told {
  /** The change itself shows what became of a thing: it has another name, or another place. */
  isElsewhere(reference: Reference, was: CodeSymbol): boolean;
  /** The path that a file had at the base: a page may have moved, and its links with it. */
  pathAtBase(file: string): string;
}

const NOTHING: Told = { isElsewhere: () => false, pathAtBase: (file) => file };

/**
 * The references that mean something in the code of the base and nothing any more in that of the head. What tells of
 * the past is left out.
 *
 * @param references As they stand in the docs now.
 */
export function staleReferences(
  references: readonly Reference[],
  base: ProjectCode,
  head: ProjectCode,
  told: Told = NOTHING,
): StaleReference[] {
  return references.flatMap((reference): StaleReference[] => {
    if (reference.context.isHistory) return [];
    const file = told.pathAtBase(reference.file);
    const was = resolve(file === reference.file ? reference : { ...reference, file }, base);
    if (was.kind !== 'found') return [];
    const now = resolve(reference, head);
    if (now.kind === 'found') return [];
    // Code that can't be read through may still have a name; where the change shows its new one, it has not.
    const isStale =
      isGone(reference, was.symbol, now, head) || told.isElsewhere(reference, was.symbol);
    return isStale ? [{ reference, was: was.symbol, now }] : [];
  });
}

/** Another thing of the same name makes a name unclear, and so does code that can't be read: then nothing is gone. */
function isGone({ kind }: Reference, was: CodeSymbol, now: Resolution, head: ProjectCode): boolean {
  if (now.kind === 'broken') return true;
  switch (was.kind) {
    case 'option':
      // Of one that is gone, its name is stale.
      if (kind === 'default') return false;
      return !head.settings.options.has(was.name);
    case 'env':
      return head.settings.variable(was.name) === undefined;
    case 'file':
      return !head.paths.has(was.name);
    case 'parameter':
    case 'heading':
    case 'label':
      return false;
    default:
      if (kind === 'config-key') return head.settings.string(was.name, 'variable') === undefined;
      return head.lookup(was.name.split('.')).kind === 'missing';
  }
}
