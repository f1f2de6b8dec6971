import {
  exchangedException,
  isRaisedBelow,
  lastWord,
  mayBeKindOf,
  type Exchanged,
} from './code/raised';
import type { Home, ProjectCode } from './code/project-code';
import type { CodeSymbol, Reference } from './reference';
import { homeOf } from './resolve/names';
import { resolve } from './resolve/resolve';
import type { StaleReference } from './stale';

/** A told exception that its function does not raise any more, for it raises another one in its place. */
export interface StaleException extends Exchanged {
  readonly was: Home;
  readonly is: Home;
}

/** Undefined where the function may raise it still, or where what it raises now is of the told kind. */
export function staleException(
  reference: Reference,
  base: ProjectCode,
  head: ProjectCode,
): StaleException | undefined {
  const { kind, name, context } = reference;
  if (kind !== 'exception' || context.describes === null) return undefined;
  const [was, is] = [base, head].map((code) => homeOf(context.describes!, reference, code));
  if (was?.kind !== 'function' || is?.kind !== 'function') return undefined;
  const exchanged = exchangedException(was, is);
  if (!exchanged || lastWord(exchanged.old.name) !== lastWord(name)) return undefined;
  const { old, new: now } = exchanged;
  const isStill = mayBeKindOf(now.name, old.name, is, head) || isRaisedBelow(old.name, is, head);
  return isStill ? undefined : { ...exchanged, was, is };
}

/** The exceptions that docs tell of functions which raise others now; not where the docs tell those, too. */
export function staleExceptions(
  references: readonly Reference[],
  known: ReadonlySet<Reference>,
  base: ProjectCode,
  head: ProjectCode,
): StaleReference[] {
  return references.flatMap((reference): StaleReference[] => {
    if (known.has(reference) || reference.context.isHistory) return [];
    const found = staleException(reference, base, head);
    if (!found) return [];
    const { old, new: now, was, is } = found;
    const { file, context } = reference;
    const isTold = references.some(
      (other) =>
        other.kind === 'exception' &&
        other.file === file &&
        other.context.describes === context.describes &&
        lastWord(other.name) === lastWord(now.name),
    );
    if (isTold) return [];
    const meant = resolve(reference, base);
    const line: CodeSymbol = {
      ...{ kind: 'class', name: reference.name, file: was.module.file, line: old.line },
    };
    const symbol = meant.kind === 'found' ? meant.symbol : line;
    const reason = `${is.module.name}.${is.path} raises ${now.name} instead`;
    const broken = { kind: 'broken', reason, holder: null, candidates: [] } as const;
    return [{ reference, was: symbol, now: { ...broken, certainty: 'sure' } }];
  });
}
