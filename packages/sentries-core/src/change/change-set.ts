import type { Repository } from '../git/repository';
import { encodeSource, isPython } from '../python/text';
import type { Span } from '../python/syntax';
import { callnessChanges, type CallnessChange } from './callness';
import type { ChangedFile } from './changed-file';
import { documentedLines, type DocumentedLine } from './documentation';
import { fateOf, type Fate } from './fate';
import { fixtureRenames } from './fixtures';
import { isCalledThroughout, isRenamedThroughout, unlessUsed } from './follow-through';
import { hunksOf } from './line-hunks';
import { literalChanges, type LiteralChange } from './literals';
import { signatureChanges, type SignatureChange } from './parameters';
import { removals, type Removal } from './moves';
import { deprecations, symbolRenames, type SymbolRename } from './renames';

export type Measured = <T>(work: () => T) => T;

/**
 * What changed between base and head, as far as a repair may draw on it: cut to the project and to what
 * it depends on. What the lines mean is worked out on first use.
 */
export class ChangeSet {
  readonly #known = new Map<string, unknown>();

  /**
   * @param files Code under test.
   * @param tests Test files that the change touched too: they are what is repaired, not the cause.
   * @param texts Texts beside the code, read as if they were Python.
   * @param bystanders Unchanged code that mentions what the change took away or calls in another way.
   * @param measured Takes the time in which it is worked out what the lines mean.
   */
  constructor(
    readonly files: readonly ChangedFile[],
    readonly tests: readonly ChangedFile[] = [],
    private readonly texts: readonly ChangedFile[] = [],
    private readonly bystanders: readonly ChangedFile[] = [],
    private readonly measured: Measured = (work) => work(),
  ) {}

  /** Code that may use what the change took away: where it still does, nothing was moved or renamed for good. */
  get users(): readonly ChangedFile[] {
    return [...this.files, ...this.bystanders];
  }

  /** Nothing of the code under test changed. */
  get isEmpty(): boolean {
    return this.files.length === 0;
  }

  get renames(): readonly SymbolRename[] {
    return this.#once('renames', () =>
      symbolRenames(this.files).filter((one) => isRenamedThroughout(one, this.users)),
    );
  }

  /** Renames whose old names still stand, and warn. */
  get deprecations(): readonly SymbolRename[] {
    return this.#once('deprecations', () => deprecations(this.files));
  }

  /** Fixtures are renamed on the side of the tests, too. */
  get fixtures(): readonly SymbolRename[] {
    return this.#once('fixtures', () =>
      fixtureRenames([...this.files, ...this.tests].filter(({ path }) => isPython(path))),
    );
  }

  /** What is gone from a module, and where it may have gone. */
  get removals(): readonly Removal[] {
    return this.#once('removals', () =>
      removals(this.files).map((one) => unlessUsed(one, this.users)),
    );
  }

  /** What is called in another way than before. */
  get signatures(): readonly SignatureChange[] {
    return this.#once('signatures', () => signatureChanges(this.files, this.renames));
  }

  /** Properties that are methods now, and methods that are properties. */
  get callness(): readonly CallnessChange[] {
    return this.#once('callness', () =>
      callnessChanges(this.files).filter((one) => isCalledThroughout(one, this.users)),
    );
  }

  /** What the change says in words. */
  get documentation(): readonly DocumentedLine[] {
    return this.#once('documentation', () => documentedLines(this.files, this.texts));
  }

  /** Files that are at another place now, as git tells them. */
  get moves(): readonly ChangedFile[] {
    return [...this.files, ...this.tests].filter(({ status }) => status === 'renamed');
  }

  /** What became of a dotted name of the code under test; undefined where it still stands. */
  fateOf(dotted: string): Fate | undefined {
    return fateOf(dotted, this);
  }

  get literals(): readonly LiteralChange[] {
    return this.#once('literals', () => this.files.flatMap((file) => literalChanges(file)));
  }

  /** True where a line of a test file is the change's own: what it says was meant for the new code. */
  wrote(path: string, line: number): boolean {
    const test = this.tests.find((file) => file.path === path);
    if (!test?.new) return false;
    return hunksOf(test).some((hunk) => hunk.new.start <= line && line < hunk.new.end);
  }

  #once<T>(what: string, work: () => T): T {
    if (!this.#known.has(what)) this.#known.set(what, this.measured(work));
    return this.#known.get(what) as T;
  }
}

/** Paths from the workspace root with the bytes of the files; null for files that are not there. */
export type SourceFiles = ReadonlyMap<string, Buffer | null>;

/** Files of a change as they were at its base. */
export async function filesAtBase(
  repository: Repository,
  base: string,
  changed: readonly Pick<ChangedFile, 'path' | 'oldPath' | 'status'>[],
): Promise<SourceFiles> {
  const files = new Map<string, Buffer | null>();
  for (const { path, oldPath, status } of changed) {
    if (status === 'added' || path !== oldPath) files.set(path, null);
    if (status !== 'added') files.set(oldPath, await repository.read(base, oldPath));
  }
  return files;
}

/**
 * The files at head in which literals stand as they did at the base, and all else as it is: the source on
 * which a test must fail whose new value is explained by these literals.
 */
export function sourceWithout(change: ChangeSet, literals: readonly LiteralChange[]): SourceFiles {
  const files = new Map<string, Buffer>();
  for (const { path, new: now, encoding } of change.files) {
    const own = alike(change, literals).filter(({ file }) => file === path);
    if (!now || own.length === 0) continue;
    const text = exchanged(
      now.text,
      own.map(({ span, oldToken }) => [span, oldToken]),
    );
    files.set(path, encodeSource(text, encoding));
  }
  return files;
}

/**
 * The source of the base in which literals stand as they do at head: the source on which the new value must
 * be there already, if these literals are the whole cause. Empty where that is the source at head.
 */
export function sourceWith(
  change: ChangeSet,
  base: SourceFiles,
  literals: readonly LiteralChange[],
): SourceFiles {
  if (literals.length === 0) return new Map();
  const files = new Map(base);
  let isHead = true;
  for (const { path, oldPath, old, new: now, encoding } of change.files) {
    const own = alike(change, literals).filter(({ file }) => file === path);
    const text =
      old &&
      exchanged(
        old.text,
        own.map(({ oldSpan, newToken }) => [oldSpan, newToken]),
      );
    if (text !== null && own.length > 0) files.set(oldPath, encodeSource(text, encoding));
    isHead &&= text !== null && text === now?.text && path === oldPath;
  }
  return isHead ? new Map() : files;
}

/** These literals and all others that the change replaced in the same way: any of them may be the cause. */
function alike(change: ChangeSet, literals: readonly LiteralChange[]): LiteralChange[] {
  const same = (one: LiteralChange) => (other: LiteralChange) =>
    one.kind === other.kind && one.old === other.old && one.new === other.new;
  return change.literals.filter((one) => literals.some(same(one)));
}

function exchanged(text: string, edits: readonly (readonly [Span, string])[]): string {
  return edits
    .toSorted(([a], [b]) => b.start - a.start)
    .reduce((so, [span, token]) => so.slice(0, span.start) + token + so.slice(span.end), text);
}
