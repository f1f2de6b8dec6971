import type { ChangeSet } from '../change/change-set';
import { isSameType, outerName, typeForms, type TypeForms } from '../python/annotation';
import { offersOf } from './code/module-facts';
import type { ProjectCode } from './code/project-code';
import { toldType, type ToldType } from './read/told-type';
import type { Reference } from './reference';
import { nameAtBase, nameAtHead, placeAtBase } from './renamed';
import { giverOf, symbolOf, type Giver } from './resolve/returns';
import { BUILTINS } from './resolve/words';
import type { StaleReference } from './stale';

/** A told type that was the annotation of its function, which has another one now. */
export interface StaleReturn {
  readonly told: ToldType;
  readonly was: Giver;
  readonly is: Giver;
}

/** Undefined where the text told another type, or where what it tells is true of the new one as well. */
export function staleReturn(
  reference: Reference,
  base: ProjectCode,
  head: ProjectCode,
  change: ChangeSet,
): StaleReturn | undefined {
  const { kind, of, context } = reference;
  if ((kind !== 'return' && kind !== 'yield') || of === null || context.isHistory) return undefined;
  const told = toldType(reference.text);
  const old = giverOf(of, reference, base);
  const now = giverOf(of, reference, head);
  const [before, after] = [
    old ? undefined : (nameAtBase(of, change) ?? placeAtBase(of, change)),
    now || !old ? undefined : nameAtHead(symbolOf(old).name.slice(0, -2), change),
  ];
  const was = old ?? (before === undefined ? undefined : giverOf(before, reference, base));
  const is = now ?? (after === undefined ? undefined : giverOf(after, reference, head));
  if (!told || !was || !is || told.forms.join() !== typeForms(was.type ?? '')?.join())
    return undefined;
  if (isSameType(was.returned.type, is.returned.type)) return undefined;
  const forms = is.type === undefined ? [] : typeForms(is.type);
  const isDoubtful =
    !forms || isTrueStill(told.forms, forms) || isOpen(was, base) || isOpen(is, head);
  return isDoubtful ? undefined : { told, was, is };
}

/** The types that docs tell of functions which have other annotations now. */
export function staleReturns(
  references: readonly Reference[],
  known: ReadonlySet<Reference>,
  base: ProjectCode,
  head: ProjectCode,
  change: ChangeSet,
): StaleReference[] {
  return references.flatMap((reference): StaleReference[] => {
    if (known.has(reference)) return [];
    const found = staleReturn(reference, base, head, change);
    if (!found || isMendedByNames(reference, found, known)) return [];
    const { was, is } = found;
    const now = symbolOf(is);
    const reason = `${now.name.slice(0, -2)} ${told(reference, is)}`;
    const broken = { kind: 'broken', reason, holder: null, candidates: [] } as const;
    return [{ reference, was: symbolOf(was), now: { ...broken, certainty: 'sure' } }];
  });
}

const told = ({ kind }: Reference, { type }: Giver): string =>
  type === undefined ? 'yields nothing' : `${kind}s ${type}`;

/** True where the names in the text are stale as well, and it is right as soon as they are put right. */
function isMendedByNames(
  { file, span, text }: Reference,
  { is }: StaleReturn,
  known: ReadonlySet<Reference>,
): boolean {
  const names = [...known].filter(
    (other) => other.file === file && span.start <= other.span.start && other.span.end <= span.end,
  );
  if (names.length === 0) return false;
  let pattern = '';
  let at = span.start;
  for (const one of names) {
    pattern += `${literal(text.slice(at - span.start, one.span.start - span.start))}[\\w.]+`;
    at = one.span.end;
  }
  pattern += literal(text.slice(at - span.start));
  const bare = (marked: string): string => marked.replace(/:[\w:]+:(?=`)|[`~"'\s]/g, '');
  return new RegExp(`^${bare(pattern)}$`).test(bare(is.type ?? ''));
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * True where the annotation only says more exactly what the text tells, or where nobody can say whether it is another type:
 * a name may stand for it now, or have stood for it before.
 */
function isTrueStill(told: TypeForms, now: TypeForms): boolean {
  if ([...told, ...now].some((form) => /^(Any|object|Self)$/.test(form))) return true;
  const isOf = (form: string, one: string): boolean => form === one || wider(form) === one;
  return (
    now.every((form) => told.some((one) => isOf(form, one))) &&
    told.every((one) => now.some((form) => isOf(form, one)))
  );
}

/** A type that says less of the same. */
function wider(form: string): string {
  if (/^(TypeGuard|TypeIs)\[/.test(form)) return 'bool';
  return /^Literal\[["']/.test(form) ? 'str' : outerName(form);
}

/** True where a name in a type is none of a class: an alias, what stands for any type, or one that nothing explains. */
function isOpen({ home, type = '' }: Giver, code: ProjectCode): boolean {
  const { imports } = offersOf(home.module.source);
  const names = type.replace(/Literal\[[^\]]*\]/g, '').match(/[A-Za-z_][\w.]*/g) ?? [];
  return names.some((name) => {
    const words = name.split('.');
    const found = code.within(home.module, words);
    if (found.kind === 'found') return found.symbol.kind === 'variable' && found.home !== null;
    return !imports.has(words[0]!) && !BUILTINS.has(name);
  });
}
