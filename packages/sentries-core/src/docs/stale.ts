import type { ProjectCode } from './code/project-code';
import type { CodeSymbol, Reference, Resolution } from './reference';
import { isLikely } from './resolve/guesses';
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
  const about = filesAbout(references, base);
  return references.flatMap((reference): StaleReference[] => {
    if (reference.context.isHistory && !isFollowed(reference)) return [];
    const file = told.pathAtBase(reference.file);
    const atBase = file === reference.file ? reference : { ...reference, file };
    const stale = (means: typeof resolve): StaleReference | undefined => {
      const was = means(atBase, base);
      if (was.kind !== 'found') return undefined;
      const now = isUndeclared(reference, was.symbol, base, head)
        ? UNDECLARED
        : unlessModule(means(reference, head), was.symbol);
      if (now.kind === 'found') return undefined;
      // Code that can't be read through may still have a name; where the change shows its new one, it has not.
      const isStale =
        isGone(reference, was.symbol, now, head) || told.isElsewhere(reference, was.symbol);
      const { isGuess = false } = was;
      if (isGuess && told.keepsItsWord(reference, was.symbol)) return undefined;
      // What the last word alone meant is there: something before it is gone.
      if (isGuess && head.lookup(was.symbol.name.split('.')).kind === 'found') return undefined;
      if (isMadeOfStale(reference, base, head)) return undefined;
      const isDoubtful =
        isGuess && !isLikely(reference, was.symbol, base, head, about.has(reference.file));
      return isStale && !isDoubtful
        ? { reference, was: was.symbol, now, ...(isGuess && { isGuess }) }
        : undefined;
    };
    const found = stale(resolve) ?? stale(resolvePart);
    return found ? [found] : [];
  });
}

/** What a package took from its module of the same name gives way to the module itself, once it has another name. */
const unlessModule = (now: Resolution, was: CodeSymbol): Resolution =>
  now.kind === 'found' && now.symbol.kind === 'module' && was.kind !== 'module'
    ? { kind: 'not ours', why: 'it is a module now' }
    : now;

/** What is asked of a value whose own name is stale: where that is put right, this is. */
function isMadeOfStale({ name }: Reference, base: ProjectCode, head: ProjectCode): boolean {
  const end = name.lastIndexOf('()');
  if (end < 0) return false;
  const [was, is] = [base, head].map((code) => code.lookup(name.slice(0, end).split('.')));
  return was!.kind === 'found' && is!.kind !== 'found';
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

/** Tools and readers follow it, so it has to lead somewhere, whatever the text around it tells of. */
const isFollowed = ({ context: { part, markup } }: Reference): boolean =>
  part === 'link' ||
  /^(auto.+|:::|click|doc|download|toctree|include|literalinclude|image|figure|ref)$/.test(
    markup ?? '',
  );

const UNDECLARED = { kind: 'not ours', why: 'it is declared no more' } as const;

/** An option that was declared and is not: that a message or a comment still mentions it, makes it none. */
const isUndeclared = (
  { kind }: Reference,
  was: CodeSymbol,
  { settings: before }: ProjectCode,
  { settings: after }: ProjectCode,
): boolean =>
  was.kind === 'option' &&
  kind === 'option' &&
  before.declares(was.name) &&
  !after.declares(was.name) &&
  !after.hasImplicitOptions &&
  !after.writes(was.name);

/** Another thing of the same name makes a name unclear, and so does code that can't be read: then nothing is gone. */
function isGone({ kind }: Reference, was: CodeSymbol, now: Resolution, head: ProjectCode): boolean {
  if (now.kind === 'broken') return true;
  switch (was.kind) {
    case 'option':
      // Of one that is gone, its name is stale.
      if (kind === 'default') return false;
      return now === UNDECLARED || !head.settings.options.has(was.name);
    case 'env':
      return head.settings.variable(was.name) === undefined;
    case 'file':
      return !head.paths.has(was.name);
    case 'parameter':
    case 'return':
    case 'heading':
    case 'label':
      return false;
    default:
      if (kind === 'config-key') return head.settings.string(was.name, 'variable') === undefined;
      return head.lookup(was.name.split('.')).kind === 'missing';
  }
}
