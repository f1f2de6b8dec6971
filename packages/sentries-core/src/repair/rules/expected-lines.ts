import type { LiteralChange } from '../../change/literals';
import { literalValue, type PyValue } from '../../python/value';
import { explain } from '../explain';
import { explainText } from '../rewording';
import type { EditableText, Proposal, RepairContext } from '../strategy';
import { operationsOf, type TextEdit } from '../text-edit';
import { evidenceOf, short, valueNode } from './expected-value';

/** Expected lines and what becomes of them, from the line with that index on. */
export interface LineChange {
  readonly at: number;
  readonly was: readonly string[];
  readonly now: readonly string[];
}

/** Where the first of the expected lines stands, and how far all are indented. */
export interface Place {
  readonly line: number;
  readonly indent: string;
}

/** The lines of a text, with or without an end of the last one. */
export const linesOf = (text: string): string[] =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n');

/** Proposes other lines for those that a text expects: `explained` where the change shows them. */
export function proposeLines(
  strategy: string,
  file: string,
  source: EditableText,
  place: Place,
  lines: LineChange,
  { change }: RepairContext,
): Proposal {
  const edits = lineEdits(source, place, lines);
  const isFresh = edits.some(({ span }) => {
    const [first, last] = [span.start, span.end].map((offset) => source.lines.lineOf(offset));
    const count = last! - first! + 1;
    return Array.from({ length: count }, (_, at) => first! + at).some((line) =>
      change.wrote(file, line),
    );
  });
  const causes = isFresh ? undefined : explainLines(lines, change.literals);
  const operations = operationsOf(file, source, edits);
  return {
    strategy,
    tier: causes ? 'explained' : 'unexplained',
    operations,
    evidence: causes?.flatMap(evidenceOf) ?? [],
    causes: causes ?? [],
    says: operations
      .map(({ before, after }) => `${short(before)} becomes ${short(after)}`)
      .join(', '),
  };
}

/** Line by line where their number stays, so that what is right stays untouched. */
function lineEdits(
  { lines, text }: EditableText,
  { line, indent }: Place,
  { at, was, now }: LineChange,
): TextEdit[] {
  const start = (index: number): number => lines.lineStart(line + at + index) + indent.length;
  if (was.length === now.length) {
    return was.flatMap((before, index) => {
      const span = { start: start(index), end: start(index) + before.length };
      return before === now[index] ? [] : [{ span, after: now[index]! }];
    });
  }
  const end = start(was.length - 1) + was.at(-1)!.length;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [{ span: { start: start(0), end }, after: now.join(`${lineEnd}${indent}`) }];
}

/** Each line that differs must be explained; where their number changed, the text as a whole. */
function explainLines(
  { was, now }: LineChange,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const pairs: (readonly [string, string])[] =
    was.length === now.length
      ? was.map((line, at) => [line, now[at]!] as const).filter(([one, other]) => one !== other)
      : [[was.join('\n'), now.join('\n')]];
  const found = pairs.map(([before, after]) => explainLine(before, after, literals));
  return found.length > 0 && found.every((causes) => causes !== undefined)
    ? [...new Set(found.flat())]
    : undefined;
}

function explainLine(
  before: string,
  after: string,
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const [one, other] = [valueOf(before), valueOf(after)];
  return one && other ? explain(one, other, literals) : explainText(before, after, literals);
}

/** The literal that a line is, or the item of a dict or a list. */
function valueOf(line: string): PyValue | undefined {
  for (const source of [line.trim(), `{${line.trim()}}`]) {
    const node = valueNode({ type: '', source });
    const value = node && !node.tree.rootNode.hasError ? literalValue(node) : undefined;
    if (value) return value;
  }
  return undefined;
}
