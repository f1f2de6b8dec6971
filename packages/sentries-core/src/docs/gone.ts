import type { ProjectCode } from './code/project-code';
import type { CodeSymbol, Reference, Resolution } from './reference';
import type { resolve } from './resolve/resolve';

/** What a reference means in the code of the head that meant a thing at the base. */
export function meaningNow(
  reference: Reference,
  was: CodeSymbol,
  base: ProjectCode,
  head: ProjectCode,
  means: typeof resolve,
): Resolution {
  if (isUndeclared(reference, was, base, head)) return UNDECLARED;
  return unlessModule(means(reference, head), was);
}

/** What a package took from its module of the same name gives way to the module itself, once it has another name. */
const unlessModule = (now: Resolution, was: CodeSymbol): Resolution =>
  now.kind === 'found' && now.symbol.kind === 'module' && was.kind !== 'module'
    ? { kind: 'not ours', why: 'it is a module now' }
    : now;

/** Another thing of the same name makes a name unclear, and so does code that can't be read: then nothing is gone. */
export function isGone(
  { kind }: Reference,
  was: CodeSymbol,
  now: Resolution,
  head: ProjectCode,
): boolean {
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

/** What is asked of a value whose own name is stale: where that is put right, this is. */
export function isMadeOfStale({ name }: Reference, base: ProjectCode, head: ProjectCode): boolean {
  const end = name.lastIndexOf('()');
  if (end < 0) return false;
  const [was, is] = [base, head].map((code) => code.lookup(name.slice(0, end).split('.')));
  return was!.kind === 'found' && is!.kind !== 'found';
}
