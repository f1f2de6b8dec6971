import type { ProjectCode } from './code/project-code';
import type { CodeSymbol, Reference } from './reference';
import { isLikely } from './resolve/likely';

/**
 * Says of references that were found by their last words at the base, and lead nowhere now, whether that was what they meant.
 *
 * @param references All of the docs: they tell which pages are about the project.
 */
export function believableGuesses(
  references: readonly Reference[],
  base: ProjectCode,
  head: ProjectCode,
): (reference: Reference, was: CodeSymbol) => boolean {
  const about = filesAbout(references, base);
  return (reference, was) =>
    // What the last word alone meant may be there: then something before it is gone.
    head.lookup(was.name.split('.')).kind !== 'found' &&
    isLikely(reference, was, base, head, about.has(reference.file));
}

/** The files that name something of the project by its whole name: by an import, a role, or in words. */
function filesAbout(references: readonly Reference[], code: ProjectCode): Set<string> {
  const files = new Set<string>();
  for (const { kind, name, file, evidence } of references) {
    if (files.has(file) || evidence.includes('unexplained') || name.includes('()')) continue;
    const words = name.split('.');
    const isWhole = kind === 'module' || (NAMING.has(kind) && words.length > 1);
    if (isWhole && code.isOwn(words[0]!) && code.lookup(words).kind === 'found') files.add(file);
  }
  return files;
}

const NAMING: ReadonlySet<Reference['kind']> = new Set([
  'dotted',
  'call',
  'import',
  'signature',
  'exception',
]);
