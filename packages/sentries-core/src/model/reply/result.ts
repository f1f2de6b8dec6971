import { applyOperations, conflicts, type Operation } from '../../patch/operation';
import { enclosing, PythonSource, type Node, type Span } from '../../python/syntax';
import { plainQuotes, unescaped, withEscapesInStrings } from './clean';
import { isElidingComment, isElidingLine, isElidingText } from './elision';
import { compareLines, linesOf } from './lines';
import type { EditableText } from '../../repair/strategy';
import type { Replacement } from './locate';
import { Refused } from './refusal';

/**
 * The replacements of one file as operations, one for each run of lines that really differ.
 *
 * @throws Refused where two of them claim the same text, where the result is no Python and the file was, and where
 *   the new text leaves something out that it replaces.
 */
export function operationsBetween(
  file: string,
  source: PythonSource,
  replacements: readonly Replacement[],
): Operation[] {
  const edits = editsOf(file, source, replacements);
  if (edits.length === 0) return [];
  const result = resultOf(file, source, edits);
  const operations = hunks(file, source.text, result.text);
  refuseElisions(operations, source, result);
  return operations;
}

/**
 * The same for a text of any kind.
 *
 * @throws Refused where two of them claim the same text, and where the new text leaves something out.
 */
export function textOperations(
  file: string,
  text: EditableText,
  replacements: readonly Replacement[],
): Operation[] {
  const edits = editsOf(file, text, replacements);
  const eliding = edits
    .flatMap(({ before, after }) => linesWithout(after, before))
    .find(isElidingLine);
  if (eliding !== undefined) refuseElided(eliding);
  return edits.length > 0 ? hunks(file, text.text, applyOperations(text.text, edits)) : [];
}

function editsOf(
  file: string,
  source: EditableText,
  replacements: readonly Replacement[],
): Operation[] {
  const edits = replacements
    .map(({ span, after }) => ({
      file,
      span,
      before: source.text.slice(span.start, span.end),
      after,
    }))
    // Models quote the old text beside the new one.
    .filter(({ before, after }) => before !== after);
  refuseOverlaps(file, source, edits);
  return edits;
}

function refuseOverlaps(file: string, source: EditableText, edits: readonly Operation[]): void {
  edits.forEach((one, at) => {
    const other = edits
      .slice(at + 1)
      .find((another) => conflicts(one, another) || isSamePlace(one, another));
    if (!other) return;
    const line = source.lines.lineOf(Math.max(one.span.start, other.span.start));
    throw new Refused(
      'overlap',
      `Two of your edits replace the same text of ${file}, at line ${line}. Send one edit for it.`,
    );
  });
}

/** Two insertions at one place: which comes first would be an accident. */
function isSamePlace(one: Operation, other: Operation): boolean {
  return one.span.start === other.span.start && one.after !== other.after;
}

/** The file with the edits. Where that is no Python, what was damaged on its way into the reply is mended first. */
function resultOf(file: string, source: PythonSource, edits: readonly Operation[]): PythonSource {
  const same = (code: string): string => code;
  const repairs = [
    same,
    unescaped,
    withEscapesInStrings,
    plainQuotes,
    (code: string) => plainQuotes(unescaped(code)),
  ];
  const tried = new Set<string>();
  for (const repair of repairs) {
    const text = applyOperations(
      source.text,
      edits.map((edit) => ({ ...edit, after: repair(edit.after) })),
    );
    if (tried.has(text)) continue;
    tried.add(text);
    const result = new PythonSource(text);
    if (!result.root.hasError || source.root.hasError) return result;
  }
  const added = edits.flatMap(({ after, before }) => linesWithout(after, before));
  const eliding = added.find(isElidingLine);
  if (eliding !== undefined) refuseElided(eliding);
  throw new Refused(
    'not-python',
    `With your edit ${file} is no valid Python. Check brackets, quotes and indentation.`,
  );
}

/** One operation for each run of lines that differ. */
function hunks(file: string, old: string, now: string): Operation[] {
  const [oldLines, newLines] = [linesOf(old), linesOf(now)];
  const found: Operation[] = [];
  let [oldLine, newLine, at] = [0, 0, 0];
  let open: { start: number; before: string; after: string } | undefined;
  for (const { kind, count } of [
    ...compareLines(oldLines, newLines),
    { kind: 'both', count: 0 } as const,
  ]) {
    const before = kind === 'new' ? '' : oldLines.slice(oldLine, oldLine + count).join('');
    if (kind === 'both') {
      if (open)
        found.push({
          file,
          span: { start: open.start, end: at },
          before: open.before,
          after: open.after,
        });
      open = undefined;
    } else {
      open ??= { start: at, before: '', after: '' };
      open.before += before;
      if (kind === 'new') open.after += newLines.slice(newLine, newLine + count).join('');
    }
    at += before.length;
    if (kind !== 'new') oldLine += count;
    if (kind !== 'old') newLine += count;
  }
  return found;
}

function refuseElisions(
  operations: readonly Operation[],
  old: PythonSource,
  now: PythonSource,
): void {
  const oldSpans = operations.map(({ span }) => span);
  let moved = 0;
  const newSpans = operations.map(({ span, before, after }) => {
    const start = span.start + moved;
    moved += after.length - before.length;
    return { start, end: start + after.length };
  });
  const removed = new Set(nodesIn(old, 'comment', oldSpans).map(({ text }) => text));
  for (const comment of nodesIn(now, 'comment', newSpans)) {
    const line = now.lines.line(now.lineOf(comment));
    if (removed.has(comment.text)) continue;
    if (isElidingComment(comment.text, line.trim() === comment.text.trim())) refuseElided(line);
  }
  // What an ellipsis is in the new code it must have been in the old one.
  const ellipses = nodesIn(now, 'ellipsis', newSpans).filter((node) => !isSubscript(node));
  const before = nodesIn(old, 'ellipsis', oldSpans).filter((node) => !isSubscript(node));
  if (ellipses.length > before.length) refuseElided(now.lines.line(now.lineOf(ellipses[0]!)));
  for (const { before: was, after } of operations) {
    const line = linesWithout(after, was).find(isElidingText);
    if (line !== undefined) refuseElided(line);
  }
}

/** `tuple[int, ...]` and `array[..., 0]` mean what they say. */
function isSubscript(node: Node): boolean {
  const around = enclosing(
    node.parent!,
    'subscript',
    'type_parameter',
    'list',
    'tuple',
    'call',
    'block',
    'module',
  );
  return around?.type === 'subscript' || around?.type === 'type_parameter';
}

function nodesIn(source: PythonSource, type: string, spans: readonly Span[]): Node[] {
  return source
    .find(type)
    .filter((node) =>
      spans.some(({ start, end }) => node.startIndex >= start && node.startIndex < end),
    );
}

/** The lines of a text that another one does not have. */
function linesWithout(text: string, other: string): string[] {
  const there = new Set(other.split('\n').map((line) => line.trim()));
  return text.split('\n').filter((line) => !there.has(line.trim()));
}

function refuseElided(line: string): never {
  throw new Refused(
    'elided',
    `Your edit leaves something out (${JSON.stringify(line.trim().slice(0, 120))}). Write all lines that are to stand there.`,
  );
}
