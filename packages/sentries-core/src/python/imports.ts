import { ImportFinder, type ReferenceKind } from './import-finder';
import { PythonLexer } from './lexer';
import { toUtf8, type SourceFault } from './source-bytes';

export type { ReferenceKind } from './import-finder';

/** A place where a Python file names a module. */
export interface ModuleReference {
  /**
   * Dotted; relative ones keep their leading dots. `from a import b` is `a.b` (whether `b` is a module is not
   * known here), `from a import *` is `a`, `from . import x` is `.x`, `from .. import *` is `..`.
   */
  readonly module: string;
  /** The 1-based line of the import statement, or of the string. */
  readonly line: number;
  readonly kind: ReferenceKind;
  /**
   * In the body or a handler of a `try` that gets over a missing module: an `except` names `ImportError`,
   * `ModuleNotFoundError`, `Exception` or `BaseException`, or nothing.
   */
  readonly weak: boolean;
  /**
   * Switched off by a comment `# sentries: ignore-dep`: on the first or the last line of the statement, or on
   * the line in between on which the name or the string stands.
   */
  readonly ignored: boolean;
}

export interface ScannedFile {
  /** By line. */
  readonly references: readonly ModuleReference[];
  /** Why the file is not Python text, if so. Then the references are what could be found all the same. */
  readonly fault: SourceFault | null;
}

export interface ScanOptions {
  /** Also strings that read like the dotted name of a module: ASCII identifiers and at least one dot. */
  readonly strings?: boolean;
}

/**
 * Finds every module that a Python file names, in one pass over its bytes. It takes any bytes, and never
 * throws. A string counts as it stands there: one with escapes or replacement fields names nothing.
 */
export function scanImports(source: Uint8Array, options: ScanOptions = {}): ScannedFile {
  const { bytes, fault } = toUtf8(source);
  const lexer = new PythonLexer(bytes);
  const finder = new ImportFinder(lexer, options.strings ?? false);
  const found = finder.find();
  const weak = finder.attempts.weak(found.length);
  const off = new Set(lexer.ignoring.map((place) => lexer.lineOf(place)));
  const references = found.map(({ module, kind, own, from, statement: { first, last } }, at) => {
    const ignored =
      off.size > 0 && [own, first, last].some((place) => off.has(lexer.lineOf(place)));
    return { module, line: lexer.lineOf(from), kind, weak: weak[at]!, ignored };
  });
  // What is found after a fault may stand before what was found in spite of it.
  if (lexer.fault) references.sort((one, other) => one.line - other.line);
  return { references, fault: fault ?? lexer.fault };
}
