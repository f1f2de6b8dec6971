import { believableGuesses } from './believable';
import type { ProjectCode } from './code/project-code';
import { isGone, isMadeOfStale, meaningNow } from './gone';
import type { CodeSymbol, Reference, Resolution } from './reference';
import { resolvePart } from './resolve/names';
import { resolve } from './resolve/resolve';

/** A reference that a change made stale. */
export interface StaleReference {
  readonly reference: Reference;
  /** What it meant at the base. */
  readonly was: CodeSymbol;
  readonly now: Exclude<Resolution, { kind: 'found' }>;
  /** It was found by its last word, and something else spoke for it. */
  readonly isGuess?: boolean;
}

/** What is known of the change beyond its two sides. */
export interface Told {
  /** The change itself shows what became of a thing: it has another name, or another place. */
  isElsewhere(reference: Reference, was: CodeSymbol): boolean;
  /** The change gave a thing another place, or its holder another name: its last word still says what it did. */
  keepsItsWord(reference: Reference, was: CodeSymbol): boolean;
  /** The path that a file had at the base: a page may have moved, and its links with it. */
  pathAtBase(file: string): string;
}

const NOTHING: Told = {
  isElsewhere: () => false,
  keepsItsWord: () => false,
  pathAtBase: (file) => file,
};

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
  const isBelievable = believableGuesses(references, base, head);
  const staleAs = (means: typeof resolve, reference: Reference): StaleReference | undefined => {
    const file = told.pathAtBase(reference.file);
    const meant = means(file === reference.file ? reference : { ...reference, file }, base);
    if (meant.kind !== 'found') return undefined;
    const { symbol: was, isGuess = false } = meant;
    const now = meaningNow(reference, was, base, head, means);
    const isStale =
      now.kind !== 'found' &&
      // Code that can't be read through may still have a name; where the change shows its new one, it has not.
      (isGone(reference, was, now, head) || told.isElsewhere(reference, was)) &&
      !isMadeOfStale(reference, base, head) &&
      (!isGuess || (!told.keepsItsWord(reference, was) && isBelievable(reference, was)));
    return isStale ? { reference, was, now, ...(isGuess && { isGuess }) } : undefined;
  };
  return references.flatMap((reference): StaleReference[] => {
    if (reference.context.isHistory && !isFollowed(reference)) return [];
    const found = staleAs(resolve, reference) ?? staleAs(resolvePart, reference);
    return found ? [found] : [];
  });
}

/** Tools and readers follow it, so it has to lead somewhere, whatever the text around it tells of. */
const isFollowed = ({ context: { part, markup } }: Reference): boolean =>
  part === 'link' ||
  /^(auto.+|:::|click|doc|download|toctree|include|literalinclude|image|figure|ref)$/.test(
    markup ?? '',
  );
