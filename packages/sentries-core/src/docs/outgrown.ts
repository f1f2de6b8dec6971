import type { Signature } from '../change/signatures';
import type { Home, ProjectCode } from './code/project-code';
import type { Reference } from './reference';
import { homeOf } from './resolve/names';
import type { StaleReference } from './stale';
import {
  isComplete,
  isSameItem,
  itemsOf,
  signatureAt,
  type SignatureItem,
  type WrittenSignature,
} from './written-signature';

/** A signature that got more parameters, and lost none. */
export interface Outgrown {
  readonly home: Home;
  readonly old: Signature;
  readonly new: Signature;
  /** What came, and how many of the old items stand before it; in the order of the new signature. */
  readonly added: readonly { readonly item: SignatureItem; readonly after: number }[];
}

const FUNCTION = /(function|method|decorator)$/;

/** What the signature that a text writes has become; undefined where it is no signature, or another change than of more parameters. */
export function outgrown(
  reference: Reference,
  base: ProjectCode,
  head: ProjectCode,
): Outgrown | undefined {
  const { kind, name, context } = reference;
  const isDirective = kind === 'signature' && context.part === 'directive';
  const isHeading = kind === 'call' && context.part === 'heading';
  if (!isDirective && !isHeading) return undefined;
  const [was, is] = [homeOf(name, reference, base), homeOf(name, reference, head)];
  if (!is || was?.kind !== is.kind) return undefined;
  if (was.kind === 'class' && FUNCTION.test(context.markup ?? '')) return undefined;
  const [old, now] = [base.signature(was), head.signature(is)];
  if (!old || !now) return undefined;
  const [before, after] = [itemsOf(old), itemsOf(now)];
  const added: { item: SignatureItem; after: number }[] = [];
  let kept = 0;
  for (const item of after) {
    const next = before[kept];
    if (next && isSameItem(item, next)) kept += 1;
    else added.push({ item, after: kept });
  }
  return kept === before.length && added.length > 0
    ? { home: is, old, new: now, added }
    : undefined;
}

/** The signature as the text writes it, where it was the whole of what the code had, and is alone. */
export function writtenInFull(
  { span, context }: Reference,
  { old }: Pick<Outgrown, 'old'>,
  text: string,
): WrittenSignature | undefined {
  const written = signatureAt(text, span.end);
  if (!written || !isComplete(written, old)) return undefined;
  if (context.part === 'heading' && !isWholeLine(text, span.start, written.inside.end))
    return undefined;
  // Another signature on the next line may be that of the new parameters.
  const next = /^[^\n]*\n[ \t]*([^\n]*)/.exec(text.slice(written.inside.end))?.[1]?.trim() ?? '';
  return next === '' || /^(:[\w-]|\.\. |[-=~^]{3})/.test(next) ? written : undefined;
}

/** True where nothing but marks and words for its kind stand around a signature: what else a heading says is of one call. */
function isWholeLine(text: string, start: number, end: number): boolean {
  const before = /[^\n]*$/.exec(text.slice(0, start))![0];
  const after = /^[^\n]*/.exec(text.slice(end + 1))![0];
  const kinds =
    /\b(async|def|class|function|method|classmethod|staticmethod|constructor|decorator)\b/gi;
  return (
    !/\w/.test(before.replace(/^[#\s]*[\d.]*/, '').replace(kinds, '')) &&
    !/\w/.test(after.replace(/->.*|\{#[^}]*\}|<[^>]*>/, '').replace(kinds, ''))
  );
}

/** Signatures that were complete at the base as far as the code tells, and may be no more. */
export function outgrownSignatures(
  references: readonly Reference[],
  known: ReadonlySet<Reference>,
  base: ProjectCode,
  head: ProjectCode,
): StaleReference[] {
  return references.flatMap((reference): StaleReference[] => {
    if (known.has(reference) || reference.context.isHistory) return [];
    const more = outgrown(reference, base, head);
    if (!more) return [];
    const { home, new: now, added } = more;
    const name = `${home.module.name}.${home.path}`;
    const kind = home.kind === 'class' ? 'class' : 'function';
    const symbol = { kind, name, file: home.module.file, line: now.line } as const;
    const names = added.map(({ item }) => item.name).filter(Boolean);
    const reason = `its signature does not tell ${names.join(', ')}`;
    const broken = { kind: 'broken', reason, holder: symbol } as const;
    return [{ reference, was: symbol, now: { ...broken, candidates: [], certainty: 'sure' } }];
  });
}
