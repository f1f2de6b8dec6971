import type { ChangeSet } from '../change/change-set';
import type { ChangedFile } from '../change/changed-file';
import { hunksOf, type LineHunk } from '../change/line-hunks';
import type { ExecutedLines } from '../pytest/lines';
import { ancestry, type Node, type PythonSource } from '../python/syntax';
import type { Suspect } from '../report/run-record';

const MAX_SUSPECTS = 10;

/**
 * The changed lines that a test executed, in the order of the change; where there are none, those that ran when
 * its modules were imported. A line counts as executed with the statement that it is part of, and a line that the
 * change took away with what stands around its place.
 */
export function suspectsOf(change: ChangeSet, executed: ExecutedLines, key: string): Suspect[] {
  const own = executed.tests.get(key);
  const inTest = change.files.flatMap((file) => changedLines(file, own?.get(file.path), false));
  const found =
    inTest.length > 0
      ? inTest
      : change.files.flatMap((file) => changedLines(file, executed.imported.get(file.path), true));
  return found.slice(0, MAX_SUSPECTS);
}

/** @param imported Whether the lines ran on import, where a definition's own line says nothing of its body. */
function changedLines(
  file: ChangedFile,
  executed: ReadonlySet<number> | undefined,
  imported: boolean,
): Suspect[] {
  const { path, oldPath, new: now } = file;
  if (!now || !executed) return [];
  const runs = (line: number): boolean => {
    const statement = statementAt(now, line);
    if (!statement || (imported && isDefinition(statement.node))) return false;
    return range(statement.start, statement.end + 1).some((each) => executed.has(each));
  };
  return hunksOf(file).flatMap((hunk) => {
    const added = range(hunk.new.start, hunk.new.end).filter((line) =>
      isCode(now.lines.line(line)),
    );
    if (added.length === 0) return around(hunk, now).some(runs) ? removed(hunk, oldPath) : [];
    return added
      .filter(runs)
      .map((line) => ({ file: path, line, side: 'head' as const, text: now.lines.line(line) }));
  });
}

const range = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);

const isCode = (line: string): boolean => !/^\s*(#|$)/.test(line);

/** The nearest lines of code before and after a hunk. */
function around({ new: { start, end } }: LineHunk, now: PythonSource): number[] {
  const isLineOfCode = (line: number): boolean => isCode(now.lines.line(line));
  return [
    range(1, start).findLast(isLineOfCode),
    range(end, now.lines.lineCount + 1).find(isLineOfCode),
  ].filter((line) => line !== undefined);
}

const removed = (hunk: LineHunk, file: string): Suspect[] =>
  hunk.removed
    .map((text, at) => ({ file, line: hunk.old.start + at, side: 'base' as const, text }))
    .filter(({ text }) => isCode(text));

/** The lines of the innermost statement on a line; of a compound one, those before its body. */
function statementAt(
  source: PythonSource,
  line: number,
): { node: Node; start: number; end: number } | undefined {
  const start = source.lines.lineStart(line) + /^\s*/.exec(source.lines.line(line))![0].length;
  for (const at of ancestry(source.nodeAt({ start, end: start + 1 }))) {
    if (!isStatement(at)) continue;
    const node = at.childForFieldName('definition') ?? at;
    const outer = node.parent?.type === 'decorated_definition' ? node.parent : node;
    const body = node.childForFieldName('body') ?? node.childForFieldName('consequence');
    const last = source.lines.lineOf(node.endIndex);
    const end = body ? Math.max(source.lineOf(node), source.lineOf(body) - 1) : last;
    return { node, start: source.lineOf(outer), end };
  }
  return undefined;
}

const isStatement = ({ type }: Node): boolean =>
  /(_statement|_definition|_clause)$/.test(type) && !EXPRESSIONS.has(type);

/** Clauses that are parts of an expression. */
const EXPRESSIONS = new Set(['for_in_clause', 'if_clause', 'with_clause']);

const isDefinition = ({ type }: Node): boolean => type.endsWith('_definition');
