import type { ChangeSet } from '../change/change-set';
import type { LiteralChange } from '../change/literals';
import { spanOf, type PythonSource, type Span } from '../python/syntax';
import type { ValuePair } from './correspondence';
import { explainLeaves } from './explain';
import { meaningOf, type Meaning } from './meaning';

/** What an edit makes of the values in a test. */
export interface Altered {
  /** Old → new, for people. */
  readonly shown: readonly string[];
  /** Where they stood. */
  readonly places: readonly Span[];
  /** The literals of the change that explain all of it; undefined where they do not. */
  readonly causes: readonly LiteralChange[] | undefined;
}

/**
 * The values of a test that an edit changes, each in its place: expected values, exceptions and texts, and what a test gives
 * to the code. The change has to explain every one of them.
 *
 * @returns undefined where no value is altered.
 */
export function alteredValues(
  file: string,
  before: PythonSource,
  pairs: readonly ValuePair[],
  change: ChangeSet,
): Altered | undefined {
  if (pairs.length === 0) return undefined;
  const shown = pairs.map((pair) => `${pair.before.text} → ${pair.now.text}`);
  const places = pairs.map((pair) => spanOf(pair.before));
  const open = pairs
    .map((pair) => ({ before: meaningOf(pair.before)!, now: meaningOf(pair.now)! }))
    .filter((pair) => !isRenamed(pair, change));
  // What the change wrote was meant so.
  const wrote = pairs.some((pair) => change.wrote(file, before.lineOf(pair.before)));
  const causes = wrote ? undefined : open.length === 0 ? [] : explainAll(open, change.literals);
  return { shown, places, causes };
}

interface Meanings {
  readonly before: Meaning;
  readonly now: Meaning;
}

/** A class that the change gave another name is the same one. */
function isRenamed({ before, now }: Meanings, change: ChangeSet): boolean {
  if (!('name' in before) || !('name' in now)) return false;
  return [...change.renames, ...change.deprecations].some(
    (rename) => rename.oldName === before.name && rename.newName === now.name,
  );
}

function explainAll(
  pairs: readonly Meanings[],
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const causes = new Set<LiteralChange>();
  for (const { before, now } of pairs) {
    if (before.kind === 'exception' || now.kind === 'exception') {
      const [old, other] = [before, now].map((one) =>
        one.kind === 'exception' ? one.name : undefined,
      );
      const cause = literals.find(
        (one) => one.kind === 'exception' && one.old === old && one.new === other,
      );
      if (!cause) return undefined;
      causes.add(cause);
      continue;
    }
    const own = explainLeaves([{ before, now }], literals);
    if (!own) return undefined;
    for (const cause of own) causes.add(cause);
  }
  return [...causes];
}
